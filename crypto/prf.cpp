#include "crypto/prf.h"

#include <algorithm>
#include <cstddef>

#include "crypto/hmac.h"

namespace glasstls::crypto {

void prf(HashAlgorithm algorithm, View secret, std::string_view label,
         std::initializer_list<View> seed, MutableView out) {
  const Hmac keyed(algorithm, secret);
  const auto add_seed = [&](Hmac& hmac) {  // P_hash's seed is label + seed
    hmac.update(wire::as_bytes(label));
    for (const View piece : seed) hmac.update(piece);
  };

  Hmac first = keyed;
  add_seed(first);
  Digest a = first.finish();  // A(1)
  while (!out.empty()) {
    Hmac block = keyed;
    block.update(a.view());
    add_seed(block);
    const Digest bytes = block.finish();
    const std::size_t taken = std::min(out.size(), bytes.size());
    std::copy_n(bytes.view().begin(), taken, out.begin());
    out = out.subspan(taken);

    Hmac next = keyed;
    next.update(a.view());
    a = next.finish();  // A(i + 1)
  }
}

void p_hash(HashAlgorithm algorithm, View secret, View seed, MutableView out) {
  prf(algorithm, secret, {}, {seed}, out);
}

}  // namespace glasstls::crypto
