// ClientHello: what the client can do. RFC 5246, 7.4.1.2.
#pragma once

#include <optional>
#include <vector>

#include "crypto/suites.h"
#include "handshake/extensions/application_layer_protocol_negotiation.h"
#include "handshake/extensions/ec_point_formats.h"
#include "handshake/extensions/extended_master_secret.h"
#include "handshake/extensions/extension.h"
#include "handshake/extensions/record_size_limit.h"
#include "handshake/extensions/renegotiation_info.h"
#include "handshake/extensions/server_name.h"
#include "handshake/extensions/session_ticket.h"
#include "handshake/extensions/signature_algorithms.h"
#include "handshake/extensions/signed_certificate_timestamp.h"
#include "handshake/extensions/status_request.h"
#include "handshake/extensions/supported_groups.h"
#include "handshake/extensions/supported_versions.h"
#include "handshake/registry.h"
#include "wire/bounds.h"
#include "wire/bytes.h"
#include "wire/error.h"
#include "wire/version.h"

namespace glasstls::handshake {

using ClientExtensions = ExtensionList<ExtensionOf<
    ServerNameList, CertificateStatusRequest, SupportedGroups, ECPointFormats, SignatureAlgorithms,
    ProtocolNameList, SignedCertificateTimestampRequest, ExtendedMasterSecret, RecordSizeLimit,
    SessionTicket, SupportedVersions, SignatureAlgorithmsCert, RenegotiationInfo>>;

/// `Extensions` is an ExtensionList: which ones are decoded with the hello.
template <class Extensions>
struct BasicClientHello {
  static constexpr HandshakeType type = HandshakeType::client_hello;
  static constexpr Spec spec{"ClientHello", "RFC 5246, 7.4.1.2"};

  ProtocolVersion client_version = ProtocolVersion::tls12;
  Random random{};
  Bytes session_id;
  std::vector<crypto::CipherSuite> cipher_suites;
  std::vector<CompressionMethod> compression_methods;
  std::optional<Extensions> extensions;

  static void fields(auto& ar, auto& self) {
    ar.field("client_version", self.client_version);
    ar.opaque("random", self.random);
    ar.opaque("session_id", self.session_id, within<0, 32>);
    ar.vector("cipher_suites", self.cipher_suites, within<2, 0xfffe>);
    ar.vector("compression_methods", self.compression_methods, within<1, 0xff>);
    ar.optional_tail(self.extensions);
  }

  /// The body of an extension, or nullptr if the hello lacks it.
  template <class Body>
  const Body* find() const {
    return extensions ? extensions->template find<Body>() : nullptr;
  }
};

/// With the extensions that we speak.
struct ClientHello : BasicClientHello<ClientExtensions> {};

}  // namespace glasstls::handshake
