// Extensions about certificates: their types, compression, delegation, status, and the CAs that the
// client trusts.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "crypto/schemes.h"
#include "handshake/extensions/status_request.h"
#include "handshake/messages/certificate_request.h"
#include "handshake/registry.h"
#include "handshake/shown_registry.h"
#include "wire/bounds.h"
#include "wire/bytes.h"

namespace glasstls::inspect::shown {

/// In a ClientHello: client_certificate_type, server_certificate_type (RFC 7250, 3) and cert_type
/// (RFC 6091, 3.1).
template <std::uint16_t Number>
struct CertificateTypesOffered {
  static constexpr handshake::ExtensionType type{Number};

  std::vector<handshake::CertificateType> types;

  static void fields(auto& ar, auto& self) {
    ar.vector("certificate_types", self.types, within<1, 255>);
  }
};

/// The same in a ServerHello.
template <std::uint16_t Number>
struct CertificateTypeChosen {
  static constexpr handshake::ExtensionType type{Number};

  handshake::CertificateType chosen{};

  static void fields(auto& ar, auto& self) { ar.field("certificate_type", self.chosen); }
};

/// RFC 8879, 3.
struct CompressCertificate {
  static constexpr handshake::ExtensionType type{27};

  std::vector<handshake::CertificateCompressionAlgorithm> algorithms;

  static void fields(auto& ar, auto& self) {
    ar.vector("algorithms", self.algorithms, within<2, 254>);
  }
};

/// RFC 9345, 4.1.1.
struct DelegatedCredential {
  static constexpr handshake::ExtensionType type{34};

  std::vector<crypto::SignatureScheme> supported_signature_algorithms;

  static void fields(auto& ar, auto& self) {
    ar.vector("supported_signature_algorithms", self.supported_signature_algorithms,
              within<2, 0xfffe>);
  }
};

/// RFC 6961, 2.2.
struct CertificateStatusRequestItemV2 {
  static constexpr std::string_view item_name = "CertificateStatusRequestItemV2";

  handshake::CertificateStatusType status_type{};
  std::vector<handshake::ResponderID> responder_id_list;
  Bytes request_extensions;
  Bytes other_request;  // of another status type than ocsp and ocsp_multi

  static void fields(auto& ar, auto& self) {
    ar.field("status_type", self.status_type);
    ar.block("request", within<0, 0xffff>, [&](auto& request) {
      if (name_of(self.status_type).empty()) return request.rest("request", self.other_request);
      request.vector("responder_id_list", self.responder_id_list, within<0, 0xffff>);
      request.opaque("request_extensions", self.request_extensions, within<0, 0xffff>);
    });
  }
};

struct CertificateStatusRequestListV2 {
  static constexpr handshake::ExtensionType type{17};

  std::vector<CertificateStatusRequestItemV2> certificate_status_req_list;

  static void fields(auto& ar, auto& self) {
    ar.vector("certificate_status_req_list", self.certificate_status_req_list, within<1, 0xffff>);
  }
};

/// RFC 6066, 6.
struct TrustedAuthority {
  static constexpr std::string_view item_name = "TrustedAuthority";

  handshake::IdentifierType identifier_type{};
  std::array<std::uint8_t, 20> sha1_hash{};
  handshake::DistinguishedName name;

  static void fields(auto& ar, auto& self) {
    ar.field("identifier_type", self.identifier_type);
    switch (static_cast<unsigned>(self.identifier_type)) {
      case 0: return;  // pre_agreed
      case 2: return ar.field("x509_name", self.name);
      default: return ar.opaque("SHA1Hash", self.sha1_hash);
    }
  }
};

struct TrustedAuthorities {
  static constexpr handshake::ExtensionType type{3};

  std::vector<TrustedAuthority> trusted_authorities_list;

  static void fields(auto& ar, auto& self) {
    ar.vector("trusted_authorities_list", self.trusted_authorities_list, within<0, 0xffff>);
  }
};

/// draft-ietf-tls-trust-anchor-ids-00, 4.1.
struct TrustAnchorID {
  static constexpr std::string_view item_name = "trust_anchor";

  Bytes id;

  static void fields(auto& ar, auto& self) { ar.opaque("TrustAnchorID", self.id, within<1, 255>); }
};

/// In a ClientHello.
struct TrustAnchorIDList {
  static constexpr handshake::ExtensionType type{0xca34};

  std::vector<TrustAnchorID> trust_anchors;

  static void fields(auto& ar, auto& self) {
    ar.vector("TrustAnchorIDList", self.trust_anchors, within<0, 0xffff>);
  }
};

/// RFC 7924, 4. In a ClientHello.
struct CachedObject {
  static constexpr std::string_view item_name = "CachedObject";

  handshake::CachedInformationType cached_type{};
  Bytes hash_value;

  static void fields(auto& ar, auto& self) {
    ar.field("type", self.cached_type);
    ar.opaque("hash_value", self.hash_value, within<1, 255>);
  }
};

struct CachedInformation {
  static constexpr handshake::ExtensionType type{25};

  std::vector<CachedObject> cached_info;

  static void fields(auto& ar, auto& self) {
    ar.vector("cached_info", self.cached_info, within<1, 0xffff>);
  }
};

}  // namespace glasstls::inspect::shown
