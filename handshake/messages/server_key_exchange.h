// ServerKeyExchange: the server's ephemeral public key, signed. RFC 8422, 5.4.
//
// The message has this form under ECDHE suites only, and we speak no other: no state admits it
// before one of them has been negotiated.
#pragma once

#include "crypto/groups.h"
#include "handshake/messages/digitally_signed.h"
#include "handshake/messages/ec_point.h"
#include "handshake/registry.h"
#include "wire/bytes.h"
#include "wire/error.h"

namespace glasstls::handshake {

struct ServerECDHParams {
  ECCurveType curve_type = ECCurveType::named_curve;
  crypto::NamedGroup namedcurve{};
  ECPoint public_key;  // `public` in the RFC, which C++ keeps for itself

  static void fields(auto& ar, auto& self) {
    ar.field("curve_type", self.curve_type);
    ar.expect(self.curve_type == ECCurveType::named_curve, AlertDescription::illegal_parameter,
              "curve_type", "the curve is not a named one", "RFC 8422, 5.4");
    ar.field("namedcurve", self.namedcurve);
    ar.field("public", self.public_key);
  }
};

struct ServerKeyExchange {
  static constexpr HandshakeType type = HandshakeType::server_key_exchange;
  static constexpr Spec spec{"ServerKeyExchange", "RFC 8422, 5.4"};

  ServerECDHParams params;
  Bytes params_bytes;             // as received: what the signature covers
  DigitallySigned signed_params;  // over client_random + server_random + params

  static void fields(auto& ar, auto& self) {
    ar.field_with_bytes("params", self.params, self.params_bytes);
    ar.field("signed_params", self.signed_params);
  }
};

}  // namespace glasstls::handshake
