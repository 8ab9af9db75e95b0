// Certificate: the sender's chain, its own certificate first. RFC 5246, 7.4.2 and 7.4.6.
#pragma once

#include <vector>

#include "handshake/registry.h"
#include "wire/bounds.h"
#include "wire/bytes.h"
#include "wire/error.h"
#include "wire/field.h"
#include "x509/certificate.h"

namespace glasstls::handshake {

/// `opaque ASN.1Cert<1..2^24-1>`: one certificate in DER.
struct ASN1Cert {
  Bytes der;

  static constexpr std::string_view item_name = "certificate";

  static void fields(auto& ar, auto& self) {
    ar.opaque("ASN.1Cert", self.der, within<1, 0xffffff>,
              [](View bytes, FieldSink& sink, std::size_t offset) {
                static_cast<void>(x509::Certificate::parse(
                    bytes, &sink, offset));  // judged later; here only shown
              });
  }
};

struct Certificate {
  static constexpr HandshakeType type = HandshakeType::certificate;
  static constexpr Spec spec{"Certificate", "RFC 5246, 7.4.2"};

  std::vector<ASN1Cert> certificate_list;  // empty: a client that has none

  static void fields(auto& ar, auto& self) {
    ar.vector("certificate_list", self.certificate_list, within<0, 0xffffff>);
  }
};

}  // namespace glasstls::handshake
