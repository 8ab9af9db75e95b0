// Observer: sees every record, message, secret and transition of a connection, and changes nothing.
//
// It is called at four choke points (a record is opened or sealed; a message is decoded or sent; a
// secret is derived; a state machine advances) and nowhere else. Every View is valid during the
// call only. The calls are noexcept: an observer can neither alter nor fail a handshake.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "wire/bytes.h"
#include "wire/field.h"
#include "wire/version.h"

namespace glasstls::wire {

enum class Direction : std::uint8_t { sent, received };  // as seen from this endpoint

/// One record. RFC 5246, 6.2.
struct RecordSeen {
  Direction direction;
  ContentType type;
  ProtocolVersion version;
  View wire;                  // as on the network: header and fragment
  View plaintext;             // TLSPlaintext.fragment
  bool is_protected = false;  // the rest has meaning only if it is
  std::uint64_t sequence_number = 0;
  View nonce{};            // 12 bytes
  View additional_data{};  // 13 bytes
  bool authentic = true;   // false: the tag did not verify, `plaintext` is empty
};

/// One handshake message, ChangeCipherSpec or alert.
struct MessageSeen {
  Direction direction;
  std::string_view name;     // "ServerHello"
  std::string_view section;  // "RFC 5246, 7.4.1.3"
  View bytes;                // whole message, header included
  const FieldTree& fields;   // offsets into `bytes`; incomplete if the message is malformed
};

/// One derived secret. RFC 5246, 8.1 and 6.3; only observers that expose secrets get the value.
struct SecretSeen {
  std::string_view name;  // "master_secret"
  std::string_view section;
  std::string_view label;                // PRF label; empty for what no PRF made
  std::vector<std::string_view> inputs;  // names of what it derives from
  View value;                            // empty unless the observer exposes_secrets()
  View client_random;                    // 32 bytes: names the connection in a key log
};

/// One step of a state machine.
struct TransitionSeen {
  std::string_view from;
  std::string_view on;  // the message
  std::string_view to;
  std::string_view reason;  // why this arrow, where the machine had a choice or a verdict
};

class Observer {
 public:
  virtual ~Observer() = default;
  virtual void record(const RecordSeen&) noexcept {}
  virtual void message(const MessageSeen&) noexcept {}
  virtual void secret(const SecretSeen&) noexcept {}
  virtual void transition(const TransitionSeen&) noexcept {}

  /// Whether secret() is to be given values. Off unless an observer says otherwise.
  virtual bool exposes_secrets() const noexcept { return false; }
};

}  // namespace glasstls::wire

namespace glasstls {
using wire::Direction;
using wire::Observer;
}  // namespace glasstls
