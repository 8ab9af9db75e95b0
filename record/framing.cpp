#include "record/framing.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "record/ssl2_hello.h"
#include "wire/error.h"
#include "wire/reader.h"

namespace glasstls::record {

namespace {

constexpr Spec spec{"record header", "RFC 5246, 6.2.1"};

[[noreturn]] void refuse(AlertDescription alert, std::string_view field, std::size_t offset,
                         const std::string& reason, std::string_view section) {
  ProtocolError error(alert, reason, section);
  error.message = spec.name;
  error.field = field;
  error.offset = offset;
  throw error;
}

std::string hex16(std::uint16_t value) {
  const Bytes bytes{static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)};
  return "0x" + wire::hex(bytes);
}

bool is_text(std::uint8_t byte) {
  return (byte >= 0x20 && byte < 0x7f) || byte == '\r' || byte == '\n' || byte == '\t';
}

}  // namespace

Header parse_header(View bytes, Expectation expectation) {
  Header header;
  wire::Reader reader(bytes.first(header_length), spec);
  reader.field("header", header);

  if (!expectation.version_negotiated && begins_ssl2_hello(bytes))
    refuse(AlertDescription::protocol_version, "type", 0,
           "the peer begins with an SSL 2 ClientHello", "RFC 6176, 3");

  // The version first: who does not say TLS there has no content type either.
  const auto version = static_cast<std::uint16_t>(header.version);
  if (expectation.version_negotiated ? header.version != ProtocolVersion::tls12 : version >> 8 != 3)
    refuse(AlertDescription::protocol_version, "version", 1,
           "the record's version is " + hex16(version) + ", expected " +
               (expectation.version_negotiated ? "0x0303" : "0x03xx"),
           "RFC 5246, 6.2.1");
  if (!is_spoken(header.type))
    refuse(AlertDescription::unexpected_message, "type", 0,
           "content type " + std::to_string(static_cast<unsigned>(header.type)) + " is unknown",
           "RFC 5246, 6");

  const std::size_t limit = expectation.is_protected ? max_ciphertext_length : max_plaintext_length;
  if (header.length > limit)
    refuse(AlertDescription::record_overflow, "length", 3,
           "the fragment has " + std::to_string(header.length) + " bytes, the limit is " +
               std::to_string(limit),
           expectation.is_protected ? "RFC 5246, 6.2.3" : "RFC 5246, 6.2.1");
  return header;
}

void write_header(const Header& header, MutableView out) {
  const auto version = static_cast<std::uint16_t>(header.version);
  out[0] = static_cast<std::uint8_t>(header.type);
  out[1] = static_cast<std::uint8_t>(version >> 8);
  out[2] = static_cast<std::uint8_t>(version);
  out[3] = static_cast<std::uint8_t>(header.length >> 8);
  out[4] = static_cast<std::uint8_t>(header.length);
}

std::optional<std::string_view> plain_text_protocol(View first_bytes) {
  const View start = first_bytes.first(std::min(first_bytes.size(), header_length));
  if (start.empty() || !std::all_of(start.begin(), start.end(), is_text)) return std::nullopt;
  const std::string_view text = wire::as_text(start);
  constexpr std::string_view http[] = {"HTTP/", "<!DOC", "<html", "GET ",  "POST ", "HEAD ",
                                       "PUT ",  "OPTIO", "DELET", "CONNE", "PATCH"};
  if (std::any_of(std::begin(http), std::end(http),
                  [text](std::string_view word) { return text.starts_with(word); }))
    return "HTTP";
  if (text.starts_with("SSH-")) return "SSH";
  if (text.starts_with("220 ") || text.starts_with("220-")) return "SMTP or FTP";
  if (text.starts_with("* OK")) return "IMAP";
  if (text.starts_with("+OK")) return "POP3";
  return "plain text";
}

}  // namespace glasstls::record
