// The document: everything that was seen of one connection, as plain data.
//
// Flat tables; a row's id is its place in its table and never changes. `entries` tells the order in
// which things happened. Everything is owned: the document outlives the connection. Texts and bytes
// are as the peer sent them, NOT made safe for a terminal or for markup: that is the renderers'
// work.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "wire/bytes.h"
#include "wire/observer.h"
#include "wire/version.h"

namespace glasstls::inspect {

/// One record. RFC 5246, 6.2.
struct Record {
  Direction direction{};
  ContentType type{};
  ProtocolVersion version{};
  Bytes wire;                 // as on the network: header and fragment
  Bytes plaintext;            // TLSPlaintext.fragment; empty if it is not authentic
  bool is_protected = false;  // the rest has meaning only if it is
  std::uint64_t sequence_number = 0;
  Bytes nonce;
  Bytes additional_data;
  bool authentic = true;
};

/// One field of a message. A field's children follow it with a greater depth. Offsets count from
/// the message's start.
struct Field {
  std::string name;
  std::size_t depth = 0;           // 0 for the outermost
  std::size_t begin = 0;           // first byte, of its length if it has one in front
  std::size_t content = 0;         // first byte behind that length
  std::optional<std::size_t> end;  // one past the last byte; missing if reading stopped inside
  std::optional<std::uint64_t> number;
  std::string text;  // registry name of the number, or the value itself
};

/// One handshake message, ChangeCipherSpec or alert.
struct Message {
  Direction direction{};
  std::string name;     // "ServerHello"; empty for a type that has none
  std::string section;  // "RFC 5246, 7.4.1.3"
  Bytes bytes;          // header included
  std::vector<Field> fields;
  /// The byte where reading stopped before the message's end: it is malformed there (a field has no
  /// end, or bytes are left over), or holds what is not allowed.
  std::optional<std::size_t> stopped_at;
};

/// One derived secret. RFC 5246, 8.1 and 6.3.
struct Secret {
  std::string name;
  std::string section;
  std::string label;                // PRF label; empty for what no PRF made
  std::vector<std::string> inputs;  // names of what it derives from; with a label: the key first
  Bytes value;                      // empty unless the recorder exposes secrets
};

/// One step of a state machine.
struct Transition {
  std::string from;
  std::string on;
  std::string to;
  std::string reason;  // may be empty
};

enum class EntryKind : std::uint8_t { record, message, secret, transition };

/// One thing that happened.
struct Entry {
  EntryKind kind{};
  std::size_t id = 0;  // row of the table that `kind` names
};

/// What is counted and not kept.
struct Omitted {
  std::uint64_t application_data_records = 0;
  std::uint64_t application_data_bytes = 0;  // plaintext of those
  std::uint64_t entries = 0;                 // others, beyond the bound on entries
};

struct Document {
  std::vector<Record> records;
  std::vector<Message> messages;
  std::vector<Secret> secrets;
  std::vector<Transition> transitions;
  std::vector<Entry> entries;
  std::array<Omitted, 2> omitted;  // by Direction; a secret or transition counts as sent

  const Omitted& omitted_of(Direction direction) const {
    return omitted[static_cast<std::size_t>(direction)];
  }
};

}  // namespace glasstls::inspect
