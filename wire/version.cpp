#include "wire/version.h"

#include "wire/grease.h"
#include "wire/number_name.h"

namespace glasstls::wire {
namespace {

constexpr NumberName versions[] = {
    {0x0002, "SSL 2.0"},
    {0x0100, "DTLS 1.0 (OpenSSL pre 0.9.8f)"},
    {0x0101, "TLCP 1.1"},  // GB/T 38636
    {0x0300, "SSL 3.0"},
    {0x0301, "TLS 1.0"},
    {0x0302, "TLS 1.1"},
    {0x0303, "TLS 1.2"},
    {0x0304, "TLS 1.3"},
    // Drafts of TLS 1.3 say 0x7f and their own number (draft-ietf-tls-tls13-28, 4.2.1.1).
    {0x7f0e, "TLS 1.3 draft 14"},
    {0x7f0f, "TLS 1.3 draft 15"},
    {0x7f10, "TLS 1.3 draft 16"},
    {0x7f11, "TLS 1.3 draft 17"},
    {0x7f12, "TLS 1.3 draft 18"},
    {0x7f13, "TLS 1.3 draft 19"},
    {0x7f14, "TLS 1.3 draft 20"},
    {0x7f15, "TLS 1.3 draft 21"},
    {0x7f16, "TLS 1.3 draft 22"},
    {0x7f17, "TLS 1.3 draft 23"},
    {0x7f18, "TLS 1.3 draft 24"},
    {0x7f19, "TLS 1.3 draft 25"},
    {0x7f1a, "TLS 1.3 draft 26"},
    {0x7f1b, "TLS 1.3 draft 27"},
    {0x7f1c, "TLS 1.3 draft 28"},
    {0xfb17, "TLS 1.3 Facebook draft 23"},
    {0xfb1a, "TLS 1.3 Facebook draft 26"},
    {0xfefc, "DTLS 1.3"},
    {0xfefd, "DTLS 1.2"},
    {0xfeff, "DTLS 1.0"},
};
static_assert(is_ascending(versions));

}  // namespace

std::string_view name_of(ProtocolVersion version) {
  const auto number = static_cast<std::uint16_t>(version);
  return is_grease(number) ? "GREASE" : name_in(versions, number);
}

std::string_view name_of(ContentType type) {
  switch (type) {
    case ContentType::change_cipher_spec: return "change_cipher_spec";
    case ContentType::alert: return "alert";
    case ContentType::handshake: return "handshake";
    case ContentType::application_data: return "application_data";
  }
  switch (static_cast<std::uint8_t>(type)) {
    case 24: return "heartbeat";  // RFC 6520
    case 25: return "tls12_cid";  // RFC 9146
    case 26: return "ACK";        // RFC 9147
    case 27: return "return_routability_check";
    default: return {};
  }
}

bool is_spoken(ContentType type) {
  return type >= ContentType::change_cipher_spec && type <= ContentType::application_data;
}

}  // namespace glasstls::wire
