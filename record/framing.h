// Framing: the five bytes before every record, and how long a record may be. RFC 5246, 6.2.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "wire/bytes.h"
#include "wire/version.h"

namespace glasstls::record {

inline constexpr std::size_t header_length = 5;
inline constexpr std::size_t max_plaintext_length = std::size_t{1} << 14;          // 6.2.1
inline constexpr std::size_t max_ciphertext_length = max_plaintext_length + 2048;  // 6.2.3
inline constexpr std::size_t max_record_length = header_length + max_ciphertext_length;

/// The fields that TLSPlaintext and TLSCiphertext begin with. RFC 5246, 6.2.1 and 6.2.3.
struct Header {
  ContentType type{};
  ProtocolVersion version{};
  std::uint16_t length = 0;  // of the fragment that follows, in bytes

  static void fields(auto& ar, auto& self) {
    ar.field("type", self.type);
    ar.field("version", self.version);
    ar.field("length", self.length);
  }
};

/// What the connection's progress lets a record's header say.
struct Expectation {
  bool version_negotiated = false;  // from then on exactly 0x0303; before, any 0x03xx
  bool is_protected = false;        // the fragment is a TLSCiphertext's
};

/// Decodes the header at the start of `bytes` (at least header_length) and checks it. Throws
/// ProtocolError: protocol_version for an SSL 2 ClientHello and for a version that cannot be, then
/// unexpected_message for an unknown content type (RFC 5246, 6), record_overflow for a length over
/// the limit.
Header parse_header(View bytes, Expectation expectation);

/// Writes the header to the start of `out` (at least header_length bytes).
void write_header(const Header& header, MutableView out);

/// The first bytes of a peer that speaks a text protocol and not TLS, or nullopt: what it seems to
/// speak
/// ("HTTP", "SSH", "SMTP or FTP", "plain text"). To be asked only before the first record.
std::optional<std::string_view> plain_text_protocol(View first_bytes);

}  // namespace glasstls::record
