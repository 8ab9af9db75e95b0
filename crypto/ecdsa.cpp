#include "crypto/ecdsa.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "crypto/hmac.h"
#include "crypto/secret.h"

namespace glasstls::crypto::ecdsa {
namespace {

constexpr std::uint8_t sequence = 0x30;
constexpr std::uint8_t integer = 0x02;

/// Takes one DER element with a short length off the front of `bytes`.
std::optional<View> take(View& bytes, std::uint8_t tag) {
  if (bytes.size() < 2 || bytes[0] != tag || bytes[1] > 127) return std::nullopt;
  const std::size_t length = bytes[1];
  if (bytes.size() - 2 < length) return std::nullopt;
  const View content = bytes.subspan(2, length);
  bytes = bytes.subspan(2 + length);
  return content;
}

/// X.690, 8.3: two's complement in as few bytes as it needs. Not negative here.
std::optional<Bytes> take_number(View& bytes) {
  const std::optional<View> content = take(bytes, integer);
  if (!content || content->empty()) return std::nullopt;
  const View number = *content;
  if (number[0] >= 0x80) return std::nullopt;
  if (number[0] != 0) return wire::copy(number);
  if (number.size() > 1 && number[1] < 0x80) return std::nullopt;
  return wire::copy(number.subspan(1));
}

void append_number(Bytes& bytes, View number) {
  while (!number.empty() && number[0] == 0) number = number.subspan(1);
  const bool pad = number.empty() || number[0] >= 0x80;
  bytes.push_back(integer);
  bytes.push_back(static_cast<std::uint8_t>(number.size() + (pad ? 1 : 0)));
  if (pad) bytes.push_back(0);
  wire::append(bytes, number);
}

/// The nonces of RFC 6979, 3.2: a stream made of the private key and the digest.
class Nonces {
 public:
  Nonces(NamedGroup group, View private_scalar, HashAlgorithm hash, View digest)
      : group_(group), hash_(hash), key_(digest_size(hash)), value_(digest_size(hash)) {
    std::ranges::fill(value_.fill(), std::uint8_t{0x01});
    const PrivateScalar reduced = ec::digest_scalar(group, digest);
    mix(0x00, private_scalar, reduced.reveal());
    mix(0x01, private_scalar, reduced.reveal());
  }

  /// Step h.
  PrivateScalar next() {
    PrivateScalar nonce(ec::field_length(group_));
    while (true) {
      MutableView out = nonce.fill();
      while (!out.empty()) {
        step();
        const std::size_t taken = std::min(out.size(), value_.size());
        std::copy_n(value_.reveal().begin(), taken, out.begin());
        out = out.subspan(taken);
      }
      const bool usable = ec::is_scalar(group_, nonce.reveal());
      if (usable) break;
      mix(0x00, {}, {});
    }
    return nonce;
  }

  /// After a nonce that did not serve.
  void skip() { mix(0x00, {}, {}); }

 private:
  void step() { set(value_, hmac(hash_, key_.reveal(), value_.reveal())); }  // V = HMAC_K(V)

  void mix(std::uint8_t separator, View first, View second) {
    Hmac running(hash_, key_.reveal());
    running.update(value_.reveal());
    running.update(View(&separator, 1));
    running.update(first);
    running.update(second);
    set(key_, running.finish());
    step();
  }

  static void set(SecretBytes& to, const Digest& digest) {
    std::copy_n(digest.view().begin(), digest.size(), to.fill().begin());
  }

  NamedGroup group_;
  HashAlgorithm hash_;
  SecretBytes key_;    // K
  SecretBytes value_;  // V
};

}  // namespace

std::optional<ec::SignatureNumbers> read_der(View signature) {
  std::optional<View> content = take(signature, sequence);
  if (!content || !signature.empty()) return std::nullopt;
  std::optional<Bytes> r = take_number(*content);
  std::optional<Bytes> s = r ? take_number(*content) : std::nullopt;
  if (!s || !content->empty()) return std::nullopt;
  return ec::SignatureNumbers{std::move(*r), std::move(*s)};
}

Bytes write_der(const ec::SignatureNumbers& numbers) {
  Bytes content;
  append_number(content, numbers.r);
  append_number(content, numbers.s);
  Bytes bytes = {sequence, static_cast<std::uint8_t>(content.size())};
  wire::append(bytes, content);
  return bytes;
}

Bytes sign(NamedGroup group, View private_scalar, HashAlgorithm hash, View message,
           RandomSource& random) {
  const Digest digest = crypto::hash(hash, message);
  Nonces nonces(group, private_scalar, hash, digest.view());
  while (true) {
    const PrivateScalar nonce = nonces.next();
    const auto numbers = ec::sign(group, private_scalar, digest.view(), nonce.reveal(), random);
    if (numbers) return write_der(*numbers);
    nonces.skip();
  }
}

bool verify(NamedGroup group, View point, HashAlgorithm hash, View message, View signature) {
  const std::optional<ec::SignatureNumbers> numbers = read_der(signature);
  return numbers && ec::verify(group, point, crypto::hash(hash, message).view(), *numbers);
}

}  // namespace glasstls::crypto::ecdsa
