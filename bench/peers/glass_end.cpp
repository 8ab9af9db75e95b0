#include "bench/peers/glass_end.h"

#include <algorithm>
#include <stdexcept>
#include <variant>

namespace glasstls::bench {

template <class Listener>
void GlassEnd::receive(View input, Listener&& listener) {
  while (!input.empty()) {
    const MutableView space = connection_.receive_buffer();
    const std::size_t size = std::min(space.size(), input.size());
    if (size == 0) throw std::runtime_error("GlassTLS reads no more");
    std::ranges::copy(input.first(size), space.begin());
    connection_.received(size);
    input = input.subspan(size);
    while (const auto event = connection_.next_event()) listener(*event);
  }
}

void GlassEnd::send(Bytes& output) {
  const View bytes = connection_.to_send();
  wire::append(output, bytes);
  connection_.sent(bytes.size());
}

void GlassEnd::heed(const tls::Event& event) {
  if (const auto* const failed = std::get_if<tls::Failed>(&event))
    throw std::runtime_error(failed->reason);
  if (const auto* const completed = std::get_if<tls::HandshakeCompleted>(&event)) {
    const handshake::Agreement& agreed = completed->agreement;
    verified_ = (agreed.verdict && agreed.verdict->trusted) || agreed.session_verdict;
  }
}

void GlassEnd::go_on(View input, Bytes& output) {
  receive(input, [&](const tls::Event& event) { heed(event); });
  send(output);
}

void GlassEnd::seal(View plaintext, Bytes& record) {
  if (connection_.write(plaintext) != plaintext.size())
    throw std::runtime_error("GlassTLS did not take the whole record");
  send(record);
}

std::size_t GlassEnd::open(View record, Bytes& plaintext) {
  std::size_t opened = 0;
  receive(record, [&](const tls::Event& event) {
    const auto* const data = std::get_if<tls::ApplicationData>(&event);
    if (data == nullptr) return heed(event);
    plaintext.resize(std::max(plaintext.size(), opened + data->data.size()));
    std::ranges::copy(data->data, plaintext.begin() + static_cast<std::ptrdiff_t>(opened));
    opened += data->data.size();
  });
  return opened;
}

}  // namespace glasstls::bench
