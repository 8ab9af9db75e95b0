// SubjectPublicKeyInfo: whose key this is. RFC 5280, 4.1.2.7.
//
//   SubjectPublicKeyInfo ::= SEQUENCE { algorithm AlgorithmIdentifier, subjectPublicKey BIT STRING
//   }
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/keys.h"
#include "wire/bytes.h"
#include "x509/der.h"

namespace glasstls::x509 {

/// A subject's key: usable, or at least named.
struct SubjectPublicKey {
  std::optional<crypto::PublicKey> key;  // nullopt: see `reason`
  std::string name;                      // "RSA 2048", "P-256", "Ed25519", "Ed448", or a dotted OID
  std::string reason;                    // why not usable: "RSA keys below 2048 bits are too weak"
  View subject_public_key;               // content of the BIT STRING; borrows the reader's buffer
};

/// Reads one. Keys of kinds that we do not use (P-521, Ed448, DSA, RSA below 2048 or above 8192
/// bits) are named; keys that break a rule (explicit curve parameters, a point that is not on its
/// curve, RSA exponent 1 or even) are a failure of `der`.
SubjectPublicKey read_subject_public_key(DerReader& der, std::string_view field);

}  // namespace glasstls::x509
