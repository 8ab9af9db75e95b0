// Any bytes as a capture file: read without a crash, in bounded memory, and what is told of its streams
// is consistent.
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>

#include "inspect/capture/read_streams.h"
#include "inspect/capture/tls_streams.h"
#include "tests/fuzz/invariant.h"
#include "tests/fuzz/reach.h"

namespace glasstls::inspect::capture {
namespace {

using fuzz::require;

/// Small, so that short inputs reach them.
ReassemblyLimits small_limits() {
  ReassemblyLimits limits;
  limits.pending_per_direction = 1500;
  limits.pending_total = 4000;
  limits.recent_per_direction = 64;
  limits.recent_total = 256;
  limits.open_connections = 4;
  limits.ended_connections = 2;
  limits.patience = 3;
  limits.linger = 4;
  return limits;
}

/// Holds what it is told against the promises of StreamListener and TlsListener.
class Check : public TlsListener {
 public:
  void opened(const Opened& opened) override {
    require(opened.connection == ++latest_, "connections are numbered in order");
    states_.emplace(opened.connection, State{});
  }
  void found(ConnectionId id, const TlsFinding& finding) override { state(id).finding = finding; }
  void data(const StreamData& data) override {
    require(!data.bytes.empty(), "a piece is not empty");
    advance(data.connection, data.sender, data.position, data.bytes.size());
    fuzz::reached("data told");
  }
  void gap(const StreamGap& gap) override {
    require(gap.size > 0, "a gap is not empty");
    advance(gap.connection, gap.sender, gap.position, gap.size);
  }
  void ended(const StreamEnded& ended) override {
    bool& has_ended = state(ended.connection).ended[static_cast<std::size_t>(ended.sender)];
    require(!has_ended, "a direction ends once");
    has_ended = true;
  }
  void closed(ConnectionId id) override {
    require(state(id).finding.kind != TlsFinding::Kind::undecided, "all is decided at the end");
    states_.erase(id);
  }
  bool all_are_closed() const { return states_.empty(); }

 private:
  struct State {
    TlsFinding finding;
    std::array<std::optional<std::uint64_t>, 2> next{};
    std::array<bool, 2> ended{};
  };

  State& state(ConnectionId id) {
    require(states_.contains(id), "a connection is open while it is spoken of");
    return states_.at(id);
  }
  void advance(ConnectionId id, Sender sender, std::uint64_t position, std::uint64_t size) {
    State& state = this->state(id);
    auto& next = state.next[static_cast<std::size_t>(sender)];
    if (!next) next = state.finding.side(sender).begins;
    require(next.has_value(), "TLS was found before its bytes are told");
    require(position == *next, "a stream has no holes but gaps");
    next = position + size;
  }

  ConnectionId latest_ = 0;
  std::map<ConnectionId, State> states_;
};

void check(View input) {
  MemorySource source(input, 1000);
  Check listener;
  TlsStreams streams(listener);
  const CaptureSummary summary = read_streams(source, streams, small_limits());
  require(listener.all_are_closed(), "all connections are closed at the end");
  require(summary.size <= input.size(), "no more is read than there is");
  require(!summary.fault || !summary.fault->what.empty(), "a fault says why");
  static_cast<void>(remarks(summary));
  MemorySource again(input);
  require(collect_secrets(again).left_out == 0, "no secrets are left out of a small file");
  if (!summary.fault) fuzz::reached("read to its end");
}

}  // namespace
}  // namespace glasstls::inspect::capture

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  glasstls::inspect::capture::check(glasstls::View(data, size));
  return 0;
}
