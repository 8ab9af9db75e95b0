// The ClientHello of SSL 2, in which old clients also offered TLS. RFC 5246, E.2.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "handshake/registry.h"
#include "wire/bytes.h"
#include "wire/error.h"
#include "wire/version.h"

namespace glasstls::inspect::shown {

/// Three bytes: 0x00 and a CipherSuite, or one of SSL 2's own kinds.
std::string_view v2_cipher_name(std::uint64_t cipher);

struct V2CipherSpec {
  static constexpr std::string_view item_name = "V2CipherSpec";

  std::uint32_t cipher = 0;

  static void fields(auto& ar, auto& self) {
    ar.uint24("V2CipherSpec", self.cipher, v2_cipher_name);
  }
};

struct V2ClientHello {
  static constexpr Spec spec{"V2ClientHello", "RFC 5246, E.2"};

  std::uint16_t msg_length = 0;  // the top bit is set: no padding
  handshake::HandshakeType msg_type{};
  ProtocolVersion version{};
  std::uint16_t cipher_spec_length = 0;
  std::uint16_t session_id_length = 0;
  std::uint16_t challenge_length = 0;
  std::vector<V2CipherSpec> cipher_specs;
  Bytes session_id;
  Bytes challenge;

  static void fields(auto& ar, auto& self) {
    ar.field("msg_length", self.msg_length);
    ar.expect(self.msg_length >= 0x8000, AlertDescription::decode_error, "msg_length",
              "the record's length does not begin with a set bit", spec.section);
    ar.field("msg_type", self.msg_type);
    ar.expect(self.msg_type == handshake::HandshakeType::client_hello,
              AlertDescription::unexpected_message, "msg_type", "the message is no ClientHello",
              spec.section);
    ar.field("version", self.version);
    ar.field("cipher_spec_length", self.cipher_spec_length);
    ar.field("session_id_length", self.session_id_length);
    ar.field("challenge_length", self.challenge_length);
    ar.span("cipher_specs", self.cipher_spec_length,
            [&](auto& inner) { inner.items("cipher_specs", self.cipher_specs); });
    ar.bytes("session_id", self.session_id, self.session_id_length);
    ar.bytes("challenge", self.challenge, self.challenge_length);
  }
};

}  // namespace glasstls::inspect::shown
