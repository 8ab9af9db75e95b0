// A verdict on a certificate as plain data: every path that was tried, and every check.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "inspect/byte_range.h"
#include "x509/verify.h"

namespace glasstls::inspect {

struct CheckFacts {
  std::string rule;                        // "validity"
  std::string outcome;                     // "passed", "remark", "failed"
  std::optional<std::size_t> certificate;  // place in the path: 0 is the leaf
  std::optional<ByteRange> range;          // in that certificate; missing: of no one place
  std::string detail;
  std::string section;
  std::string alert;  // if it failed

  bool failed() const { return outcome == "failed"; }
};

struct PathCertificateFacts {
  std::string role;  // "the certificate of CN=test", "the trust anchor CN=Lab CA"
  std::string subject;
  std::string issuer;
  std::string serial_number;  // hexadecimal
  std::string not_after;      // "2026-01-31 12:00:00 UTC"
  std::string fingerprint;    // SHA-256 of all bytes
};

struct PathFacts {
  bool anchored = false;
  bool trusted = false;
  std::vector<PathCertificateFacts> certificates;  // leaf first
  std::vector<CheckFacts> checks;
};

struct VerdictFacts {
  bool trusted = false;
  std::string summary;
  std::string section;             // of the first failed check
  std::string alert;               // of the first failed check
  std::vector<std::string> path;   // the decisive one: subjects, leaf first
  std::vector<CheckFacts> checks;  // of the decisive path
  std::vector<PathFacts> paths;    // all, in the order in which they were tried
  std::size_t decisive = 0;        // place in `paths`
  std::size_t signature_checks = 0;
};

VerdictFacts facts_of(const x509::Verdict& verdict);

/// "bad_certificate", "alert 200".
std::string alert_name(AlertDescription alert);

// --- In words; safe for a terminal

/// One line without a line end: trusted or not, and why: which certificate, which check, which
/// rule, which bytes. As long as it must be.
std::string headline(const VerdictFacts& verdict);

/// "remark: ..." for each rule of the decisive path that was let pass, a line each, as long as it
/// must be.
std::string remarks_of(const VerdictFacts& verdict);

struct VerdictTextOptions {
  bool color = false;          // ANSI colours
  bool utf8 = false;           // marks beyond ASCII
  bool decisive_only = false;  // leave the other paths out
  std::size_t width = 80;
};

/// Every path, its certificates and the checks of each.
std::string to_text(const VerdictFacts& verdict, const VerdictTextOptions& options = {});

}  // namespace glasstls::inspect
