// JSON: the report and the document as one text. The schema is described in docs/json.md.
//
// Bytes are lower-case hexadecimal. Text of a peer that is not UTF-8 has its bad bytes replaced by
// U+FFFD. Values of secrets are there only if the document holds them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "inspect/document.h"
#include "inspect/report.h"
#include "inspect/verdict.h"
#include "x509/result.h"

namespace glasstls::inspect {

/// Changes whenever a reader of the old schema would be misled.
inline constexpr int json_schema = 1;

/// What `glasstls cert verify` was asked, and the answer.
struct VerdictReport {
  struct Fault {
    std::string source;  // "leaf.pem, line 1"
    x509::Malformed error;
  };
  std::string certificate;  // the file
  std::string purpose, profile;
  std::string name;  // empty: not checked
  std::string at;    // "2026-01-31 12:00:00 UTC"
  int exit_code = 0;
  std::optional<Fault> fault;  // a file that breaks a rule of its own: then there is no verdict
  std::optional<VerdictFacts> verdict;
  std::string likely_cause;  // a guess, and no more
  std::string advice;        // what to try; a guess too
};

/// Pretty-printed, with a line end.
std::string to_json(const VerdictReport& report);
/// The connections of one run: the first with its document, and those that followed it. A connection
/// beyond the documents has none.
std::string to_json(const std::vector<Report>& runs, const std::vector<Document>& documents);

/// In one line, with its end.
std::string to_json_line(const ConnectionFacts& connection);

}  // namespace glasstls::inspect
