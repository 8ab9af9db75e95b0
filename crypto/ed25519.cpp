#include "crypto/ed25519.h"

#include <algorithm>
#include <array>
#include <cryptopp/donna.h>

namespace glasstls::crypto::ed25519 {
namespace {

using Number = std::array<std::uint8_t, 32>;  // little-endian, as all numbers of RFC 8032

// 2^255 - 19
constexpr Number field_prime = {0xed, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f};

// L = 2^252 + 27742317777372353535851937790883648493
constexpr Number order = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
                          0xa2, 0xde, 0xf9, 0xde, 0x14, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
                          0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x10};

// Public numbers only: stops at the first difference.
bool below(View number, const Number& bound) {
  return std::lexicographical_compare(number.rbegin(), number.rend(), bound.rbegin(), bound.rend());
}

}  // namespace

bool is_reduced(View public_key) {
  Number y;
  std::copy_n(public_key.begin(), y.size(), y.begin());
  y[31] &= 0x7f;  // the top bit is the sign of x
  return below(y, field_prime);
}

Bytes public_key(View seed) {
  Bytes key(key_length);
  CryptoPP::Donna::ed25519_publickey(key.data(), seed.data());
  return key;
}

Bytes sign(View seed, View public_key, View message) {
  Bytes signature(signature_length);
  CryptoPP::Donna::ed25519_sign(message.data(), message.size(), seed.data(), public_key.data(),
                                signature.data());
  return signature;
}

bool verify(View public_key, View message, View signature) {
  if (signature.size() != signature_length) return false;
  // Crypto++ looks at the top three bits of s only, which lets s + L pass as a second encoding.
  if (!below(signature.subspan(32), order)) return false;
  return CryptoPP::Donna::ed25519_sign_open(message.data(), message.size(), public_key.data(),
                                            signature.data()) == 0;
}

}  // namespace glasstls::crypto::ed25519
