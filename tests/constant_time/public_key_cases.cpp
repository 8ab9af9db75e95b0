// ECDHE and signatures: what works on secrets that one side has alone.
#include "crypto/key_exchange.h"
#include "crypto/keys.h"
#include "crypto/signature.h"
#include "tests/constant_time/cases.h"
#include "tests/constant_time/secrecy.h"
#include "tests/support/identity.h"
#include "tests/support/test_random.h"

namespace glasstls::constant_time {
namespace {

using crypto::NamedGroup;
using crypto::SignatureScheme;

void key_exchange(NamedGroup group) {
  test::TestRandom random("constant time: ECDHE");
  SecretRandom secret_random(random);
  const crypto::EphemeralKey theirs = crypto::EphemeralKey::generate(group, random);
  const crypto::EphemeralKey ours = crypto::EphemeralKey::generate(group, secret_random);
  expect_secret(ours.reveal());
  const crypto::PremasterSecret premaster = ours.agree(theirs.public_key());
  // Crypto++'s curves take the scalar apart by branches: no bit of the result comes from it.
  if (group == NamedGroup::x25519) expect_secret(premaster.reveal());
  expect(equal(premaster, theirs.agree(ours.public_key())), "the two sides do not agree");
}

void classify_numbers(const crypto::PrivateKey& key) {
  if (key.type() != crypto::KeyType::rsa) return classify(key.reveal_scalar());
  const crypto::RsaPrivateNumbers numbers = key.reveal_rsa();
  for (const View number : {numbers.private_exponent, numbers.prime1, numbers.prime2,
                            numbers.exponent1, numbers.exponent2, numbers.coefficient})
    classify(number);
}

void declassify_numbers(const crypto::PrivateKey& key) {
  if (key.type() != crypto::KeyType::rsa) return declassify(key.reveal_scalar());
  const crypto::RsaPrivateNumbers numbers = key.reveal_rsa();
  for (const View number : {numbers.private_exponent, numbers.prime1, numbers.prime2,
                            numbers.exponent1, numbers.exponent2, numbers.coefficient})
    declassify(number);
}

void signing(const char* identity, SignatureScheme scheme) {
  const crypto::PrivateKey& key = test::identity(identity).key;
  test::TestRandom random("constant time: blinding");
  SecretRandom secret_random(random);
  const Bytes message(100, 7);  // two randoms and the ServerECDHParams
  classify_numbers(key);
  const Bytes signature = key.sign(scheme, message, secret_random);
  declassify_numbers(key);
  declassify(signature);  // it is sent
  expect(crypto::verify(key.public_key(), scheme, message, signature), "the signature is wrong");
}

}  // namespace

std::vector<Case> public_key_cases() {
  static const char* scalar = "our scalar, and so the premaster secret";
  static const char* point =
      "our public key, which is sent; whether the bytes drawn are a scalar, or the result is zero";
  static const char* blinded = "the private numbers and the random bytes for blinding";
  static const char* sent = "the signature, which is sent";
  return {
      {"AgreeX25519", scalar, point, [] { key_exchange(NamedGroup::x25519); }},
      {"AgreeP256", scalar, point, [] { key_exchange(NamedGroup::secp256r1); }},
      {"AgreeP384", scalar, point, [] { key_exchange(NamedGroup::secp384r1); }},
      {"SignRsa", blinded, sent, [] { signing("rsa", SignatureScheme::rsa_pkcs1_sha256); }},
      {"SignRsaPss", "the private numbers and the random bytes for blinding and salt", sent,
       [] { signing("rsa", SignatureScheme::rsa_pss_rsae_sha256); }},
      {"SignEcdsaP256", blinded, sent,
       [] { signing("p256", SignatureScheme::ecdsa_secp256r1_sha256); }},
      {"SignEcdsaP384", blinded, sent,
       [] { signing("p384", SignatureScheme::ecdsa_secp384r1_sha384); }},
      {"SignEd25519", "the seed", sent, [] { signing("ed25519", SignatureScheme::ed25519); }},
  };
}

}  // namespace glasstls::constant_time
