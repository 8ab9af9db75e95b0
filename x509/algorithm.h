// AlgorithmIdentifier: which signature algorithm, with its parameters checked. RFC 5280, 4.1.1.2.
//
//   AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY OPTIONAL }
//
// Parameters, per algorithm: NULL for RSA PKCS #1 v1.5 (or absent: RFC 4055, 5), absent for ECDSA
// (RFC 5758, 3.2) and Ed25519 (RFC 8410, 3), and for RSASSA-PSS (RFC 4055, 3.1) the same hash for
// message and mask, a salt as long as the hash, and trailerField 1.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/signature.h"
#include "wire/bytes.h"
#include "x509/der.h"
#include "x509/oid.h"

namespace glasstls::x509 {

struct SignatureAlgorithm {
  Oid oid;
  Bytes der;                                          // the whole AlgorithmIdentifier
  std::string name;                                   // "sha256WithRSAEncryption", or dotted
  std::optional<crypto::SignatureParameters> usable;  // nullopt: named, but never accepted
  std::string reason;                                 // why not usable: "MD5 is broken"
};

/// Reads one. Wrong parameters of an algorithm that we know are a failure of `der`; an algorithm
/// that we do not know, or refuse (MD5, SHA-1), is kept with its name.
SignatureAlgorithm read_signature_algorithm(DerReader& der, std::string_view field);

}  // namespace glasstls::x509
