// encrypted_client_hello (RFC 9849, 5) and its ancestor encrypted_server_name (draft-ietf-tls-esni-06).
#pragma once

#include <array>
#include <cstdint>

#include "crypto/suites.h"
#include "handshake/registry.h"
#include "handshake/shown_registry.h"
#include "inspect/dissect/extensions/key_share.h"
#include "wire/bounds.h"
#include "wire/bytes.h"

namespace glasstls::inspect::shown {

struct HpkeSymmetricCipherSuite {
  handshake::HpkeKdfId kdf_id{};
  handshake::HpkeAeadId aead_id{};

  static void fields(auto& ar, auto& self) {
    ar.field("kdf_id", self.kdf_id);
    ar.field("aead_id", self.aead_id);
  }
};

/// In a ClientHello: who is meant, for the server alone to read. Or random bytes, for GREASE.
struct ECHClientHello {
  static constexpr handshake::ExtensionType type{0xfe0d};

  handshake::ECHClientHelloType hello_type{};
  HpkeSymmetricCipherSuite cipher_suite;
  std::uint8_t config_id = 0;
  Bytes enc;
  Bytes payload;

  static void fields(auto& ar, auto& self) {
    ar.field("type", self.hello_type);
    if (self.hello_type != handshake::ECHClientHelloType{0}) return;  // inner: empty
    ar.field("cipher_suite", self.cipher_suite);
    ar.field("config_id", self.config_id);
    ar.opaque("enc", self.enc, within<0, 0xffff>);
    ar.opaque("payload", self.payload, within<1, 0xffff>);
  }
};

/// In a HelloRetryRequest.
struct ECHHelloRetryRequest {
  static constexpr handshake::ExtensionType type{0xfe0d};

  std::array<std::uint8_t, 8> confirmation{};

  static void fields(auto& ar, auto& self) { ar.opaque("confirmation", self.confirmation); }
};

struct ClientEncryptedSNI {
  static constexpr handshake::ExtensionType type{0xffce};

  crypto::CipherSuite suite{};
  KeyShareEntry key_share;
  Bytes record_digest;
  Bytes encrypted_sni;

  static void fields(auto& ar, auto& self) {
    ar.field("suite", self.suite);
    ar.field("key_share", self.key_share);
    ar.opaque("record_digest", self.record_digest, within<0, 0xffff>);
    ar.opaque("encrypted_sni", self.encrypted_sni, within<0, 0xffff>);
  }
};

}  // namespace glasstls::inspect::shown
