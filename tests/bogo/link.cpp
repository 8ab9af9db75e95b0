#include "tests/bogo/link.h"

#include <stdexcept>
#include <utility>
#include <variant>

#include "platform/random.h"

namespace glasstls::bogo {

void Link::flush() {
  while (!connection_.to_send().empty()) connection_.sent(transport_.write(connection_.to_send()));
}

void Link::receive() {
  const MutableView space = connection_.receive_buffer();
  if (space.empty()) {
    ended_ = true;
    return;
  }
  const std::size_t size = transport_.read(space);
  if (size == 0)
    connection_.end_of_stream();
  else
    connection_.received(size);
}

/// Whether the event is dealt with: its reader need not know.
bool Link::deal_with(const tls::Event& event) {
  if (const auto* wanted = std::get_if<tls::SignatureWanted>(&event)) {
    const handshake::SignatureRequest& request = wanted->request;
    connection_.answer({request.id, credential_->key->sign(request.scheme, request.content,
                                                           platform::system_random())});
    return true;
  }
  if (std::holds_alternative<tls::RenegotiationRefused>(event)) {
    renegotiation_refused_ = true;
    return true;
  }
  if (std::holds_alternative<tls::PeerClosed>(event)) {
    peer_closed_ = true;
    return true;
  }
  if (const auto* failed = std::get_if<tls::Failed>(&event)) {
    failed_ = *failed;
    return true;
  }
  return std::holds_alternative<tls::WarningReceived>(event) ||
         std::holds_alternative<tls::RecordLimit>(event) ||
         std::holds_alternative<tls::FalseStart>(event);
}

std::optional<tls::Event> Link::next() {
  while (!ended_) {
    auto event = connection_.next_event();
    flush();
    if (!event)
      receive();
    else if (!deal_with(*event))
      return event;
  }
  return std::nullopt;
}

const handshake::Agreement* Link::handshake() {
  if (!agreement_) {
    flush();
    if (const auto event = next()) agreement_ = std::get<tls::HandshakeCompleted>(*event).agreement;
  }
  return agreement_ ? &*agreement_ : nullptr;
}

View Link::read() {
  const auto event = next();
  return event ? std::get<tls::ApplicationData>(*event).data : View{};
}

void Link::write(View data) {
  while (!data.empty()) {
    const std::size_t taken = connection_.write(data);
    if (taken == 0) throw Failure("write", "the connection takes no data");
    data = data.subspan(taken);
    flush();
  }
}

void Link::close() {
  connection_.close();
  flush();
}

void Link::abort(AlertDescription alert) {
  connection_.abort(alert);
  flush();
}

}  // namespace glasstls::bogo
