// TlsStreams: of all streams of a capture, what is TLS, from its first record on.
#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>
#include <variant>
#include <vector>

#include "inspect/capture/stream_listener.h"
#include "inspect/capture/tls_finder.h"

namespace glasstls::inspect::capture {

/// Hears of every connection, but of data and gaps only from where TLS begins in their direction;
/// positions are those in the whole stream. The rest comes as StreamListener says.
class TlsListener : public StreamListener {
 public:
  /// More is known: after each direction's beginning was found or given up, before its first data.
  /// By the time of closed() nothing is undecided.
  virtual void found(ConnectionId, const TlsFinding&) {}
};

class TlsStreams : public StreamListener {
 public:
  explicit TlsStreams(TlsListener& listener) : listener_(&listener) {}

  void opened(const Opened& opened) override;
  void data(const StreamData& data) override;
  void gap(const StreamGap& gap) override;
  void ended(const StreamEnded& ended) override;
  void conflict(const StreamConflict& conflict) override { listener_->conflict(conflict); }
  void closed(ConnectionId id) override;
  void secrets(const SecretsBlock& block) override { listener_->secrets(block); }

 private:
  struct HeldData {
    Bytes bytes;
    StreamData data;  // without its bytes
  };
  using Held = std::vector<std::variant<HeldData, StreamGap, StreamEnded>>;
  struct Connection {
    explicit Connection(Opening opening) : finder(opening) {}
    TlsFinder finder;
    std::array<Held, 2> held;  // by Sender, while it is not known where TLS begins
    std::array<bool, 2> settled{};
  };

  void settle(ConnectionId id, Connection& connection);
  void release(const Connection& connection, Sender sender, const Held& held);
  static void drop_prelude(Connection& connection, Sender sender);

  TlsListener* listener_;
  std::unordered_map<ConnectionId, Connection> connections_;
};

}  // namespace glasstls::inspect::capture
