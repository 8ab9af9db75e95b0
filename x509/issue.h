// Making certificates. RFC 5280, 4.
//
// Two levels: a Draft is signed as it stands, right or wrong (a zoo of bad certificates needs the
// wrong ones); the four profiles fill a Draft in as RFC 5280 and the browsers' profile want it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crypto/keys.h"
#include "crypto/random.h"
#include "wire/bytes.h"
#include "x509/certificate.h"
#include "x509/extensions.h"
#include "x509/general_name.h"
#include "x509/name.h"
#include "x509/time.h"

namespace glasstls::x509 {

/// An extension to be written.
struct NewExtension {
  Oid oid;
  bool critical = false;
  Bytes value;  // DER: what extnValue holds
};

/// Extensions ::= SEQUENCE OF Extension.
Bytes encode(const std::vector<NewExtension>& extensions);

/// Everything of a TBSCertificate but the signature algorithm, which follows from the issuer's key.
struct Draft {
  int version = 3;
  Bytes serial_number;  // content bytes of the INTEGER: two's complement, minimal
  Name issuer;
  Time not_before, not_after;
  Name subject;
  Bytes subject_public_key_info;  // DER: encode(PublicKey)
  std::vector<NewExtension> extensions;
};

/// Signs a draft, right or wrong. Version 1 is written by leaving it out; below 1, and what DER
/// cannot hold (a serial number that is not minimal), is std::logic_error.
Bytes sign(const Draft& draft, const crypto::PrivateKey& issuer_key, crypto::RandomSource& random);

/// What certificates, requests and revocation lists have in common: SEQUENCE { `tbs`,
/// signatureAlgorithm, signature BIT STRING }. RSA keys sign with sha256WithRSAEncryption, P-256
/// with ecdsa-with-SHA256, P-384 with ecdsa-with-SHA384, Ed25519 with Ed25519.
Bytes sign_tbs(View tbs, const crypto::PrivateKey& key, crypto::RandomSource& random);

/// The AlgorithmIdentifier that sign_tbs() writes.
Bytes signature_algorithm_for(const crypto::PublicKey& key);

/// Who signs.
struct Issuer {
  const Certificate& certificate;
  const crypto::PrivateKey& key;
};

/// What the certificate is for. Each says which extensions it gets, in this order:
///   root          basicConstraints (critical, cA), keyUsage (critical: keyCertSign, cRLSign), SKI
///   intermediate  the same, with pathLenConstraint 0 unless said, and AKI
///   server        basicConstraints (critical, empty), keyUsage (critical: digitalSignature),
///                 extKeyUsage serverAuth, SKI, AKI
///   client        the same with clientAuth
/// and a subjectAltName if there are names, critical if the subject is empty.
///
/// So they pass RFC 5280 in its strictest reading, and keep the CA/Browser Forum's Baseline
/// Requirements (7.1.2) but for what only a public CA can have (policies, CRLs, OCSP, logs) and for
/// SKI in leaves, which those discourage and RFC 5280, 4.2.1.2 wants. An empty basicConstraints is
/// optional in a leaf; there it says to old software too that this is no CA. The digitalSignature is
/// all that ECDHE asks for; who needs RSA key exchange must add keyEncipherment. Browsers bound the
/// validity of servers' certificates (825 days if the root was installed by hand): that is the
/// caller's.
enum class CertificateKind { root, intermediate, server, client };

/// What is asked for.
struct CertificateSpec {
  CertificateKind kind = CertificateKind::server;
  Name subject;
  std::vector<GeneralName> names;            // subjectAltName
  Time not_before, not_after;                // both inclusive
  std::optional<std::uint32_t> path_length;  // of a CA
  std::vector<NewExtension> more;            // replace those above with the same oid
};

/// Makes one: serial number random (16 bytes, positive), SKI by RFC 7093, 2 (1) (the first 20 bytes
/// of the SHA-256 of the key's BIT STRING), AKI from the issuer's SKI, or, if it has none, from its
/// key. Without an issuer it names itself as the issuer and has no AKI.
/// std::logic_error for a CA without a subject, a leaf without any name, a validity that ends
/// before it begins, and a path length that is not a CA's.
Draft draft_of(const CertificateSpec& spec, const crypto::PublicKey& key, const Certificate* issuer,
               crypto::RandomSource& random);

/// Signs such a draft. std::logic_error also if `issuer.key` is not that of `issuer.certificate`,
/// and for names and extensions that Certificate::parse refuses. That the issuer may issue (is a
/// CA, valid long enough, allows the names) is NOT checked: that is verify()'s work.
Certificate issue(const CertificateSpec& spec, const crypto::PublicKey& key, const Issuer& issuer,
                  crypto::RandomSource& random);
/// The same, issued by its own subject with its own key.
Certificate self_sign(const CertificateSpec& spec, const crypto::PrivateKey& key,
                      crypto::RandomSource& random);

/// The first 20 bytes of the SHA-256 of subjectPublicKey (RFC 7093, 2 (1)).
Bytes key_identifier(const crypto::PublicKey& key);

/// A positive random number of 16 bytes, 126 bits of them random: content bytes of an INTEGER.
Bytes random_serial_number(crypto::RandomSource& random);

}  // namespace glasstls::x509
