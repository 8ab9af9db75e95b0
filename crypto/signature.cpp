#include "crypto/signature.h"

#include <optional>

#include "crypto/ecdsa.h"
#include "crypto/ed25519.h"
#include "crypto/rsa.h"
#include "crypto/rsa_padding.h"

namespace glasstls::crypto {
namespace {

// RFC 8017, 8.2.2.
bool verify_rsa_pkcs1(const PublicKey& key, HashAlgorithm hash, View message, View signature) {
  if (signature.size() != key.modulus().size()) return false;
  const auto recovered = rsa::public_operation(key.modulus(), key.public_exponent(), signature);
  if (!recovered) return false;

  // Encoding anew and comparing leaves no room for a lenient parser.
  Bytes expected(key.modulus().size());
  return emsa_pkcs1_v1_5_encode(hash, crypto::hash(hash, message), expected) &&
         *recovered == expected;
}

// RFC 8017, 8.1.2.
bool verify_rsa_pss(const PublicKey& key, HashAlgorithm hash, View message, View signature) {
  if (signature.size() != key.modulus().size()) return false;
  const auto recovered = rsa::public_operation(key.modulus(), key.public_exponent(), signature);
  if (!recovered) return false;

  const std::size_t em_bits = key.bits() - 1;
  View em = *recovered;
  if (em_bits % 8 == 0) {  // then EM is one byte shorter than the modulus
    if (em[0] != 0) return false;
    em = em.subspan(1);
  }
  return emsa_pss_verify(hash, crypto::hash(hash, message), em_bits, em);
}

}  // namespace

bool verify(const PublicKey& key, SignatureParameters parameters, View message, View signature) {
  if (key.type() != key_type_of(parameters.algorithm)) return false;
  switch (parameters.algorithm) {
    case SignatureAlgorithm::rsa_pkcs1:
      return verify_rsa_pkcs1(key, parameters.hash, message, signature);
    case SignatureAlgorithm::rsa_pss:
      return verify_rsa_pss(key, parameters.hash, message, signature);
    case SignatureAlgorithm::ecdsa:
      return ecdsa::verify(key.group().value(), key.point(), parameters.hash, message, signature);
    case SignatureAlgorithm::ed25519: return ed25519::verify(key.point(), message, signature);
  }
  return false;
}

bool verify(const PublicKey& key, SignatureScheme scheme, View message, View signature) {
  const SchemeParameters* known = find(scheme);
  if (!known) return false;
  // Ed25519 has no hash to choose; any value does.
  const HashAlgorithm hash = known->hash.value_or(HashAlgorithm::sha512);
  return verify(key, SignatureParameters{known->algorithm, hash}, message, signature);
}

}  // namespace glasstls::crypto
