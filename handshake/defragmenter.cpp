#include "handshake/defragmenter.h"

#include <string>

namespace glasstls::handshake {

void Defragmenter::add(View fragment) {
  require(!fragment.empty(), AlertDescription::unexpected_message,
          "a handshake record has an empty fragment", "RFC 5246, 6.2.1");
  buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(consumed_));
  consumed_ = 0;
  wire::append(buffer_, fragment);
}

std::optional<RawMessage> Defragmenter::next() {
  if (waiting() == 0) {
    buffer_ = Bytes();  // an established connection holds no memory here
    consumed_ = 0;
    return std::nullopt;
  }
  const View rest = View(buffer_).subspan(consumed_);
  const auto type = static_cast<HandshakeType>(rest[0]);
  require(!spec_of(type).name.empty(), AlertDescription::unexpected_message,
          "a handshake message has an unknown type", "RFC 5246, 7.4");
  if (rest.size() < message_header_length) return std::nullopt;

  const std::size_t length = std::size_t{rest[1]} << 16 | std::size_t{rest[2]} << 8 | rest[3];
  if (length > max_message_length_) {
    ProtocolError error(AlertDescription::illegal_parameter,
                        "the message has " + std::to_string(length) + " bytes, our bound is " +
                            std::to_string(max_message_length_),
                        "RFC 5246, 7.4");
    error.message = spec_of(type).name;
    error.field = "length";
    error.offset = 1;
    throw error;
  }
  if (rest.size() < message_header_length + length) return std::nullopt;
  consumed_ += message_header_length + length;
  return RawMessage{type, rest.first(message_header_length + length)};
}

HandshakeAligned Defragmenter::aligned() const {
  if (waiting() == 0) return {};
  ProtocolError error(AlertDescription::unexpected_message,
                      "ChangeCipherSpec came in the middle of a handshake message",
                      ChangeCipherSpec::spec.section);
  error.message = ChangeCipherSpec::spec.name;
  throw error;
}

void Defragmenter::expect_end_of_flight() const {
  require(waiting() == 0, AlertDescription::unexpected_message,
          "the record that ended the peer's flight goes on with another handshake message",
          "RFC 5246, 7.3");
}

void Defragmenter::expect_no_half_message() const {
  require(waiting() == 0, AlertDescription::unexpected_message,
          "application data came in the middle of a handshake message", "RFC 8446, 5.1");
}

}  // namespace glasstls::handshake
