// Documents of real connections, from fixed seeds: what renderers are tested with.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "inspect/make_document.h"
#include "inspect/recorder.h"
#include "tests/inspect/recorded.h"
#include "tests/support/identity.h"
#include "tests/support/peers.h"

namespace glasstls::test {

/// A segment for each record, 250 microseconds after the one before.
inline void add_segments(inspect::Recording& recording) {
  std::int64_t time = 1'735'689'600'000'000'000;  // 2025-01-01
  std::uint64_t frame = 0;
  for (const inspect::Recording::Record& record : recording.records) {
    recording.segments.push_back({recording.side_of(record.direction), record.stream_offset,
                                  record.wire.size(), time, ++frame});
    time += 250'000;
  }
}

inline inspect::DocumentOptions judged() {
  inspect::DocumentOptions options;
  options.roots = options.client_roots = roots();
  options.at = in_validity();
  return options;
}

/// Our client and a server with these choices, data both ways, closed in order.
inline inspect::Document document_of(const Choices& choices = {}) {
  inspect::RecorderOptions exposing;
  exposing.expose_secrets = true;
  const auto recorder = std::make_shared<inspect::Recorder>(exposing);
  ClientOptions client;
  client.observers = {recorder};
  Peers peers(choices, client);
  peers.complete_handshake();
  peers.client.write(wire::as_bytes("do i connect with server ?"));
  peers.pump();
  peers.run({[](ScriptedServer& server) { server.data(wire::as_bytes("yes")); }});
  peers.client.close();
  peers.pump();
  peers.run({[](ScriptedServer& server) { server.close_notify(); }});
  inspect::Recording recording = recorder->recording();
  add_segments(recording);
  return make_document(recording, judged());
}

/// Both sides show a certificate, the server everything that it can: the first connection. The
/// second is resumed.
inline inspect::Document document_of_pair(bool resumed) {
  RecordedPeers peers(true);
  inspect::Recording recording = peers.connect().client;
  if (resumed) recording = peers.connect().client;
  add_segments(recording);
  inspect::DocumentOptions options = judged();
  options.ticket_keys = peers.ticket_keys;
  return make_document(recording, options);
}

}  // namespace glasstls::test
