// Public values of key exchanges, by kind. RFC 5246, 7.4.3; RFC 4492, 5.4; RFC 5054, 2.8.2; RFC 2246,
// 7.4.3 for RSA's.
#pragma once

#include <cstdint>

#include "crypto/groups.h"
#include "handshake/messages/ec_point.h"
#include "handshake/registry.h"
#include "handshake/shown_registry.h"
#include "wire/bounds.h"
#include "wire/bytes.h"

namespace glasstls::inspect::shown {

struct ServerDHParams {
  Bytes dh_p;
  Bytes dh_g;
  Bytes dh_Ys;

  static void fields(auto& ar, auto& self) {
    ar.opaque("dh_p", self.dh_p, within<1, 0xffff>);
    ar.opaque("dh_g", self.dh_g, within<1, 0xffff>);
    ar.opaque("dh_Ys", self.dh_Ys, within<1, 0xffff>);
  }
};

/// A short key, for clients that were not allowed strong encryption.
struct ServerRSAParams {
  Bytes rsa_modulus;
  Bytes rsa_exponent;

  static void fields(auto& ar, auto& self) {
    ar.opaque("rsa_modulus", self.rsa_modulus, within<1, 0xffff>);
    ar.opaque("rsa_exponent", self.rsa_exponent, within<1, 0xffff>);
  }
};

struct ServerSRPParams {
  Bytes srp_N;
  Bytes srp_g;
  Bytes srp_s;
  Bytes srp_B;

  static void fields(auto& ar, auto& self) {
    ar.opaque("srp_N", self.srp_N, within<1, 0xffff>);
    ar.opaque("srp_g", self.srp_g, within<1, 0xffff>);
    ar.opaque("srp_s", self.srp_s, within<1, 255>);
    ar.opaque("srp_B", self.srp_B, within<1, 0xffff>);
  }
};

struct ECCurve {
  Bytes a;
  Bytes b;

  static void fields(auto& ar, auto& self) {
    ar.opaque("a", self.a, within<1, 255>);
    ar.opaque("b", self.b, within<1, 255>);
  }
};

/// The field of an explicit_char2 curve: GF(2^m), and the polynomial.
struct CharacteristicTwo {
  std::uint16_t m = 0;
  handshake::ECBasisType basis{};
  Bytes k;
  Bytes k2;
  Bytes k3;

  static void fields(auto& ar, auto& self) {
    ar.field("m", self.m);
    ar.field("basis", self.basis);
    if (self.basis == handshake::ECBasisType{1}) return ar.opaque("k", self.k, within<1, 255>);
    ar.expect(self.basis == handshake::ECBasisType{2}, AlertDescription::illegal_parameter, "basis",
              "the basis is neither a trinomial nor a pentanomial", "RFC 4492, 5.4");
    ar.opaque("k1", self.k, within<1, 255>);
    ar.opaque("k2", self.k2, within<1, 255>);
    ar.opaque("k3", self.k3, within<1, 255>);
  }
};

/// Of whatever curve: RFC 8422, 5.4, allows named ones only.
struct ECParameters {
  handshake::ECCurveType curve_type = handshake::ECCurveType::named_curve;
  crypto::NamedGroup namedcurve{};
  Bytes prime_p;
  CharacteristicTwo characteristic_two;
  ECCurve curve;
  handshake::ECPoint base;
  Bytes order;
  Bytes cofactor;

  static void fields(auto& ar, auto& self) {
    using enum handshake::ECCurveType;
    ar.field("curve_type", self.curve_type);
    if (self.curve_type == named_curve) return ar.field("namedcurve", self.namedcurve);
    ar.expect(false, AlertDescription::illegal_parameter, "curve_type",
              "the curve is not a named one", "RFC 8422, 5.4");
    if (self.curve_type == explicit_prime)
      ar.opaque("prime_p", self.prime_p, within<1, 255>);
    else if (self.curve_type == explicit_char2)
      self.characteristic_two.fields(ar, self.characteristic_two);
    else
      ar.fail("curve_type", "the curve type is unknown");
    ar.field("curve", self.curve);
    ar.field("base", self.base);
    ar.opaque("order", self.order, within<1, 255>);
    ar.opaque("cofactor", self.cofactor, within<1, 255>);
  }
};

struct ServerECDHParams {
  ECParameters curve_params;
  handshake::ECPoint public_key;  // `public` in the RFC, which C++ keeps for itself

  static void fields(auto& ar, auto& self) {
    ECParameters::fields(ar, self.curve_params);
    ar.field("public", self.public_key);
  }
};

}  // namespace glasstls::inspect::shown
