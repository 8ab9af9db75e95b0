#include "crypto/x25519.h"

#include <cryptopp/donna.h>
#include <stdexcept>

namespace glasstls::crypto {
namespace {

constexpr std::size_t length = 32;

}  // namespace

// Crypto++ clamps the scalar and ignores the top bit of u itself; tests hold it to that.

void x25519(View scalar, View u, MutableView out) {
  if (scalar.size() != length || u.size() != length || out.size() != length) {
    throw std::logic_error("x25519 takes and gives 32 bytes");
  }
  CryptoPP::Donna::curve25519_mult(out.data(), scalar.data(), u.data());
}

void x25519_public_key(View scalar, MutableView out) {
  if (scalar.size() != length || out.size() != length) {
    throw std::logic_error("x25519 takes and gives 32 bytes");
  }
  CryptoPP::Donna::curve25519_mult(out.data(), scalar.data());
}

}  // namespace glasstls::crypto
