#include "crypto/keys.h"

#include <bit>
#include <stdexcept>
#include <utility>

#include "crypto/ec.h"
#include "crypto/ecdsa.h"
#include "crypto/ed25519.h"
#include "crypto/rsa.h"
#include "crypto/rsa_padding.h"

namespace glasstls::crypto {
namespace {

View without_leading_zeros(View number) {
  while (!number.empty() && number[0] == 0) number = number.subspan(1);
  return number;
}

/// Of a number without leading zeros.
std::size_t bit_length(View number) {
  return number.empty() ? 0 : 8 * (number.size() - 1) + std::bit_width(number[0]);
}

bool is_odd(View number) { return !number.empty() && number.back() % 2 == 1; }

}  // namespace

struct PublicKey::Numbers {
  KeyType type;
  std::size_t bits;
  std::optional<NamedGroup> group;  // EC
  Bytes modulus, public_exponent;   // RSA
  Bytes point;                      // EC, Ed25519

  bool operator==(const Numbers&) const = default;
};

std::optional<PublicKey> PublicKey::rsa(View modulus, View public_exponent) {
  constexpr std::size_t max_exponent_bits = 64;
  const View n = without_leading_zeros(modulus);
  const View e = without_leading_zeros(public_exponent);
  const std::size_t bits = bit_length(n);
  if (!is_odd(n) || bits < min_rsa_bits || bits > max_rsa_bits) return std::nullopt;
  if (!is_odd(e) || bit_length(e) < 2 || bit_length(e) > max_exponent_bits) return std::nullopt;
  return PublicKey(std::make_shared<const Numbers>(
      Numbers{KeyType::rsa, bits, std::nullopt, wire::copy(n), wire::copy(e), {}}));
}

std::optional<PublicKey> PublicKey::ec(NamedGroup group, View point) {
  if (!ec::is_curve(group) || !ec::is_point(group, point)) return std::nullopt;
  return PublicKey(std::make_shared<const Numbers>(
      Numbers{KeyType::ec, 8 * ec::field_length(group), group, {}, {}, wire::copy(point)}));
}

std::optional<PublicKey> PublicKey::ed25519(View key) {
  constexpr std::size_t field_bits = 255;
  if (key.size() != ed25519::key_length || !ed25519::is_reduced(key)) return std::nullopt;
  return PublicKey(std::make_shared<const Numbers>(
      Numbers{KeyType::ed25519, field_bits, std::nullopt, {}, {}, wire::copy(key)}));
}

KeyType PublicKey::type() const { return numbers_->type; }
std::size_t PublicKey::bits() const { return numbers_->bits; }
std::optional<NamedGroup> PublicKey::group() const { return numbers_->group; }
View PublicKey::modulus() const { return numbers_->modulus; }
View PublicKey::public_exponent() const { return numbers_->public_exponent; }
View PublicKey::point() const { return numbers_->point; }
bool PublicKey::operator==(const PublicKey& other) const { return *numbers_ == *other.numbers_; }

struct PrivateKey::Numbers {
  rsa::PrivateNumbers rsa;
  PrivateScalar scalar;  // EC; the seed of Ed25519
};

PrivateKey::PrivateKey(PublicKey public_key, std::unique_ptr<const Numbers> numbers)
    : public_key_(std::move(public_key)), numbers_(std::move(numbers)) {}
PrivateKey::PrivateKey(PrivateKey&&) noexcept = default;
PrivateKey& PrivateKey::operator=(PrivateKey&&) noexcept = default;
PrivateKey::~PrivateKey() = default;

std::optional<PrivateKey> PrivateKey::rsa(const RsaPrivateNumbers& numbers) {
  std::optional<PublicKey> public_key = PublicKey::rsa(numbers.modulus, numbers.public_exponent);
  if (!public_key || !rsa::is_consistent(numbers)) return std::nullopt;
  return PrivateKey(std::move(*public_key), std::make_unique<const Numbers>(Numbers{
                                                rsa::PrivateNumbers::copy_of(numbers), {}}));
}

std::optional<PrivateKey> PrivateKey::ec(NamedGroup group, View scalar) {
  if (!ec::is_curve(group) || !ec::is_scalar(group, scalar)) return std::nullopt;
  std::optional<PublicKey> public_key = PublicKey::ec(group, ec::public_point(group, scalar));
  return PrivateKey(std::move(public_key.value()),
                    std::make_unique<const Numbers>(Numbers{{}, PrivateScalar::copy_of(scalar)}));
}

std::optional<PrivateKey> PrivateKey::ed25519(View seed) {
  if (seed.size() != ed25519::key_length) return std::nullopt;
  std::optional<PublicKey> public_key = PublicKey::ed25519(ed25519::public_key(seed));
  return PrivateKey(std::move(public_key.value()),
                    std::make_unique<const Numbers>(Numbers{{}, PrivateScalar::copy_of(seed)}));
}

PrivateKey PrivateKey::generate_rsa(std::size_t bits, RandomSource& random) {
  if (bits < min_rsa_bits || bits > max_rsa_bits) {
    throw std::logic_error("an RSA key has from 1024 to 16384 bits");
  }
  return rsa(rsa::generate(bits, random).view()).value();
}

PrivateKey PrivateKey::generate_ec(NamedGroup group, RandomSource& random) {
  return ec(group, ec::random_scalar(group, random).reveal()).value();
}

PrivateKey PrivateKey::generate_ed25519(RandomSource& random) {
  PrivateScalar seed(ed25519::key_length);
  random.fill(seed.fill());
  return ed25519(seed.reveal()).value();
}

RsaPrivateNumbers PrivateKey::reveal_rsa() const {
  if (type() != KeyType::rsa) throw std::logic_error("not an RSA key");
  return numbers_->rsa.view();
}

View PrivateKey::reveal_scalar() const {
  if (type() == KeyType::rsa) throw std::logic_error("an RSA key has no scalar");
  return numbers_->scalar.reveal();
}

namespace {

// RFC 8017, 8.1.1 and 8.2.1, step 1: what RSA will raise to the private exponent.
Bytes rsa_representative(const PublicKey& key, const SchemeParameters& scheme, View message,
                         RandomSource& random) {
  const HashAlgorithm hash = scheme.hash.value();
  const Digest digest = crypto::hash(hash, message);
  bool fits = false;
  Bytes encoded;
  if (scheme.algorithm == SignatureAlgorithm::rsa_pss) {
    const std::size_t bits = key.bits() - 1;
    Bytes salt(digest.size());
    random.fill(salt);
    encoded.resize((bits + 7) / 8);
    fits = emsa_pss_encode(hash, digest, salt, bits, encoded);
  } else {
    encoded.resize(key.modulus().size());
    fits = emsa_pkcs1_v1_5_encode(hash, digest, encoded);
  }
  if (!fits) throw std::logic_error("the RSA key is too small for this signature scheme");
  return encoded;
}

}  // namespace

Bytes PrivateKey::sign(SignatureScheme scheme, View message, RandomSource& random) const {
  const SchemeParameters* parameters = find(scheme);
  if (!parameters) throw std::logic_error("unknown signature scheme");
  if (parameters->key_type != type()) {
    throw std::logic_error("this signature scheme needs another type of key");
  }
  switch (type()) {
    case KeyType::rsa:
      return rsa::private_operation(numbers_->rsa.view(),
                                    rsa_representative(public_key_, *parameters, message, random),
                                    random);
    case KeyType::ec:
      return ecdsa::sign(public_key_.group().value(), numbers_->scalar.reveal(),
                         parameters->hash.value(), message, random);
    case KeyType::ed25519:
      return ed25519::sign(numbers_->scalar.reveal(), public_key_.point(), message);
  }
  throw std::logic_error("unknown type of key");
}

}  // namespace glasstls::crypto
