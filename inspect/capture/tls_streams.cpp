#include "inspect/capture/tls_streams.h"

#include <algorithm>
#include <utility>

namespace glasstls::inspect::capture {

namespace {

constexpr Sender both[] = {Sender::first, Sender::second};

std::size_t index(Sender sender) { return static_cast<std::size_t>(sender); }

}  // namespace

void TlsStreams::opened(const Opened& opened) {
  connections_.emplace(opened.connection, opened.opening);
  listener_->opened(opened);
}

void TlsStreams::data(const StreamData& data) {
  Connection& connection = connections_.at(data.connection);
  if (connection.settled[index(data.sender)]) {
    if (connection.finder.finding().side(data.sender).begins) listener_->data(data);
    return;
  }
  HeldData held{wire::copy(data.bytes), data};
  held.data.bytes = {};
  connection.held[index(data.sender)].emplace_back(std::move(held));
  connection.finder.data(data.sender, data.bytes);
  settle(data.connection, connection);
  drop_prelude(connection, data.sender);
}

void TlsStreams::gap(const StreamGap& gap) {
  Connection& connection = connections_.at(gap.connection);
  if (connection.settled[index(gap.sender)]) {
    if (connection.finder.finding().side(gap.sender).begins) listener_->gap(gap);
    return;
  }
  connection.held[index(gap.sender)].emplace_back(gap);
  connection.finder.gap(gap.sender, gap.size);
  settle(gap.connection, connection);
  drop_prelude(connection, gap.sender);
}

void TlsStreams::ended(const StreamEnded& ended) {
  Connection& connection = connections_.at(ended.connection);
  if (connection.settled[index(ended.sender)])
    listener_->ended(ended);
  else
    connection.held[index(ended.sender)].emplace_back(ended);
}

void TlsStreams::closed(ConnectionId id) {
  Connection& connection = connections_.at(id);
  connection.finder.finish();
  settle(id, connection);
  listener_->closed(id);
  connections_.erase(id);
}

/// Tells what was held of the directions of which it is now known where TLS begins.
void TlsStreams::settle(ConnectionId id, Connection& connection) {
  for (const Sender each : both) {
    if (connection.settled[index(each)] || !connection.finder.is_settled(each)) continue;
    connection.settled[index(each)] = true;
    listener_->found(id, connection.finder.finding());
    release(connection, each, std::exchange(connection.held[index(each)], {}));
  }
}

void TlsStreams::release(const Connection& connection, Sender sender, const Held& held) {
  const auto begins = connection.finder.finding().side(sender).begins;
  for (const auto& event : held) {
    if (const auto* ended = std::get_if<StreamEnded>(&event)) listener_->ended(*ended);
    if (!begins) continue;
    const auto* gap = std::get_if<StreamGap>(&event);
    if (gap != nullptr && gap->position >= *begins) listener_->gap(*gap);
    if (const auto* piece = std::get_if<HeldData>(&event)) {
      StreamData data = piece->data;
      const std::uint64_t before = *begins > data.position ? *begins - data.position : 0;
      if (before >= piece->bytes.size()) continue;
      data.position += before;
      data.bytes = View(piece->bytes).subspan(static_cast<std::size_t>(before));
      listener_->data(data);
    }
  }
}

/// Forgets what TLS cannot begin in any more.
void TlsStreams::drop_prelude(Connection& connection, Sender sender) {
  Held& held = connection.held[index(sender)];
  const std::uint64_t earliest = connection.finder.earliest(sender);
  const auto first = std::find_if(held.begin(), held.end(), [earliest](const auto& event) {
    const auto* piece = std::get_if<HeldData>(&event);
    if (piece != nullptr) return piece->data.position + piece->bytes.size() > earliest;
    const auto* gap = std::get_if<StreamGap>(&event);
    return gap == nullptr || gap->position >= earliest;
  });
  held.erase(held.begin(), first);
}

}  // namespace glasstls::inspect::capture
