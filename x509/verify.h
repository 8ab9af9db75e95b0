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
// Policies are processed in full (6.1), as a graph whose size is bounded by the policies that the
// certificates name. Revocation is judged by the CRLs that the caller gives (6.3), complete and
// direct ones; nothing is fetched. Without a CRL that covers a certificate nothing is said of it,
// unless the caller requires one. Lists for some reasons only are not put together, and a
// distribution point is known by its full name only: where RFC 5280 would find a certificate good
// by such lists, it counts as not covered.
//
// What RFC 5280 or the browsers' profile (CA/Browser Forum) demands and much of the world does not
// keep is a remark, which the profile `strict` turns into a refusal: key identifiers, a CA's
// keyUsage, a leaf's extKeyUsage, the right criticality, and the leniencies of our DER reader.
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
//   policies                                 certificate_unknown
//   revoked                                  certificate_revoked
//   no current CRL where one is required     certificate_unknown
//   a remark, under the strict profile       bad_certificate
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
#include "x509/crl.h"
#include "x509/oid.h"
#include "x509/server_name.h"
#include "x509/time.h"
#include "x509/trust_store.h"

namespace glasstls::x509 {

/// What the leaf is to be used for: which extendedKeyUsage and keyUsage it must allow.
enum class Purpose { server, client, any };
std::string_view name_of(Purpose purpose);

/// standard refuses what is unsafe; strict also whatever breaks a MUST of RFC 5280 or of the
/// browsers' profile.
enum class Profile { standard, strict };
std::string_view name_of(Profile profile);

/// The inputs of RFC 5280, 6.1.1 (c), (e), (f) and (g).
struct PolicyInputs {
  std::vector<Oid> acceptable;      // user-initial-policy-set; empty: any-policy
  bool require_explicit = false;    // initial-explicit-policy
  bool inhibit_mapping = false;     // initial-policy-mapping-inhibit
  bool inhibit_any_policy = false;  // initial-any-policy-inhibit
};

/// Bounds on the work that a peer's certificates can cause.
struct Limits {
  std::size_t intermediates = 8;  // between leaf and anchor, in one path
  std::size_t paths = 32;         // complete ones, each validated; and as many dead ends are told
  std::size_t signature_checks = 64;
  std::size_t build_steps = 4096;          // certificates tried as an issuer
  std::size_t name_comparisons = 250'000;  // constraints against names
  std::size_t policy_nodes = 10'000;       // nodes and edges of the policy graph
  std::size_t certificates = 64;           // sent by the peer; of more TLS reads none
};

/// A certificate of the chain that does not parse. No path can use it, and none may need it.
struct Unreadable {
  std::size_t position = 0;  // in what the peer sent: 0 is the leaf
  Malformed error;           // offset: in the message or file it came in
};

struct VerifyRequest {
  std::span<const Certificate> chain;  // as the peer sent it: leaf first, the others in any order
  std::span<const Unreadable> unreadable{};  // told where a path ends for want of an issuer
  const TrustStore* roots = nullptr;         // not null
  std::optional<ServerName> name;            // none: the name is not checked
  Time at;
  Purpose purpose = Purpose::server;
  Profile profile = Profile::standard;
  PolicyInputs policies{};
  std::span<const CertificateList> crls{};
  bool require_crl = false;  // each certificate but the anchor needs a current CRL of its issuer
  Limits limits{};
};

/// The rules, in the order in which they are reported.
enum class Rule {
  chain_present,
  path_to_anchor,
  work_bound,
  encoding,
  version,
  serial_number,
  validity,
  public_key,
  signature_algorithm,
  signature,
  name_chaining,
  revocation,
  key_identifiers,
  basic_constraints,
  path_length,
  key_usage,
  extended_key_usage,
  name_constraints,
  policy,
  critical_extensions,
  criticality,
  subject,
  server_name,
};
/// "validity", "path length".
std::string_view name_of(Rule rule);
/// "RFC 5280, 4.1.2.5".
std::string_view section_of(Rule rule);
/// What the peer is told when this rule is broken (some are finer: see above).
AlertDescription alert_of(Rule rule);

/// How a check ended. A remark is a rule broken that the standard profile lets pass.
enum class Outcome { passed, remark, failed };
/// "passed", "remark", "failed".
std::string_view name_of(Outcome outcome);

/// Bytes of one certificate: offset and length in its DER. Length 0: of no one place.
struct Range {
  std::size_t offset = 0;
  std::size_t length = 0;
};

/// One rule held against one certificate.
struct Check {
  Rule rule{};
  Outcome outcome = Outcome::failed;
  /// Position in Path::certificates: 0 is the leaf, the last one the anchor. Missing where the
  /// check is about the chain as a whole.
  std::optional<std::size_t> certificate;
  Range range;         // what was judged, in that certificate
  std::string detail;  // one sentence: what was seen
  std::string_view section;
  AlertDescription alert = AlertDescription::bad_certificate;  // if it failed

  bool failed() const { return outcome == Outcome::failed; }
};

/// One way from the leaf upwards, and what came of it.
struct Path {
  std::vector<Certificate> certificates;  // leaf first; the anchor last, if one was reached
  bool anchored = false;
  std::vector<Check> checks;

  /// Anchored, and no check failed.
  bool trusted() const;
  /// The first failed check; nullptr if there is none.
  const Check* failure() const;
};

struct Verdict {
  bool trusted = false;
  /// The paths tried, in order, at least one; a good one is the last. At most Limits::paths of them
  /// end at an anchor, and as many at none: of more, those that get furthest take the place of the
  /// decisive one. Without any certificate there is one empty path.
  std::vector<Path> paths;
  std::size_t decisive = 0;  // the good path, else the one that got furthest
  std::size_t signature_checks = 0;
  /// The first failed check of the decisive path, in words and as the alert that the peer gets. If
  /// trusted, the summary says which anchor vouches for whom, section is empty and alert means
  /// nothing.
  std::string summary;
  std::string_view section;
  AlertDescription alert = AlertDescription::bad_certificate;

  /// paths[decisive].
  const Path& path() const { return paths.at(decisive); }
};

/// "the certificate of CN=test", "the trust anchor CN=Lab CA": one certificate of a path.
std::string role_of(const Path& path, std::size_t index);

/// The one judgement that the TLS client and server use.
Verdict verify(const VerifyRequest& request);

}  // namespace glasstls::x509
