// ServerKeyExchange and ClientKeyExchange under every key exchange. RFC 5246, 7.4.3 and 7.4.7; RFC
// 8422, 5.4 and 5.7; RFC 4279; RFC 5489; RFC 5054.
#pragma once

#include <cstdint>
#include <variant>

#include "handshake/messages/ec_point.h"
#include "inspect/dissect/key_exchange.h"
#include "inspect/dissect/messages/key_parameters.h"
#include "inspect/dissect/messages/signature.h"
#include "wire/bounds.h"
#include "wire/bytes.h"
#include "wire/version.h"

namespace glasstls::inspect::shown {

constexpr bool has_identity_hint(KeyExchangeMethod method) {
  using enum KeyExchangeMethod;
  return method == psk || method == rsa_psk || method == dhe_psk || method == ecdhe_psk;
}

/// Set up for its key exchange before it is read.
struct ServerKeyExchange {
  using Params = std::variant<std::monostate, ServerDHParams, ServerECDHParams, ServerRSAParams,
                              ServerSRPParams>;

  KeyExchange exchange;
  Bytes psk_identity_hint;
  Params params;
  Signature signed_params;

  ServerKeyExchange(KeyExchange by, ProtocolVersion version)
      : exchange(by), params(empty_params(by.method)) {
    signed_params.version = version;
  }

  static Params empty_params(KeyExchangeMethod method) {
    switch (method) {
      using enum KeyExchangeMethod;
      case dhe:
      case dh_anon:
      case dhe_psk: return ServerDHParams{};
      case ecdhe:
      case ecdh_anon:
      case ecdhe_psk: return ServerECDHParams{};
      case rsa_export: return ServerRSAParams{};
      case srp: return ServerSRPParams{};
      default: return {};
    }
  }

  /// Whether there is such a message, and a form for it.
  bool has_form() const { return params.index() != 0 || has_identity_hint(exchange.method); }

  static void fields(auto& ar, auto& self) {
    if (has_identity_hint(self.exchange.method))
      ar.opaque("psk_identity_hint", self.psk_identity_hint, within<0, 0xffff>);
    std::visit(
        [&](auto& held) {
          if constexpr (requires { held.fields(ar, held); }) ar.field("params", held);
        },
        self.params);
    if (self.exchange.is_signed()) ar.field("signed_params", self.signed_params);
  }
};

/// What of the client's the message carries besides an identity.
enum class ClientShare : std::uint8_t { none, encrypted_secret, dh_Yc, ecdh_Yc, srp_A, unknown };

constexpr ClientShare client_share_of(KeyExchangeMethod method) {
  switch (method) {
    using enum KeyExchangeMethod;
    case rsa:
    case rsa_export:
    case rsa_psk: return ClientShare::encrypted_secret;
    case dh:
    case dhe:
    case dh_anon:
    case dhe_psk: return ClientShare::dh_Yc;
    case ecdh:
    case ecdhe:
    case ecdh_anon:
    case ecdhe_psk: return ClientShare::ecdh_Yc;
    case psk: return ClientShare::none;
    case srp: return ClientShare::srp_A;
    default: return ClientShare::unknown;
  }
}

/// Set up for its key exchange before it is read.
struct ClientKeyExchange {
  KeyExchangeMethod method = KeyExchangeMethod::unknown;
  ProtocolVersion version = ProtocolVersion::tls12;
  bool is_implicit = false;  // empty: the public key is in the client's certificate (7.4.7.2)
  Bytes psk_identity;
  Bytes share;
  handshake::ECPoint ecdh_Yc;

  bool has_form() const { return client_share_of(method) != ClientShare::unknown; }

  static void fields(auto& ar, auto& self) {
    if (self.is_implicit) return;
    if (has_identity_hint(self.method))
      ar.opaque("psk_identity", self.psk_identity, within<0, 0xffff>);
    switch (client_share_of(self.method)) {
      case ClientShare::encrypted_secret:
        if (self.version == ProtocolVersion::ssl30)  // RFC 6101, 5.6.7.1: without a length
          return ar.rest("EncryptedPreMasterSecret", self.share);
        return ar.opaque("EncryptedPreMasterSecret", self.share, within<0, 0xffff>);
      case ClientShare::dh_Yc: return ar.opaque("dh_Yc", self.share, within<1, 0xffff>);
      case ClientShare::ecdh_Yc: return ar.field("ecdh_Yc", self.ecdh_Yc);
      case ClientShare::srp_A: return ar.opaque("srp_A", self.share, within<1, 0xffff>);
      case ClientShare::none:
      case ClientShare::unknown: return;
    }
  }
};

}  // namespace glasstls::inspect::shown
