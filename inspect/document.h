// The document: one connection, explained. What it says is decided here once; renderers (terminal,
// JSON, page) only draw it.
//
// Flat tables; the id of a row is its place in its table. A reference is a table and an id, every
// range of bytes is (buffer, offset, length). Texts are keys of the catalogue (inspect/words/) with
// arguments, so that they can be shown in any language; what a peer chose stands in values and
// arguments only and is NOT made safe for a terminal or for markup: that is the renderers' work.
// Everything is owned.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wire/bytes.h"
#include "wire/side.h"

namespace glasstls::inspect {

using Id = std::uint32_t;
using Nanoseconds = std::int64_t;  // since the epoch

enum class Table : std::uint8_t {
  segment,
  buffer,
  record,
  message,
  field,
  certificate,
  secret,
  transition,
  check,
  flight,
};
/// "segment" ...
std::string_view name_of(Table table);

struct Ref {
  Table table{};
  Id id = 0;
  friend bool operator==(const Ref&, const Ref&) = default;
};

struct Range {
  Id buffer = 0;
  std::size_t offset = 0;
  std::size_t length = 0;
  friend bool operator==(const Range&, const Range&) = default;
};

/// A sentence: a key of the catalogue and what is filled in. With the key "verbatim" the only
/// argument is the (English) text itself. Empty key: there is nothing to say.
struct Text {
  std::string key;
  std::vector<std::string> arguments;

  bool empty() const { return key.empty(); }
  friend bool operator==(const Text&, const Text&) = default;
};

/// A number of a registry, and its name there (empty: it has none).
struct Named {
  std::uint64_t number = 0;
  std::string name;
  friend bool operator==(const Named&, const Named&) = default;
};

// --- Bytes ------------------------------------------------------------------------------------------

/// What one packet, or one read or write of a socket, carried of a stream.
struct Segment {
  Side side{};               // who sent it
  std::uint64_t offset = 0;  // in the stream of that side, from where TLS begins
  std::uint64_t length = 0;
  std::optional<Nanoseconds> time;
  std::optional<std::uint64_t> frame;  // of the capture, from 1; none: no capture
};

enum class Origin : std::uint8_t {
  record,     // a whole record, as segments brought it
  decrypted,  // a record's plaintext; `sources` is its ciphertext
  joined,     // a message whose fragments lie in several records: `sources`, in order
};

struct Buffer {
  Side side{};
  Origin origin{};
  Bytes bytes;
  std::uint64_t stream_offset = 0;  // record: of its first byte
  std::vector<Id> segments;         // record: those that brought it, in order of the stream
  std::vector<Range> sources;
};

// --- Records and messages ---------------------------------------------------------------------------

enum class Protection : std::uint8_t {
  none,           // before ChangeCipherSpec
  opened,         // sealed, and its tag verifies
  not_authentic,  // sealed, and its tag does not verify under the keys that are known
  sealed,         // sealed, and not opened: `reason`
};

/// One record. RFC 5246, 6.2.
struct Record {
  Side side{};
  std::uint64_t number = 0;  // of this side's records, from 0
  Named type;
  Named version;
  Id buffer = 0;           // header and fragment
  std::vector<Id> fields;  // top level: the header's, and the parts of the fragment

  Protection protection = Protection::none;
  Text reason;                                   // sealed: why it was not opened
  std::optional<std::uint64_t> sequence_number;  // of protected records whose number is known
  Bytes nonce;                                   // empty: not known
  Bytes additional_data;                         // empty: not known
  std::optional<Range> nonce_explicit, ciphertext, tag;
  std::optional<Id> plaintext;  // buffer: TLSPlaintext.fragment; none: not opened

  std::vector<Id> messages;  // that have bytes in it
  std::optional<Nanoseconds> time;
  std::optional<Id> flight;
};

/// Where reading a message ended before its end.
struct Fault {
  std::size_t offset = 0;  // from the message's start
  std::string field;
  Text reason;
  std::string section;
};

/// One handshake message, ChangeCipherSpec, alert, or the data of one application-data record.
struct Message {
  Side side{};
  std::string name;  // "ServerHello"; "ApplicationData"; "handshake message 77" where none is known
  std::string section;
  Text summary;  // one line: what this one says
  Text meaning;  // what such a message is for
  Range range;   // header included
  std::vector<Id> records;
  std::vector<Id> fields;  // top level, in order
  std::optional<Fault> fault;
  std::optional<Nanoseconds> time;  // when its last byte was there
  std::optional<Id> flight;
};

enum class ValueKind : std::uint8_t {
  none,    // it has parts, or was not read
  bytes,   // those of `content`
  number,  // `number`, with its registry name
  text,    // `text`: a host name, a time, an object identifier
};

struct Field {
  std::optional<Id> parent;
  Ref owner;         // the record or message
  std::string path;  // "ClientHello.extensions.extension[2].extension_type"
  std::string name;  // "extension_type"
  std::size_t depth = 0;
  Range range;           // of all of it, its length in front included
  Range content;         // behind that length
  bool complete = true;  // false: reading stopped inside
  ValueKind kind{};
  Named number;
  std::string text;
  Text meaning;         // what such a field is
  Text value_meaning;   // what this value says
  std::string section;  // "RFC 5246, 7.4.1.2"
  std::vector<Text> notes;
  std::vector<Id> children;
};

/// One certificate of a Certificate message: its place, and what it says. Its DER is told by the
/// fields below `field`.
struct Certificate {
  Id message = 0;
  std::optional<Id> field;  // the ASN.1Cert
  std::size_t place = 0;    // in the message: 0 is the sender's own
  std::string subject, issuer, not_before, not_after, key, signature_algorithm, sha256;
  struct Statement {
    std::string name;
    std::size_t depth = 0;  // parts follow with a greater one
    std::string value, meaning, section;
    std::optional<Range> range;
  };
  std::vector<Statement> statements;
  struct Remark {
    std::string text, section;
  };
  std::vector<Remark> remarks;  // deviations from RFC 5280 and the browsers' profile
};

// --- Secrets ----------------------------------------------------------------------------------------

enum class Knowledge : std::uint8_t { known, unknown, redacted };

/// What something was derived from. `ref` is missing where it is nothing of this connection ("key
/// log").
struct Input {
  std::string name;
  std::optional<Ref> ref;
};

/// One value of the key schedule: a secret, or a public one on the way (a hash of messages).
struct Secret {
  std::string name;          // "master_secret"
  std::optional<Side> side;  // whose: of keys, verify_data, ephemeral keys
  bool is_public = false;
  std::string formula;  // "PRF(premaster_secret, "extended master secret", session_hash)[0..47]"
  std::string label;    // of the PRF; empty: none was used
  std::vector<Input> inputs;
  Bytes output;
  Knowledge state = Knowledge::known;
  Text reason;  // unknown: why
  Text meaning;
  std::string section;
  std::optional<Id> message;  // with which it could be computed
};

// --- Machines, checks, time -------------------------------------------------------------------------

/// One step of a state machine: told by our own, or found by walking the other's table.
struct Transition {
  Side side{};
  std::string from, on, to;
  std::optional<Id> message;
  std::string reason;  // what our own machine said: choices and verdicts
  bool told = false;   // by the machine itself
};

struct Arrow {
  std::string from, on;
  std::vector<std::string> to;
};

/// One machine's diagram, and the way through it.
struct Machine {
  std::vector<std::string> states;
  std::vector<Arrow> arrows;
  std::vector<Id> path;  // transitions
  std::string reached;   // the last state
  Text remark;           // where the messages leave the diagram, if they do
};

enum class Verdict : std::uint8_t { passed, failed, not_checkable };

struct Check {
  std::string
      name;  // "server_signature": titles and explanations are "check.<name>" in the catalogue
  Ref subject;
  std::string section;
  Verdict verdict{};
  Text reason;             // failed and not_checkable: why; passed: what exactly was checked
  Bytes expected, actual;  // where two values were compared
  std::vector<Input> inputs;
  std::vector<Text> details;  // the steps (of a path validation)
};

/// What one side sent before the other answered.
struct Flight {
  Side side{};
  std::optional<Nanoseconds> begin, end;
  std::vector<Id> records;
  std::vector<Id> messages;
  std::uint64_t bytes = 0;  // records with their headers
};

enum class EventKind : std::uint8_t { segment, record, message, secret, transition, end_of_stream };

/// What happened, in order.
struct Event {
  EventKind kind{};
  std::optional<Side> side;
  std::optional<Nanoseconds> time;
  Id id = 0;  // of the table that `kind` names; end_of_stream: 0 for FIN, 1 for RST
};

// --- The connection ---------------------------------------------------------------------------------

struct Connection {
  std::uint64_t number = 1;    // of the capture, or of the run
  std::string source;          // "capture.pcapng"; empty: live
  std::string client, server;  // end points: "192.0.2.1:50000"; empty: not known
  std::optional<Side> own;     // who we were; none: we only listened
  bool began_in_the_middle = false;
  std::string prelude;  // what came before TLS: "SMTP, STARTTLS"; empty: nothing
  Named version, cipher_suite;
  bool negotiated = false;              // version and cipher_suite are those of a ServerHello
  std::string group, signature_scheme;  // empty: not known
  std::string resumed;                  // "none", "session_id", "ticket"; empty: not known
  bool extended_master_secret = false;
  std::string server_name, application_protocol;  // empty: none
  bool complete = false;                          // both Finished were seen
  std::optional<Nanoseconds> begin, end;
  Text outcome;  // how it ended
  std::vector<Text> remarks;
  bool redacted = false;
  bool has_secrets = false;  // whoever has the document can read the connection
};

/// What was counted and not kept, of one side.
struct LeftOut {
  std::uint64_t records = 0;  // of application data
  std::uint64_t bytes = 0;    // their plaintext, or ciphertext if they stayed sealed
  std::uint64_t entries = 0;  // others, beyond the bound
};

struct Document {
  Connection connection;
  std::vector<Segment> segments;
  std::vector<Buffer> buffers;
  std::vector<Record> records;
  std::vector<Message> messages;
  std::vector<Field> fields;
  std::vector<Certificate> certificates;
  std::vector<Secret> secrets;
  std::vector<Transition> transitions;
  std::array<Machine, 2> machines;  // by Side
  std::vector<Check> checks;
  std::vector<Flight> flights;
  std::vector<Event> events;
  std::array<LeftOut, 2> left_out;  // by Side

  /// The bytes of a range, borrowed.
  View bytes(const Range& range) const;
};

}  // namespace glasstls::inspect
