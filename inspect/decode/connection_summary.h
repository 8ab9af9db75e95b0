// ConnectionSummary: one row of the table of a capture's connections. Small, and filled whether a
// recording is made or not.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/suites.h"
#include "handshake/registry.h"
#include "inspect/recording.h"
#include "wire/alert.h"
#include "wire/side.h"
#include "wire/version.h"

namespace glasstls::inspect {

struct ConnectionSummary {
  /// What one side sent.
  struct Sent {
    std::uint64_t bytes = 0;    // of its stream, from where TLS begins
    std::uint64_t missing = 0;  // bytes that the capture lacks
    std::uint64_t records = 0;
    std::uint64_t opened = 0;  // protected records that authenticated ...
    std::uint64_t failed = 0;  // ... that did not ...
    std::uint64_t sealed = 0;  // ... and that were not tried
    bool finished = false;     // its Finished, or the record that must hold it, was seen
  };

  struct FatalAlert {
    Side side{};
    AlertDescription description{};
  };

  // Of the first handshake. Missing or empty: not seen, or not sent.
  std::optional<handshake::Random> client_random;
  std::optional<ProtocolVersion> offered_version;  // the highest that the client offers
  std::optional<ProtocolVersion> version;          // negotiated
  std::optional<crypto::CipherSuite> cipher_suite;
  std::string suite_name;   // empty also for a suite without a name
  std::string server_name;  // as the client sent it, so are the next
  std::string application_protocol;
  bool extended_master_secret = false;
  bool resumed = false;

  bool began_in_the_middle = false;
  bool complete = false;  // both sides have finished their handshake
  bool renegotiated = false;
  std::array<Sent, 2> sent;  // by Side
  std::string_view
      not_opened;  // why the first sealed record is: a key of reasons.h; empty: none is
  std::optional<FatalAlert> alert;       // the first one that could be read
  std::optional<Recording::Stop> fault;  // the first

  const Sent& sent_by(Side side) const { return sent[wire::index_of(side)]; }
  /// Whether a protected record was opened.
  bool decrypted() const { return sent[0].opened + sent[1].opened > 0; }
};

}  // namespace glasstls::inspect
