// May this chain be trusted for this purpose, at this time, under this name? RFC 5280, 6.
//
// verify() builds paths from the leaf over the certificates that the peer sent, in any order, to a
// trust anchor, and validates each path it finds until one is good. Where RFC 5280 and the
// browsers' profile differ the stricter holds: no MD5 or SHA-1, RSA of 2048 bits or more, version 3
// for every certificate that is judged, no CA certificate as a leaf, no anyExtendedKeyUsage in one,
// subjectAltName only.
//
// A trust anchor is trusted because it was given. Its own signature, serial number and unknown
// extensions do not matter; its version, name, key, validity, basicConstraints, keyUsage and name
// constraints do.
//
// One exception, for people who test with a self-signed certificate: a leaf that is byte for byte
// one of the anchors is trusted as it stands, CA or not. Its validity, keyUsage, extendedKeyUsage,
// critical extensions and name are checked all the same.
//
// Policies: any policy is acceptable (the default inputs of 6.1.1). A certificate that requires one
// (policyConstraints), and critical policyMappings or inhibitAnyPolicy, are refused by name.
// Not done here: revocation.
//
// The alert for the peer (RFC 5246, 7.2.2; where it leaves a choice, as OpenSSL chooses):
//   outside its validity                     certificate_expired
//   no path to an anchor                     unknown_ca
//   not a CA, pathLen, keyCertSign           unknown_ca
//   purpose: keyUsage, EKU, a CA as a leaf   unsupported_certificate
//   a key that is not used, or too weak      unsupported_certificate
//   signature wrong or of a weak algorithm   bad_certificate (unknown_ca if key identifiers tell
//                                            that the anchor is another CA of the same name)
//   name, name constraints, version, others  bad_certificate
//   critical extension not understood        unsupported_certificate
//   policies that are not supported          unsupported_certificate
//   too much work                            certificate_unknown
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "wire/alert.h"
#include "x509/certificate.h"
#include "x509/server_name.h"
#include "x509/time.h"
#include "x509/trust_store.h"

namespace glasstls::x509 {

/// What the leaf is to be used for: which extendedKeyUsage and keyUsage it must allow.
enum class Purpose { server, client, any };
std::string_view name_of(Purpose purpose);

/// Bounds on the work that a peer's certificates can cause.
struct Limits {
  std::size_t intermediates = 8;  // between leaf and anchor, in one path
  std::size_t paths = 32;         // complete ones, each validated
  std::size_t signature_checks = 64;
  std::size_t build_steps = 4096;          // certificates tried as an issuer
  std::size_t name_comparisons = 250'000;  // constraints against names
};

struct VerifyRequest {
  std::span<const Certificate> chain;  // as the peer sent it: leaf first, the others in any order
  const TrustStore* roots = nullptr;   // not null
  std::optional<ServerName> name;      // none: the name is not checked
  Time at;
  Purpose purpose = Purpose::server;
  Limits limits{};
};

/// The rules, in the order in which they are reported.
enum class Rule {
  chain_present,
  path_to_anchor,
  work_bound,
  version,
  serial_number,
  validity,
  public_key,
  signature_algorithm,
  signature,
  name_chaining,
  basic_constraints,
  path_length,
  key_usage,
  extended_key_usage,
  name_constraints,
  policy,
  critical_extensions,
  server_name,
};
/// "validity", "path length".
std::string_view name_of(Rule rule);
/// "RFC 5280, 4.1.2.5".
std::string_view section_of(Rule rule);
/// What the peer is told when this rule is broken (two are finer: a CA's keyUsage, and a signature
/// of another CA with the same name, are unknown_ca).
AlertDescription alert_of(Rule rule);

/// One rule held against one certificate.
struct Check {
  Rule rule{};
  bool passed = false;
  /// Position in Verdict::path: 0 is the leaf, the last one the anchor. Missing where the check is
  /// about the chain as a whole.
  std::optional<std::size_t> certificate;
  std::string detail;  // one sentence: what was seen
  std::string_view section;
  AlertDescription alert = AlertDescription::bad_certificate;  // if it failed
};

struct Verdict {
  bool trusted = false;
  /// The good path; else the one that got furthest: leaf first, anchor last (if one was reached).
  std::vector<Certificate> path;
  std::vector<Check> checks;    // of that path
  std::size_t paths_tried = 0;  // complete ones
  std::size_t signature_checks = 0;
  // The first failed check, in words and as the alert that the peer gets. If trusted, the summary
  // says which anchor vouches for whom, section is empty and alert means nothing.
  std::string summary;
  std::string_view section;
  AlertDescription alert = AlertDescription::bad_certificate;
};

/// The one judgement that the TLS client and server use.
Verdict verify(const VerifyRequest& request);

}  // namespace glasstls::x509
