#include "handshake/exchange.h"

#include "wire/reader.h"

namespace glasstls::handshake {

void Exchange::show_undecoded(RawMessage message) const {
  if (observer_ == nullptr) return;
  ShownAtEnd shown(observer_, Direction::received, spec_of(message.type), message.bytes);
  wire::Reader reader(message.bytes, {}, shown.sink());
  HandshakeType type{};
  std::uint32_t length = 0;
  Bytes body;
  reader.field("msg_type", type);
  reader.uint24("length", length);
  reader.rest("body", body);
}

void Exchange::show_change_cipher_spec(Direction direction, std::uint8_t type) const {
  if (observer_ == nullptr) return;
  ShownAtEnd shown(observer_, direction, ChangeCipherSpec::spec, View(&type, 1));
  wire::Reader(View(&type, 1), {}, shown.sink()).field("type", type);
}

void Exchange::show_refused(const ChangeCipherSpec& message) const {
  show_change_cipher_spec(Direction::received, message.type);
}

void Exchange::send_change_cipher_spec() {
  show_change_cipher_spec(Direction::sent, 1);
  channel_.send_change_cipher_spec();
}

void Exchange::receive_change_cipher_spec(const ChangeCipherSpec& message) {
  show_change_cipher_spec(Direction::received, message.type);
  channel_.receive_change_cipher_spec();
}

}  // namespace glasstls::handshake
