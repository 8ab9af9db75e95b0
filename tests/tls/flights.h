// Recorded messages and what is made of them, to spoil a handshake at every byte.
#pragma once

#include <cstdint>

#include "handshake/codec.h"
#include "record/framing.h"
#include "wire/bytes.h"

namespace glasstls::tls {

/// One record in plain.
inline Bytes as_record(View message) {
  Bytes bytes(record::header_length);
  record::write_header(
      {ContentType::handshake, ProtocolVersion::tls12, static_cast<std::uint16_t>(message.size())},
      bytes);
  wire::append(bytes, message);
  return bytes;
}

/// The message with another body; its length is made to fit.
inline Bytes with_body(const Bytes& message, View body) {
  Bytes bytes{message[0], static_cast<std::uint8_t>(body.size() >> 16),
              static_cast<std::uint8_t>(body.size() >> 8), static_cast<std::uint8_t>(body.size())};
  wire::append(bytes, body);
  return bytes;
}

inline View body_of(const Bytes& message) {
  return View(message).subspan(handshake::message_header_length);
}

}  // namespace glasstls::tls
