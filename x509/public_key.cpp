#include "x509/public_key.h"

#include <bit>

namespace glasstls::x509 {

namespace {

constexpr std::size_t least_rsa_bits = 2048;  // below: too weak
constexpr std::size_t most_rsa_bits = 8192;   // above: a burden to whoever checks

// Of a number without leading zero bytes.
std::size_t bit_length(View magnitude) {
  return (magnitude.size() - 1) * 8 + static_cast<std::size_t>(std::bit_width(magnitude[0]));
}

//   RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }
void read_rsa(DerReader& der, SubjectPublicKey& subject) {
  constexpr std::string_view section = "RFC 8017, 3.1";
  const std::size_t begin = der.offset();
  View modulus;
  View exponent;
  der.inside_bit_string("subjectPublicKey", [&] {
    subject.subject_public_key = der.sequence("RSAPublicKey", [&] {
      modulus = der.unsigned_integer("modulus");
      exponent = der.unsigned_integer("publicExponent");
    });
  });
  if (!der.ok()) return;

  const std::size_t bits = bit_length(modulus);
  subject.name = "RSA " + std::to_string(bits);
  der.require((modulus.back() & 1) == 1, begin, "an RSA modulus that is even", section);
  der.require((exponent.back() & 1) == 1, begin, "an RSA exponent that is even", section);
  der.require(exponent.size() > 1 || exponent[0] > 1, begin, "an RSA exponent of 1", section);
  if (bits < least_rsa_bits) {
    subject.reason = "RSA keys below 2048 bits are too weak";
  } else if (bits > most_rsa_bits) {
    subject.reason = "RSA keys above 8192 bits are not used";
  } else {
    subject.key = crypto::PublicKey::rsa(modulus, exponent);
    if (!subject.key) subject.reason = "its RSA exponent is out of range";
  }
}

void read_ec(DerReader& der, const Oid& curve, SubjectPublicKey& subject) {
  const std::size_t begin = der.offset();
  subject.subject_public_key = der.byte_string("subjectPublicKey");
  if (!der.ok()) return;

  const bool p256 = curve == oid::secp256r1;
  if (!p256 && curve != oid::secp384r1) {
    subject.name = display(curve);
    subject.reason = "its curve is not used";
    return;
  }
  subject.name = p256 ? "P-256" : "P-384";
  subject.key =
      crypto::PublicKey::ec(p256 ? crypto::NamedGroup::secp256r1 : crypto::NamedGroup::secp384r1,
                            subject.subject_public_key);
  der.require(subject.key.has_value(), begin, "not an uncompressed point of " + subject.name,
              "RFC 5480, 2.2");
}

void read_ed25519(DerReader& der, SubjectPublicKey& subject) {
  const std::size_t begin = der.offset();
  subject.name = "Ed25519";
  subject.subject_public_key = der.byte_string("subjectPublicKey");
  if (!der.ok()) return;
  subject.key = crypto::PublicKey::ed25519(subject.subject_public_key);
  der.require(subject.key.has_value(), begin, "not an Ed25519 public key", "RFC 8410, 4");
}

//   algorithm AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ... }
struct KeyAlgorithm {
  Oid oid;
  Oid curve;  // of id-ecPublicKey
};

KeyAlgorithm read_key_algorithm(DerReader& der) {
  KeyAlgorithm algorithm;
  der.sequence("algorithm", [&] {
    algorithm.oid = der.object_identifier("algorithm");
    if (algorithm.oid == oid::rsaEncryption) {
      der.null("parameters");  // RFC 3279, 2.3.1
    } else if (algorithm.oid == oid::id_ecPublicKey) {
      der.require(der.next() != Tag::sequence, der.offset(), "explicit curve parameters",
                  "RFC 5480, 2.1.1");
      algorithm.curve = der.object_identifier("namedCurve");
    } else if (algorithm.oid == oid::id_Ed25519) {
      der.require(der.done(), der.offset(), "Ed25519 with parameters", "RFC 8410, 3");
    } else if (!der.done()) {
      der.any("parameters");
    }
  });
  return algorithm;
}

}  // namespace

SubjectPublicKey read_subject_public_key(DerReader& der, std::string_view field) {
  SubjectPublicKey subject;
  der.sequence(field, [&] {
    const KeyAlgorithm algorithm = read_key_algorithm(der);
    if (algorithm.oid == oid::rsaEncryption) return read_rsa(der, subject);
    if (algorithm.oid == oid::id_ecPublicKey) return read_ec(der, algorithm.curve, subject);
    if (algorithm.oid == oid::id_Ed25519) return read_ed25519(der, subject);
    subject.name = display(algorithm.oid);
    subject.reason = "keys of this kind are not used";
    subject.subject_public_key = der.byte_string("subjectPublicKey");
  });
  return subject;
}

}  // namespace glasstls::x509
