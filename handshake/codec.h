// Handshake messages to bytes and back: a header of type and length, then the fields. RFC
// 5246, 7.4.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "handshake/registry.h"
#include "wire/bytes.h"
#include "wire/error.h"
#include "wire/field.h"
#include "wire/reader.h"
#include "wire/writer.h"

namespace glasstls::handshake {

inline constexpr std::size_t message_header_length = 4;  // msg_type, length

/// A whole message as it came, header included. Borrowed.
struct RawMessage {
  HandshakeType type{};
  View bytes;
};

/// The whole message. std::logic_error if a field is out of its bounds.
template <class M>
Bytes encode(const M& message) {
  Bytes out;
  wire::Writer writer(out);
  writer.field("msg_type", M::type);
  writer.block("body", within<0, 0xffffff>, [&](wire::Writer& body) { M::fields(body, message); });
  return out;
}

/// `bytes` is a whole message of that type. Throws ProtocolError(decode_error) with message, field
/// and offset if it is malformed or has bytes to spare; the sink has been told all fields up to
/// there.
template <class M>
M decode(View bytes, FieldSink* sink = nullptr) {
  M message;
  wire::Reader reader(bytes, M::spec, sink);
  HandshakeType type{};
  std::uint32_t length = 0;
  reader.field("msg_type", type);
  reader.uint24("length", length);
  M::fields(reader, message);
  reader.expect_done(M::spec.name);
  return message;
}

/// What the RFC calls a message of that type; empty Spec for an unknown type.
Spec spec_of(HandshakeType type);

/// Where the first field of that name begins in a well-formed message, in bytes from its start.
std::optional<std::size_t> offset_of(RawMessage message, std::string_view field);

}  // namespace glasstls::handshake
