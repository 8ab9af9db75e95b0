#include "x509/private_key.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "crypto/constant_time.h"
#include "x509/der.h"
#include "x509/pem.h"

namespace glasstls::x509 {

namespace {

using crypto::NamedGroup;
using crypto::PrivateKey;
using Key = std::optional<PrivateKey>;

//   RSAPrivateKey ::= SEQUENCE { version (0), n, e, d, p, q, dP, dQ, qInv }
Key read_rsa(DerReader& der) {
  Key key;
  const std::size_t begin = der.offset();
  crypto::RsaPrivateNumbers n;
  der.sequence({}, [&] {
    const std::uint32_t version = der.small_integer({});
    der.require(version == 0, begin, "an RSA key with more than two primes", "RFC 8017, A.1.2");
    for (View* number : {&n.modulus, &n.public_exponent, &n.private_exponent, &n.prime1, &n.prime2,
                         &n.exponent1, &n.exponent2, &n.coefficient}) {
      *number = der.unsigned_integer({});
    }
  });
  if (!der.ok()) return key;
  key = PrivateKey::rsa(n);
  der.require(key.has_value(), begin, "RSA numbers that do not fit together", "RFC 8017, 3.2");
  return key;
}

NamedGroup read_curve(DerReader& der) {
  const std::size_t begin = der.offset();
  der.require(der.next() != Tag::sequence, begin, "explicit curve parameters", "RFC 5480, 2.1.1");
  const Oid curve = der.object_identifier({});
  const bool known = curve == oid::secp256r1 || curve == oid::secp384r1;
  der.require(known, begin, "a key on a curve that is not used", "RFC 5480, 2.1.1.1");
  return curve == oid::secp384r1 ? NamedGroup::secp384r1 : NamedGroup::secp256r1;
}

//   ECPrivateKey ::= SEQUENCE { version (1), privateKey OCTET STRING,
//                               parameters [0] OPTIONAL, publicKey [1] BIT STRING OPTIONAL }
// Inside PKCS #8 the curve is known from outside; if it is named here too, both must agree.
Key read_ec(DerReader& der, std::optional<NamedGroup> group) {
  constexpr std::string_view section = "RFC 5915, 3";
  Key key;
  const std::size_t begin = der.offset();
  View scalar;
  View point;
  der.sequence({}, [&] {
    const std::uint32_t version = der.small_integer({});
    der.require(version == 1, begin, "an unknown version of ECPrivateKey", section);
    scalar = der.octet_string({});
    if (der.next() == context_constructed(0)) {
      der.inside({}, context_constructed(0), [&] {
        const NamedGroup named = read_curve(der);
        der.require(!group || *group == named, begin, "two different curves", section);
        group = named;
      });
    }
    if (der.next() == context_constructed(1)) {
      der.inside({}, context_constructed(1), [&] { point = der.byte_string({}); });
    }
  });
  der.require(group.has_value(), begin, "an EC key without its curve", section);
  if (!der.ok()) return key;
  key = PrivateKey::ec(*group, scalar);
  der.require(key.has_value(), begin, "an EC private key out of range", section);
  const bool same_point = !key || point.empty() || wire::equal(key->public_key().point(), point);
  der.require(same_point, begin, "a public key that is not of this private key", section);
  return key;
}

//   CurvePrivateKey ::= OCTET STRING, RFC 8410, 7
Key read_ed25519(DerReader& der) {
  const std::size_t begin = der.offset();
  const View seed = der.octet_string({});
  if (!der.ok()) return {};
  Key key = PrivateKey::ed25519(seed);
  der.require(key.has_value(), begin, "an Ed25519 key that is not 32 bytes", "RFC 8410, 7");
  return key;
}

//   OneAsymmetricKey ::= SEQUENCE { version, privateKeyAlgorithm, privateKey OCTET STRING,
//                                   attributes [0] OPTIONAL, publicKey [1] OPTIONAL }
Key read_pkcs8(DerReader& der) {
  constexpr std::string_view section = "RFC 5958, 2";
  Key key;
  der.sequence({}, [&] {
    const std::size_t begin = der.offset();
    const std::uint32_t version = der.small_integer({});
    der.require(version <= 1, begin, "an unknown version of PKCS #8", section);
    Oid algorithm;
    std::optional<NamedGroup> group;
    const std::size_t algorithm_at = der.offset();
    der.sequence({}, [&] {
      algorithm = der.object_identifier({});
      if (algorithm == oid::rsaEncryption) der.null({});
      if (algorithm == oid::id_ecPublicKey) group = read_curve(der);
    });
    der.inside({}, Tag::octet_string, [&] {
      if (algorithm == oid::rsaEncryption) {
        key = read_rsa(der);
      } else if (algorithm == oid::id_ecPublicKey) {
        key = read_ec(der, group);
      } else if (algorithm == oid::id_Ed25519) {
        key = read_ed25519(der);
      } else {
        der.fail(algorithm_at, "a key of kind " + display(algorithm) + " is not used", section);
      }
    });
    if (der.next() == context_constructed(0)) der.any({});
    if (version == 1 && der.next() == context(1)) der.any({});
  });
  return key;
}

Result<PrivateKey> finish(DerReader& der, Key key) {
  der.finish();
  if (!der.ok()) return der.error();
  return *std::move(key);
}

// The second element tells the forms apart: AlgorithmIdentifier (PKCS #8), INTEGER (PKCS #1) or
// OCTET STRING (SEC 1). An encrypted PKCS #8 begins with the AlgorithmIdentifier.
Result<PrivateKey> parse_der(View bytes) {
  DerReader probe(bytes);
  Tag first = Tag::none;
  Tag second = Tag::none;
  probe.sequence({}, [&] {
    first = probe.next();
    probe.any({});
    second = probe.next();
    probe.skip_rest();
  });
  if (!probe.ok()) return probe.error();
  if (first == Tag::sequence && second == Tag::octet_string) {
    return Malformed{0, "an encrypted private key: decrypt it first", "RFC 5958, 3"};
  }

  DerReader der(bytes);
  if (second == Tag::sequence) return finish(der, read_pkcs8(der));
  if (second == Tag::integer) return finish(der, read_rsa(der));
  if (second == Tag::octet_string) return finish(der, read_ec(der, std::nullopt));
  return Malformed{0, "not a private key", "RFC 5958, 2"};
}

bool is_private_key(const PemBlock& block) {
  return block.label == "PRIVATE KEY" || block.label == "RSA PRIVATE KEY" ||
         block.label == "EC PRIVATE KEY" || block.label == "ENCRYPTED PRIVATE KEY";
}

Result<PrivateKey> parse_blocks(const PemText& text) {
  for (const PemBlock& block : text.blocks) {
    if (!is_private_key(block)) continue;
    if (block.encrypted || block.label == "ENCRYPTED PRIVATE KEY") {
      return Malformed{
          0, "line " + std::to_string(block.line) + ": an encrypted private key: decrypt it first",
          "RFC 5958, 3"};
    }
    return parse_der(block.der);
  }
  if (!text.faults.empty()) return text.faults.front();
  return Malformed{0, "holds no private key", "RFC 7468, 10"};
}

}  // namespace

Result<PrivateKey> parse_private_key(View pem_or_der) {
  if (!looks_like_pem(pem_or_der)) return parse_der(pem_or_der);
  PemText text = parse_pem(wire::as_text(pem_or_der));
  Result<PrivateKey> key = parse_blocks(text);
  for (PemBlock& block : text.blocks) crypto::wipe(block.der);
  return key;
}

}  // namespace glasstls::x509
