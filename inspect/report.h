// The report: the facts of one run around its document, as plain data, and a failure in words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "handshake/endpoint.h"
#include "inspect/verdict.h"
#include "tls/event.h"

namespace glasstls::inspect {

struct CertificateFacts {
  std::string subject;
  std::string issuer;
  std::string not_before;  // "2026-01-31 12:00:00 UTC"
  std::string not_after;
};

/// Numbers without a name are written "0x1a2b".
struct AgreementFacts {
  std::string version;
  std::string cipher_suite;
  std::string group;
  std::string signature_scheme;
  bool extended_master_secret = false;
  bool secure_renegotiation = false;
  std::string downgrade_sentinel;  // "none", "tls12", "tls11"
  std::vector<CertificateFacts> peer_chain;
  std::optional<VerdictFacts> verdict;  // none: not verified
};

struct FailureFacts {
  std::string cause;  // "protocol", "certificate", "peer_alert", "not_tls", "truncated", "internal"
  std::string alert;  // empty: none
  bool alert_received = false;  // else it was sent
  std::string reason;
  std::string section;
  std::string message;
  std::string field;
  std::optional<std::size_t> offset;
  std::string state;
  std::optional<VerdictFacts> verdict;
  std::string likely_cause;  // a guess, and no more
  std::string advice;        // what to try; a guess too
};

struct Report {
  std::string target;  // as the user gave it: "example.com:443"
  std::string name;    // sent and verified; empty: none
  std::string remote;  // "192.0.2.1:443"; empty: not connected
  std::optional<AgreementFacts> agreement;
  int exit_code = 0;
  std::string error;  // why it ended early, where there is no `failure`
  std::optional<FailureFacts> failure;
  std::uint64_t bytes_sent = 0;  // of application data
  std::uint64_t bytes_received = 0;
  std::vector<std::string> remarks;
};

AgreementFacts facts_of(const handshake::Agreement& agreement);
FailureFacts facts_of(const tls::Failed& failed);

/// A failure for its user, without the last line end: what happened, where, which rule, and, set
/// apart, what the cause may be and what to try. Safe for a terminal. Lines have at most 80
/// columns; the first one leaves room for a program's name.
std::string describe(const tls::Failed& failed);

}  // namespace glasstls::inspect
