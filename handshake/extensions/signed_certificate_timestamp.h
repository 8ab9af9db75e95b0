// signed_certificate_timestamp: promises of public logs to list the server's certificate.
// RFC 6962, 3.3.1.
#pragma once

#include "handshake/registry.h"
#include "wire/bytes.h"
#include "wire/error.h"

namespace glasstls::handshake {

/// In the client's hello: it wants to see them. Empty.
struct SignedCertificateTimestampRequest {
  static constexpr ExtensionType type = ExtensionType::signed_certificate_timestamp;
  static constexpr Spec spec{"signed_certificate_timestamp", "RFC 6962, 3.3.1"};

  static void fields(auto&, auto&) {}
};

/// In the server's hello: a SignedCertificateTimestampList, carried as it is.
struct SignedCertificateTimestamps {
  static constexpr ExtensionType type = ExtensionType::signed_certificate_timestamp;
  static constexpr Spec spec{"signed_certificate_timestamp", "RFC 6962, 3.3.1"};

  Bytes list;

  static void fields(auto& ar, auto& self) { ar.rest("SignedCertificateTimestampList", self.list); }
};

}  // namespace glasstls::handshake
