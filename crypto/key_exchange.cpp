#include "crypto/key_exchange.h"

#include <stdexcept>
#include <utility>

#include "crypto/ec.h"
#include "crypto/x25519.h"
#include "wire/error.h"

namespace glasstls::crypto {
namespace {

constexpr std::string_view rfc_8422 = "RFC 8422, 5.11";
constexpr std::string_view rfc_7748 = "RFC 7748, 6.1";

const GroupParameters& known(NamedGroup group) {
  const GroupParameters* parameters = find(group);
  if (!parameters) throw std::logic_error("unknown group");
  return *parameters;
}

void check(bool holds, const char* reason, std::string_view section) {
  require(holds, AlertDescription::illegal_parameter, reason, section, "point");
}

Bytes public_key_of(NamedGroup group, View scalar) {
  if (group != NamedGroup::x25519) return ec::public_point(group, scalar);
  Bytes public_key(scalar.size());
  x25519_public_key(scalar, public_key);
  return public_key;
}

PremasterSecret agree_x25519(View scalar, View peer) {
  check(peer.size() == 32, "an x25519 public key has 32 bytes", rfc_8422);
  PremasterSecret shared(32);
  x25519(scalar, peer, shared.fill());
  check(!all_zero(shared.reveal()), "the x25519 public key is a point of small order", rfc_7748);
  return shared;
}

PremasterSecret agree_ec(const GroupParameters& group, View scalar, View peer) {
  // The form first: a compressed point, or the identity (one byte, 00), has another length too.
  check(!peer.empty() && peer[0] == 0x04, "the point is not in uncompressed form", rfc_8422);
  check(peer.size() == group.public_key_length, "the point has the wrong length for its group",
        rfc_8422);
  check(ec::is_point(group.id, peer), "the point is not on the curve", rfc_8422);
  return ec::shared_x(group.id, scalar, peer);
}

}  // namespace

EphemeralKey::EphemeralKey(NamedGroup group, PrivateScalar scalar, Bytes public_key)
    : group_(group), scalar_(std::move(scalar)), public_key_(std::move(public_key)) {}

EphemeralKey EphemeralKey::generate(NamedGroup group, RandomSource& random) {
  const GroupParameters& parameters = known(group);
  if (ec::is_curve(group)) return from_scalar(group, ec::random_scalar(group, random));
  PrivateScalar scalar(parameters.shared_secret_length);
  random.fill(scalar.fill());
  return from_scalar(group, std::move(scalar));
}

EphemeralKey EphemeralKey::from_scalar(NamedGroup group, PrivateScalar scalar) {
  const GroupParameters& parameters = known(group);
  if (scalar.size() != parameters.shared_secret_length) {
    throw std::logic_error("a private key has the length of its field");
  }
  if (ec::is_curve(group) && !ec::is_scalar(group, scalar.reveal())) {
    throw std::logic_error("a private key is from 1 to the order less 1");
  }
  Bytes public_key = public_key_of(group, scalar.reveal());
  return {group, std::move(scalar), std::move(public_key)};
}

PremasterSecret EphemeralKey::agree(View peer_public_key) const {
  if (scalar_.size() == 0) throw std::logic_error("a key that was moved from");
  if (group_ == NamedGroup::x25519) return agree_x25519(scalar_.reveal(), peer_public_key);
  return agree_ec(known(group_), scalar_.reveal(), peer_public_key);
}

}  // namespace glasstls::crypto
