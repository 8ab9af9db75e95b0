// The report: the facts of one run around its document, as plain data, and a failure in words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "handshake/agreement.h"
#include "inspect/verdict.h"
#include "tls/event.h"
#include "wire/bytes.h"

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
  std::string group;             // if resumed: of the handshake that made the session
  std::string signature_scheme;  // likewise
  bool extended_master_secret = false;
  bool secure_renegotiation = false;
  std::string downgrade_sentinel;  // "none", "tls12", "tls11"
  std::vector<CertificateFacts> peer_chain;
  std::optional<VerdictFacts> verdict;  // none: not verified, or resumed
  std::string session_verdict;          // if resumed: the session's, in words

  std::string resumed;  // "none", "session_id", "ticket"
  bool session_offered = false;
  std::string session_remark;  // why a session that is kept was not offered
  bool session_stored = false;
  bool ticket_issued = false;

  std::string server_name;           // sent by the client; empty: none
  std::string application_protocol;  // empty: none
  Bytes ocsp_response;               // empty: none was stapled
  Bytes signed_certificate_timestamps;
  bool client_certificate_requested = false;
  std::string client_signature_scheme;       // empty: the client signed nothing
  std::uint16_t peer_record_size_limit = 0;  // 0: the peer set none
  std::vector<std::string> eliminations;     // what could not be chosen, and why
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
  std::vector<std::string> eliminations;  // where nothing could be agreed on: each choice
  std::string likely_cause;               // a guess, and no more
  std::string advice;                     // what to try; a guess too
};

/// Keying material for another protocol (RFC 5705).
struct ExportFacts {
  std::string label;
  std::optional<Bytes> context;
  Bytes value;
};

struct Report {
  std::string target;  // as the user gave it: "example.com:443"
  std::string name;    // sent and verified; empty: none
  std::string remote;  // "192.0.2.1:443"; empty: not connected
  std::optional<AgreementFacts> agreement;
  bool false_start = false;  // data might be sent before the handshake was complete (RFC 7918)
  std::vector<ExportFacts> exports;
  int exit_code = 0;
  std::string error;  // why it ended early, where there is no `failure`
  std::optional<FailureFacts> failure;
  std::uint64_t bytes_sent = 0;  // of application data
  std::uint64_t bytes_received = 0;
  std::vector<std::string> remarks;
};

/// One of a server's connections.
struct ConnectionFacts {
  std::uint64_t number = 0;  // they are counted from 1
  std::string peer;          // "192.0.2.1:50000"
  std::optional<AgreementFacts> agreement;
  std::string outcome;  // "closed", "failed", "timed_out", "stopped"
  std::string error;    // why, where there is no `failure`
  std::optional<FailureFacts> failure;
  std::uint64_t bytes_received = 0;  // of application data
  std::uint64_t bytes_sent = 0;
  std::vector<std::string> remarks;
};

AgreementFacts facts_of(const handshake::Agreement& agreement);
FailureFacts facts_of(const tls::Failed& failed);

/// A failure for its user, without the last line end: what happened, where, which rule, and, set
/// apart, what the cause may be and what to try. Safe for a terminal. Lines have at most 80
/// columns; the first one leaves room for a program's name.
std::string describe(const tls::Failed& failed);

}  // namespace glasstls::inspect
