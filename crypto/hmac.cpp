#include "crypto/hmac.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "crypto/constant_time.h"

namespace glasstls::crypto {

Hmac::Hmac(HashAlgorithm algorithm, View key) : inner_(algorithm), outer_(algorithm) {
  // RFC 2104, 2: a key longer than a block is hashed first; then it is padded with zeros.
  std::array<std::uint8_t, max_block_size> padded{};
  const MutableView block = MutableView(padded).first(block_size(algorithm));
  if (key.size() > block.size()) {
    const Digest short_key = hash(algorithm, key);
    std::copy_n(short_key.view().begin(), short_key.size(), block.begin());
  } else {
    std::copy(key.begin(), key.end(), block.begin());
  }

  constexpr std::uint8_t ipad = 0x36;
  constexpr std::uint8_t opad = 0x5c;
  for (std::uint8_t& byte : block) byte ^= ipad;
  inner_.update(block);
  for (std::uint8_t& byte : block) byte ^= ipad ^ opad;
  outer_.update(block);
  wipe(padded);
}

Digest Hmac::finish() const {
  Hash outer = outer_;
  outer.update(inner_.finish().view());
  return outer.finish();
}

Digest hmac(HashAlgorithm algorithm, View key, View bytes) {
  Hmac running(algorithm, key);
  running.update(bytes);
  return running.finish();
}

}  // namespace glasstls::crypto
