// ServerHello: what the server chose. RFC 5246, 7.4.1.3.
#pragma once

#include <optional>

#include "crypto/suites.h"
#include "handshake/extensions/application_layer_protocol_negotiation.h"
#include "handshake/extensions/ec_point_formats.h"
#include "handshake/extensions/extended_master_secret.h"
#include "handshake/extensions/extension.h"
#include "handshake/extensions/record_size_limit.h"
#include "handshake/extensions/renegotiation_info.h"
#include "handshake/extensions/server_name.h"
#include "handshake/extensions/session_ticket.h"
#include "handshake/extensions/signed_certificate_timestamp.h"
#include "handshake/extensions/status_request.h"
#include "handshake/registry.h"
#include "wire/bounds.h"
#include "wire/bytes.h"
#include "wire/error.h"
#include "wire/version.h"

namespace glasstls::handshake {

using ServerExtensions =
    ExtensionList<ExtensionOf<ServerNameAcknowledged, StatusRequestAcknowledged, ECPointFormats,
                              ProtocolNameList, SignedCertificateTimestamps, ExtendedMasterSecret,
                              RecordSizeLimit, SessionTicketAcknowledged, RenegotiationInfo>>;

/// `Extensions` is an ExtensionList: which ones are decoded with the hello.
template <class Extensions>
struct BasicServerHello {
  static constexpr HandshakeType type = HandshakeType::server_hello;
  static constexpr Spec spec{"ServerHello", "RFC 5246, 7.4.1.3"};

  ProtocolVersion server_version = ProtocolVersion::tls12;
  Random random{};
  Bytes session_id;
  crypto::CipherSuite cipher_suite{};
  CompressionMethod compression_method = CompressionMethod::null;
  std::optional<Extensions> extensions;

  static void fields(auto& ar, auto& self) {
    ar.field("server_version", self.server_version);
    ar.opaque("random", self.random);
    ar.opaque("session_id", self.session_id, within<0, 32>);
    ar.field("cipher_suite", self.cipher_suite);
    ar.field("compression_method", self.compression_method);
    ar.optional_tail(self.extensions);
  }

  /// The body of an extension, or nullptr if the hello lacks it.
  template <class Body>
  const Body* find() const {
    return extensions ? extensions->template find<Body>() : nullptr;
  }
};

/// With the extensions that we speak.
struct ServerHello : BasicServerHello<ServerExtensions> {};

}  // namespace glasstls::handshake
