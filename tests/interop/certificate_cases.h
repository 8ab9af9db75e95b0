// Chains to be judged, with the verdict that each deserves: what a manifest lists.
#pragma once

#include <string>
#include <vector>

#include "tests/interop/peers.h"

namespace glasstls::test {

struct CertificateCase {
  std::string name;  // "zoo/expired"
  // Files of PEM. `chain` is the leaf and `untrusted` after it, as a server sends them.
  std::string leaf, untrusted, chain, roots, crls;
  std::vector<std::string> each_untrusted;  // a file for each
  std::string key;                          // of the leaf; empty: not known
  bool has_untrusted = false;
  bool has_crls = false;
  bool require_crl = false;
  std::string purpose;      // "server" or "client"
  std::string server_name;  // empty: none
  std::string time;         // "2026-06-01T00:00:00Z"; empty: now
  bool strict = false;
  bool expected = false;  // to be trusted
  std::string rule;       // the one broken: "server name"; empty if none
  std::string why;
};

/// The cases of a manifest (docs/certificates.md describes it), their files written to `work` as
/// those above. `group` becomes the first part of their names. A manifest of ours may say "chain",
/// one file, in place of "leaf" and "untrusted".
std::vector<CertificateCase> read_manifest(const std::string& group, const std::string& manifest,
                                           const TemporaryFolder& work);

/// Seconds since 1970 of CertificateCase::time.
std::string epoch_seconds(const std::string& time);

}  // namespace glasstls::test
