// status_request: the client wants to see the status of the server's certificate. RFC 6066, 8.
#pragma once

#include <vector>

#include "handshake/registry.h"
#include "wire/bounds.h"
#include "wire/bytes.h"
#include "wire/error.h"

namespace glasstls::handshake {

/// `opaque ResponderID<1..2^16-1>`: in DER.
struct ResponderID {
  Bytes der;

  static constexpr std::string_view item_name = "responder_id";

  static void fields(auto& ar, auto& self) {
    ar.opaque("ResponderID", self.der, within<1, 0xffff>);
  }
};

/// In the client's hello. What another status type than ocsp asks for is kept as bytes.
struct CertificateStatusRequest {
  static constexpr ExtensionType type = ExtensionType::status_request;
  static constexpr Spec spec{"status_request", "RFC 6066, 8"};

  CertificateStatusType status_type = CertificateStatusType::ocsp;
  std::vector<ResponderID> responder_id_list;  // empty: any the server trusts
  Bytes request_extensions;                    // in DER; empty: none
  Bytes other_request;                         // of another status type

  static void fields(auto& ar, auto& self) {
    ar.field("status_type", self.status_type);
    if (self.status_type != CertificateStatusType::ocsp)
      return ar.rest("request", self.other_request);
    ar.vector("responder_id_list", self.responder_id_list, within<0, 0xffff>);
    ar.opaque("request_extensions", self.request_extensions, within<0, 0xffff>);
  }
};

/// In the server's hello: CertificateStatus may follow its certificate. Empty.
struct StatusRequestAcknowledged {
  static constexpr ExtensionType type = ExtensionType::status_request;
  static constexpr Spec spec{"status_request", "RFC 6066, 8"};

  static void fields(auto&, auto&) {}
};

}  // namespace glasstls::handshake
