// Messages about certificates that the product does not speak, or not in these forms.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "handshake/messages/certificate_request.h"
#include "handshake/messages/certificate_status.h"
#include "handshake/registry.h"
#include "handshake/shown_registry.h"
#include "wire/bounds.h"
#include "wire/bytes.h"

namespace glasstls::inspect::shown {

/// CertificateRequest before TLS 1.2. RFC 4346, 7.4.4.
struct OldCertificateRequest {
  std::vector<handshake::ClientCertificateType> certificate_types;
  std::vector<handshake::DistinguishedName> certificate_authorities;

  static void fields(auto& ar, auto& self) {
    ar.vector("certificate_types", self.certificate_types, within<1, 0xff>);
    ar.vector("certificate_authorities", self.certificate_authorities, within<0, 0xffff>);
  }
};

/// RFC 6961, 2.2.
struct OCSPResponse {
  static constexpr std::string_view item_name = "ocsp_response";

  Bytes der;

  static void fields(auto& ar, auto& self) {
    ar.opaque("OCSPResponse", self.der, within<0, 0xffffff>);
  }
};

/// CertificateStatus with ocsp_multi, else the product's. RFC 6961, 2.2.
struct CertificateStatus {
  handshake::CertificateStatusType status_type{};
  Bytes response;
  std::vector<OCSPResponse> ocsp_response_list;

  static void fields(auto& ar, auto& self) {
    ar.field("status_type", self.status_type);
    if (self.status_type == handshake::CertificateStatusType{2})
      return ar.vector("ocsp_response_list", self.ocsp_response_list, within<1, 0xffffff>);
    ar.opaque("response", self.response, within<1, 0xffffff>);
  }
};

/// RFC 6066, 5.
struct URLAndHash {
  static constexpr std::string_view item_name = "URLAndHash";

  Bytes url;
  std::uint8_t padding = 1;
  std::array<std::uint8_t, 20> sha1_hash{};

  static void fields(auto& ar, auto& self) {
    ar.text("url", self.url, within<1, 0xffff>);
    ar.field("padding", self.padding);
    ar.expect(self.padding == 1, AlertDescription::illegal_parameter, "padding",
              "the padding is not 1", "RFC 6066, 5");
    ar.opaque("SHA1Hash", self.sha1_hash);
  }
};

struct CertificateURL {
  static constexpr Spec spec{"CertificateURL", "RFC 6066, 5"};

  handshake::CertChainType chain_type{};
  std::vector<URLAndHash> url_and_hash_list;

  static void fields(auto& ar, auto& self) {
    ar.field("type", self.chain_type);
    ar.vector("url_and_hash_list", self.url_and_hash_list, within<1, 0xffff>);
  }
};

}  // namespace glasstls::inspect::shown
