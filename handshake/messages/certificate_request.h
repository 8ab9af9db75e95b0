// CertificateRequest: the server wants to know the client. RFC 5246, 7.4.4.
#pragma once

#include <vector>

#include "crypto/schemes.h"
#include "handshake/registry.h"
#include "wire/bounds.h"
#include "wire/bytes.h"
#include "wire/error.h"
#include "wire/field.h"
#include "x509/der.h"
#include "x509/name.h"

namespace glasstls::handshake {

/// `opaque DistinguishedName<1..2^16-1>`: a name in DER.
struct DistinguishedName {
  Bytes der;

  static constexpr std::string_view item_name = "distinguished_name";

  static void fields(auto& ar, auto& self) {
    ar.opaque("DistinguishedName", self.der, within<1, 0xffff>,
              [](View bytes, FieldSink& sink, std::size_t offset) {
                x509::DerReader reader(bytes, &sink, offset);
                static_cast<void>(x509::read_name(reader, "Name"));  // only shown
              });
  }
};

struct CertificateRequest {
  static constexpr HandshakeType type = HandshakeType::certificate_request;
  static constexpr Spec spec{"CertificateRequest", "RFC 5246, 7.4.4"};

  std::vector<ClientCertificateType> certificate_types;
  std::vector<crypto::SignatureScheme> supported_signature_algorithms;
  std::vector<DistinguishedName> certificate_authorities;  // empty: any

  static void fields(auto& ar, auto& self) {
    ar.vector("certificate_types", self.certificate_types, within<1, 0xff>);
    ar.vector("supported_signature_algorithms", self.supported_signature_algorithms,
              within<2, 0xfffe>);
    ar.vector("certificate_authorities", self.certificate_authorities, within<0, 0xffff>);
  }
};

}  // namespace glasstls::handshake
