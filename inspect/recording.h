// The recording: everything that was seen of one connection, raw and in the order in which it was
// told. The document is made from it.
//
// Flat tables, each in the order of what happened. Messages are not here: they are read out of the
// records' bytes, alike for both ends and for listeners. Everything is owned: the recording outlives
// the connection.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "wire/bytes.h"
#include "wire/observer.h"
#include "wire/side.h"
#include "wire/version.h"

namespace glasstls::inspect {

struct Recording {
  /// What one packet, or one read or write of a socket, carried of a side's stream.
  struct Segment {
    Side side{};
    std::uint64_t offset = 0;  // in that side's stream, from where TLS begins
    std::uint64_t length = 0;
    std::optional<std::int64_t> time;    // nanoseconds since the epoch
    std::optional<std::uint64_t> frame;  // of the capture
  };

  /// One record. RFC 5246, 6.2.
  struct Record {
    Direction direction{};
    std::uint64_t stream_offset = 0;  // of its first byte, in its side's stream
    std::uint64_t number = 0;         // of its side's records, from 0
    ContentType type{};
    ProtocolVersion version{};
    Bytes wire;                 // as on the network: header and fragment
    Bytes plaintext;            // TLSPlaintext.fragment; empty if it is not authentic
    bool is_protected = false;  // the rest has meaning only if it is
    std::optional<std::uint64_t> sequence_number;
    Bytes nonce;
    Bytes additional_data;
    bool authentic = true;
    std::string not_opened;  // why it was not even tried: a key of the catalogue; empty: it was
  };

  /// One derived secret. RFC 5246, 8.1 and 6.3.
  struct Secret {
    std::string name;
    std::string section;
    std::string label;                // PRF label; empty for what no PRF made
    std::vector<std::string> inputs;  // names of what it derives from; with a label: the key first
    Bytes value;                      // empty unless the recorder exposes secrets
  };

  /// One step of a state machine: our own.
  struct Transition {
    std::string from;
    std::string on;
    std::string to;
    std::string reason;  // may be empty
  };

  /// What is counted and not kept.
  struct Omitted {
    std::uint64_t application_data_records = 0;
    std::uint64_t application_data_bytes = 0;  // plaintext of those
    std::uint64_t entries = 0;                 // others, beyond the bound
  };

  /// A hole in what a capture holds of a side's stream. What follows it cannot be read.
  struct Gap {
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
    std::string reason;  // a key of the catalogue
  };

  /// How a side's stream ended.
  struct End {
    bool reset = false;
    std::optional<std::int64_t> time;
  };

  /// Why nothing more of a side's stream was read: a fault in a message, or in the stream itself.
  struct Stop {
    Side side{};
    std::string message;                // "ServerHello", "record"; empty: of no message
    std::optional<std::size_t> offset;  // in it
    std::string field;
    std::string reason;  // in English
    std::string section;
    std::string alert;  // of a live connection: the alert that was sent; empty: none
  };

  /// A secret that would have to be known, and why it is not: a key of the catalogue.
  struct Unknown {
    std::string name;
    std::string reason;
  };

  /// Where "sent" leads: a live endpoint's own side; a passive decoder speaks as the client would.
  Side own = Side::client;
  bool live = true;

  // Facts about the connection as a whole; empty: not known.
  std::uint64_t number = 1;
  std::string source;          // the capture's name
  std::string client, server;  // end points
  bool began_in_the_middle = false;
  std::string prelude;  // what came before TLS, in words

  std::vector<Segment> segments;
  std::vector<Record> records;
  std::vector<Secret> secrets;
  std::vector<Transition> transitions;
  std::vector<Unknown> unknown;
  std::array<std::optional<Gap>, 2> gaps;  // by Side
  std::array<std::optional<End>, 2> ends;  // by Side
  std::optional<Stop> stop;
  std::vector<std::string> remarks;  // keys of the catalogue
  std::array<Omitted, 2> omitted;    // by Direction; a secret or transition counts as sent

  Side side_of(Direction direction) const {
    return direction == Direction::sent ? own : other(own);
  }
  const Omitted& omitted_of(Direction direction) const {
    return omitted[static_cast<std::size_t>(direction)];
  }
};

}  // namespace glasstls::inspect
