// CertificateStatus: a stapled OCSP response. RFC 6066, 8.
#pragma once

#include "handshake/registry.h"
#include "wire/bounds.h"
#include "wire/bytes.h"
#include "wire/error.h"

namespace glasstls::handshake {

struct CertificateStatus {
  static constexpr HandshakeType type = HandshakeType::certificate_status;
  static constexpr Spec spec{"CertificateStatus", "RFC 6066, 8"};

  CertificateStatusType status_type = CertificateStatusType::ocsp;
  Bytes response;  // carried as it is

  static void fields(auto& ar, auto& self) {
    ar.field("status_type", self.status_type);
    ar.opaque("response", self.response, within<1, 0xffffff>);
  }
};

}  // namespace glasstls::handshake
