// Event: what a connection tells its application.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "handshake/endpoint.h"
#include "wire/alert.h"
#include "wire/bytes.h"
#include "wire/observer.h"
#include "x509/verify.h"

namespace glasstls::tls {

/// Both sides have verified each other's Finished: application data may flow.
struct HandshakeCompleted {
  handshake::Agreement agreement;
};

/// One application-data record, never empty. The view is valid until the next call of next_event()
/// or receive_buffer().
struct ApplicationData {
  View data;
};

/// The peer sent close_notify: nothing more will come. RFC 5246, 7.2.1.
struct PeerClosed {};

/// The peer sent a warning alert other than close_notify; it was ignored.
struct WarningReceived {
  AlertDescription description{};
};

/// The peer asked for a renegotiation and got a no_renegotiation warning. The connection goes on.
struct RenegotiationRefused {};

/// A key is nearly used up (records_left > 0: time to connect anew), or used up (0: close_notify
/// was sent).
struct RecordLimit {
  Direction direction{};
  std::uint64_t records_left = 0;
};

/// The end, and why. All keys are wiped.
struct Failed {
  enum class Cause : std::uint8_t {
    protocol,     // the peer broke the protocol: `alert` was sent
    certificate,  // the peer's certificate is not trusted: `alert` was sent, `verdict` says why
    peer_alert,   // the peer gave up: `alert` was received
    not_tls,      // the peer speaks another protocol; no alert
    truncated,    // the stream ended without close_notify; no alert
    internal,     // our own fault: internal_error was sent
  };
  Cause cause{};
  std::optional<AlertDescription> alert;
  std::string reason;                    // what happened
  std::string_view section;              // the rule that was broken: "RFC 5246, 7.4.1.3"
  std::string_view message;              // where: "ServerHello"
  std::string_view field;                // "cipher_suite"
  std::optional<std::size_t> offset;     // in bytes from the start of the message
  std::string_view state;                // what we waited for: "WaitServerHello"
  std::optional<x509::Verdict> verdict;  // of the peer's certificate
};

using Event = std::variant<HandshakeCompleted, ApplicationData, PeerClosed, WarningReceived,
                           RenegotiationRefused, RecordLimit, Failed>;

}  // namespace glasstls::tls
