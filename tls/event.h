// Event: what a connection tells its application.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "handshake/agreement.h"
#include "handshake/signature.h"
#include "wire/alert.h"
#include "wire/bytes.h"
#include "wire/observer.h"
#include "x509/verify.h"

namespace glasstls::tls {

/// Both sides have verified each other's Finished: application data may flow.
struct HandshakeCompleted {
  handshake::Agreement agreement;
};

/// A client may write, though the server's Finished has not come yet (RFC 7918): what it writes is
/// for the owner of the server's certificate, but whether that owner agrees on the suite, ALPN and
/// all the rest is known with HandshakeCompleted only.
struct FalseStart {};

/// A signature is needed with a key that is not here. Answer with Connection::answer(), from the
/// thread of the connection, at any time: until then the handshake rests.
struct SignatureWanted {
  handshake::SignatureRequest request;
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
    certificate,  // the peer's certificate is not trusted: `alert` was sent, `verdict` says why;
                  // without one the application's own check refused it
    peer_alert,   // the peer gave up: `alert` was received
    not_tls,      // the peer speaks another protocol; no alert
    truncated,    // the stream ended without close_notify; no alert
    internal,     // our own fault: internal_error was sent
  };
  Cause cause{};
  bool at_server = false;  // who we are
  std::optional<AlertDescription> alert;
  std::string reason;                    // what happened
  std::string_view section;              // the rule that was broken: "RFC 5246, 7.4.1.3"
  std::string_view message;              // where: "ServerHello"
  std::string_view field;                // "cipher_suite"
  std::optional<std::size_t> offset;     // in bytes from the start of the message
  std::string_view state;                // what we waited for: "WaitServerHello"
  std::optional<x509::Verdict> verdict;  // of the peer's certificate
  std::vector<std::string>
      eliminations;  // where nothing could be agreed on: each choice, and why not
};

using Event = std::variant<HandshakeCompleted, FalseStart, SignatureWanted, ApplicationData,
                           PeerClosed, WarningReceived, RenegotiationRefused, RecordLimit, Failed>;

}  // namespace glasstls::tls
