// The small extensions of TLS 1.3. RFC 8446, 4.2.
#pragma once

#include <cstdint>
#include <vector>

#include "handshake/messages/certificate_request.h"
#include "handshake/registry.h"
#include "wire/bounds.h"
#include "wire/bytes.h"
#include "wire/version.h"

namespace glasstls::inspect::shown {

/// In a ServerHello or HelloRetryRequest. RFC 8446, 4.2.1.
struct SelectedVersion {
  static constexpr auto type = handshake::ExtensionType::supported_versions;

  ProtocolVersion selected_version{};

  static void fields(auto& ar, auto& self) { ar.field("selected_version", self.selected_version); }
};

/// RFC 8446, 4.2.2.
struct Cookie {
  static constexpr handshake::ExtensionType type{44};

  Bytes cookie;

  static void fields(auto& ar, auto& self) { ar.opaque("cookie", self.cookie, within<1, 0xffff>); }
};

/// RFC 8446, 4.2.4.
struct CertificateAuthorities {
  static constexpr handshake::ExtensionType type{47};

  std::vector<handshake::DistinguishedName> authorities;

  static void fields(auto& ar, auto& self) {
    ar.vector("authorities", self.authorities, within<3, 0xffff>);
  }
};

/// RFC 9149, 3. In a ClientHello.
struct TicketRequest {
  static constexpr handshake::ExtensionType type{58};

  std::uint8_t new_session_count = 0;
  std::uint8_t resumption_count = 0;

  static void fields(auto& ar, auto& self) {
    ar.field("new_session_count", self.new_session_count);
    ar.field("resumption_count", self.resumption_count);
  }
};

}  // namespace glasstls::inspect::shown
