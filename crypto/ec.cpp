#include "crypto/ec.h"

#include <algorithm>
#include <array>
#include <cryptopp/eccrypto.h>
#include <cryptopp/ecp.h>
#include <cryptopp/integer.h>
#include <cryptopp/nbtheory.h>
#include <cryptopp/oids.h>
#include <stdexcept>

namespace glasstls::crypto::ec {
namespace {

using CryptoPP::Integer;
using Point = CryptoPP::ECP::Point;

/// A curve with a table of multiples of its generator.
class Domain {
 public:
  Domain(const CryptoPP::OID& curve, std::size_t length) : group_(curve), length_(length) {
    constexpr unsigned int table_points = 16;
    group_.Precompute(table_points);
  }

  std::size_t length() const { return length_; }
  const Integer& order() const { return group_.GetSubgroupOrder(); }
  bool contains(const Point& point) const { return group_.GetCurve().VerifyPoint(point); }
  Point times_generator(const Integer& k) const { return group_.ExponentiateBase(k); }
  Point times(const Integer& k, const Point& point) const {
    return group_.GetCurve().ScalarMultiply(point, k);
  }
  Point sum(const Point& a, const Point& b) const { return group_.GetCurve().Add(a, b); }

 private:
  CryptoPP::DL_GroupParameters_EC<CryptoPP::ECP> group_;
  std::size_t length_;
};

// One per thread: Crypto++'s curves keep scratch values inside, even in const functions.
const Domain& domain(NamedGroup group) {
  if (group == NamedGroup::secp256r1) {
    thread_local const Domain secp256r1(CryptoPP::ASN1::secp256r1(), 32);
    return secp256r1;
  }
  if (group == NamedGroup::secp384r1) {
    thread_local const Domain secp384r1(CryptoPP::ASN1::secp384r1(), 48);
    return secp384r1;
  }
  throw std::logic_error("this group is not an elliptic curve of ours");
}

Integer number(View bytes) { return Integer(bytes.data(), bytes.size()); }

Point point(const Domain& curve, View bytes) {
  return {number(bytes.subspan(1, curve.length())), number(bytes.subspan(1 + curve.length()))};
}

bool in_range(const Integer& value, const Integer& order) {
  return value.IsPositive() && value < order;  // Crypto++'s positive excludes zero
}

Bytes encoded(const Integer& value, std::size_t length) {
  Bytes bytes(length);
  value.Encode(bytes.data(), bytes.size());
  return bytes;
}

// FIPS 186-5, 6.4.1, step 2. Both orders fill whole bytes, so the leftmost bits are bytes.
Integer leftmost(const Domain& curve, View digest) {
  return number(digest.first(std::min(digest.size(), curve.length())));
}

// A number from 2^63 to 2^64 - 1.
Integer random_64_bits(RandomSource& random) {
  std::array<std::uint8_t, 8> bytes;
  random.fill(bytes);
  bytes[0] |= 0x80;
  const Integer value = number(bytes);
  wipe(bytes);
  return value;
}

}  // namespace

bool is_curve(NamedGroup group) {
  return group == NamedGroup::secp256r1 || group == NamedGroup::secp384r1;
}

std::size_t field_length(NamedGroup group) { return domain(group).length(); }

bool is_point(NamedGroup group, View bytes) {
  constexpr std::uint8_t uncompressed = 0x04;  // SEC 1, 2.3.3
  const Domain& curve = domain(group);
  return bytes.size() == 1 + 2 * curve.length() && bytes[0] == uncompressed &&
         curve.contains(point(curve, bytes));
}

bool is_scalar(NamedGroup group, View bytes) {
  const Domain& curve = domain(group);
  return bytes.size() == curve.length() && in_range(number(bytes), curve.order());
}

PrivateScalar random_scalar(NamedGroup group, RandomSource& random) {
  PrivateScalar scalar(field_length(group));
  do {
    random.fill(scalar.fill());
  } while (!is_scalar(group, scalar.reveal()));
  return scalar;
}

Bytes public_point(NamedGroup group, View scalar) {
  const Domain& curve = domain(group);
  // One order added: the same point, by a number whose length tells nothing about the scalar's.
  const Point result = curve.times_generator(number(scalar) + curve.order());
  Bytes bytes = {0x04};
  wire::append(bytes, encoded(result.x, curve.length()));
  wire::append(bytes, encoded(result.y, curve.length()));
  return bytes;
}

PremasterSecret shared_x(NamedGroup group, View scalar, View peer) {
  const Domain& curve = domain(group);
  const Point result = curve.times(number(scalar) + curve.order(), point(curve, peer));
  PremasterSecret x(curve.length());
  result.x.Encode(x.fill().data(), x.size());
  return x;
}

PrivateScalar digest_scalar(NamedGroup group, View digest) {
  const Domain& curve = domain(group);
  PrivateScalar scalar(curve.length());
  (leftmost(curve, digest) % curve.order()).Encode(scalar.fill().data(), scalar.size());
  return scalar;
}

std::optional<SignatureNumbers> sign(NamedGroup group, View private_scalar, View digest, View nonce,
                                     RandomSource& random) {
  const Domain& curve = domain(group);
  const Integer& order = curve.order();
  const Integer k = number(nonce);

  // The same point by a number that differs each time.
  const Integer r = curve.times_generator(k + random_64_bits(random) * order).x % order;

  // s = k^-1 * (e + r * d), with b in both factors, so that neither the inversion nor the product
  // works on the bare k or d.
  const Integer b = number(random_scalar(group, random).reveal());
  const Integer bd = a_times_b_mod_c(b, number(private_scalar), order);
  const Integer be = a_times_b_mod_c(b, leftmost(curve, digest), order);
  const Integer bk = a_times_b_mod_c(b, k, order);
  const Integer sum = (be + a_times_b_mod_c(r, bd, order)) % order;
  const Integer s = a_times_b_mod_c(bk.InverseMod(order), sum, order);

  if (r.IsZero() || s.IsZero()) return std::nullopt;
  return SignatureNumbers{encoded(r, curve.length()), encoded(s, curve.length())};
}

bool verify(NamedGroup group, View public_point, View digest, const SignatureNumbers& signature) {
  const Domain& curve = domain(group);
  const Integer& order = curve.order();
  const Integer r = number(signature.r);
  const Integer s = number(signature.s);
  if (!in_range(r, order) || !in_range(s, order)) return false;

  const Integer w = s.InverseMod(order);
  const Integer u1 = a_times_b_mod_c(leftmost(curve, digest), w, order);
  const Integer u2 = a_times_b_mod_c(r, w, order);
  const Point sum =
      curve.sum(curve.times_generator(u1), curve.times(u2, point(curve, public_point)));
  return !sum.identity && sum.x % order == r;
}

}  // namespace glasstls::crypto::ec
