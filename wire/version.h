// ProtocolVersion and ContentType: the two values that records and hellos share. RFC 5246, 6.2.1.
#pragma once

#include <cstdint>
#include <string_view>

namespace glasstls::wire {

/// RFC 5246, 6.2.1: struct { uint8 major; uint8 minor; }, read as one number.
enum class ProtocolVersion : std::uint16_t {
  ssl30 = 0x0300,
  tls10 = 0x0301,
  tls11 = 0x0302,
  tls12 = 0x0303,
  tls13 = 0x0304,
};

/// RFC 5246, 6.2.1.
enum class ContentType : std::uint8_t {
  change_cipher_spec = 20,
  alert = 21,
  handshake = 22,
  application_data = 23,
};

/// "TLS 1.2", "application_data"; "GREASE" for RFC 8701's values; empty for a value that has no
/// name. Many have one that we do not speak.
std::string_view name_of(ProtocolVersion version);
std::string_view name_of(ContentType type);

/// Whether a record of that type may be in a TLS 1.2 connection of ours.
bool is_spoken(ContentType type);

}  // namespace glasstls::wire

namespace glasstls {
using wire::ContentType;
using wire::ProtocolVersion;
}  // namespace glasstls
