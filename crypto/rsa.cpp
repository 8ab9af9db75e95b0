#include "crypto/rsa.h"

#include <cryptopp/integer.h>
#include <cryptopp/nbtheory.h>
#include <cryptopp/rsa.h>

namespace glasstls::crypto::rsa {
namespace {

using CryptoPP::Integer;

/// Crypto++ draws from our RandomSource.
class Generator final : public CryptoPP::RandomNumberGenerator {
 public:
  explicit Generator(RandomSource& source) : source_(source) {}
  void GenerateBlock(CryptoPP::byte* output, std::size_t size) override {
    source_.fill({output, size});
  }

 private:
  RandomSource& source_;
};

Integer number(View bytes) { return Integer(bytes.data(), bytes.size()); }

void encode(const Integer& value, MutableView out) { value.Encode(out.data(), out.size()); }

Bytes public_bytes(const Integer& value) {
  Bytes bytes(value.MinEncodedSize());
  encode(value, bytes);
  return bytes;
}

SecretBytes secret_bytes(const Integer& value) {
  SecretBytes bytes(value.MinEncodedSize());
  encode(value, bytes.fill());
  return bytes;
}

CryptoPP::InvertibleRSAFunction function(const RsaPrivateNumbers& numbers) {
  CryptoPP::InvertibleRSAFunction rsa;
  rsa.Initialize(number(numbers.modulus), number(numbers.public_exponent),
                 number(numbers.private_exponent), number(numbers.prime1), number(numbers.prime2),
                 number(numbers.exponent1), number(numbers.exponent2), number(numbers.coefficient));
  return rsa;
}

}  // namespace

PrivateNumbers PrivateNumbers::copy_of(const RsaPrivateNumbers& numbers) {
  return {wire::copy(numbers.modulus),
          wire::copy(numbers.public_exponent),
          SecretBytes::copy_of(numbers.private_exponent),
          SecretBytes::copy_of(numbers.prime1),
          SecretBytes::copy_of(numbers.prime2),
          SecretBytes::copy_of(numbers.exponent1),
          SecretBytes::copy_of(numbers.exponent2),
          SecretBytes::copy_of(numbers.coefficient)};
}

RsaPrivateNumbers PrivateNumbers::view() const {
  return {modulus,         public_exponent,    private_exponent.reveal(), prime1.reveal(),
          prime2.reveal(), exponent1.reveal(), exponent2.reveal(),        coefficient.reveal()};
}

std::optional<Bytes> public_operation(View modulus, View public_exponent, View signature) {
  const Integer n = number(modulus);
  const Integer s = number(signature);
  if (s >= n) return std::nullopt;
  Bytes message(n.MinEncodedSize());
  encode(a_exp_b_mod_c(s, number(public_exponent), n), message);
  return message;
}

Bytes private_operation(const RsaPrivateNumbers& numbers, View representative,
                        RandomSource& random) {
  Generator generator(random);
  const CryptoPP::InvertibleRSAFunction rsa = function(numbers);
  // CalculateInverse blinds, and throws unless its result gives the representative back.
  const Integer result = rsa.CalculateInverse(generator, number(representative));
  Bytes signature(rsa.GetModulus().MinEncodedSize());
  encode(result, signature);
  return signature;
}

bool is_consistent(const RsaPrivateNumbers& numbers) {
  constexpr unsigned int without_primality = 1;
  return function(numbers).Validate(CryptoPP::NullRNG(), without_primality);
}

PrivateNumbers generate(std::size_t bits, RandomSource& random) {
  Generator generator(random);
  CryptoPP::InvertibleRSAFunction rsa;
  rsa.Initialize(generator, static_cast<unsigned int>(bits), 65537);
  return {public_bytes(rsa.GetModulus()),
          public_bytes(rsa.GetPublicExponent()),
          secret_bytes(rsa.GetPrivateExponent()),
          secret_bytes(rsa.GetPrime1()),
          secret_bytes(rsa.GetPrime2()),
          secret_bytes(rsa.GetModPrime1PrivateExponent()),
          secret_bytes(rsa.GetModPrime2PrivateExponent()),
          secret_bytes(rsa.GetMultiplicativeInverseOfPrime2ModPrime1())};
}

}  // namespace glasstls::crypto::rsa
