// Draft: a document while it is made, and what its makers tell each other. Internal to inspect/.
//
// The makers, in the order in which make_document() calls them: records and buffers, messages and
// their fields, what the hellos say, certificates, secrets, machines, checks, flights and events.
#pragma once

#include <array>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/suites.h"
#include "inspect/document.h"
#include "inspect/make_document.h"
#include "inspect/recording.h"
#include "wire/version.h"

namespace glasstls::inspect {

struct Draft {
  Draft(const Recording& recording_, const DocumentOptions& options_)
      : recording(recording_), options(options_) {}

  const Recording& recording;
  const DocumentOptions& options;
  Document document;

  // What the hellos settled.
  std::optional<ProtocolVersion> version;
  std::optional<crypto::CipherSuite> cipher_suite;
  bool is_tls13 = false;

  /// Of a suite that GlassTLS speaks, under TLS 1.2; nullptr for any other.
  const crypto::SuiteParameters* suite() const {
    if (!cipher_suite || version != ProtocolVersion::tls12 || is_tls13) return nullptr;
    return crypto::find(*cipher_suite);
  }

  // --- Looking things up; ids, or nullopt ----------------------------------------------------------

  /// The first message of that name, by that side if one is given.
  std::optional<Id> message(std::string_view name, std::optional<Side> side = {}) const;
  /// The field of a message at that path below the message ("extensions" or "params.public.point").
  std::optional<Id> field(Id id, std::string_view path) const;
  /// The first field of that name of a message, at whatever depth.
  std::optional<Id> any_field(Id id, std::string_view name) const;
  /// The extension of that number of a hello.
  std::optional<Id> extension(Id hello, std::uint64_t number) const;
  /// The secret of that name.
  std::optional<Id> secret(std::string_view name, std::optional<Side> side = {}) const;

  /// The bytes of a field's content; empty without one.
  View content(std::optional<Id> field) const;
  View content(std::optional<Id> message, std::string_view path) const;
  /// The bytes of a whole message.
  View bytes_of(Id message) const { return document.bytes(document.messages[message].range); }

  /// All handshake messages that belong to the transcript, before (not including) that one.
  Bytes transcript_before(Id message) const;
  /// ... and up to it, including it.
  Bytes transcript_through(Id message) const;
};

/// The first of these that the catalogue has words for; empty if it has none.
std::string worded(std::initializer_list<std::string> keys);

inline Text said(std::string key, std::vector<std::string> arguments = {}) {
  return {std::move(key), std::move(arguments)};
}
inline Text verbatim(std::string text) { return {"verbatim", {std::move(text)}}; }

// The makers.
void make_records(Draft& draft);
void make_messages(Draft& draft);
void add_fields_of_record(Draft& draft, Id id);
void read_hellos(Draft& draft);
void make_certificates(Draft& draft);
void make_summaries(Draft& draft);
void make_secrets(Draft& draft);
void make_machines(Draft& draft);
void make_checks(Draft& draft);
void make_flights(Draft& draft);
void make_events(Draft& draft);

}  // namespace glasstls::inspect
