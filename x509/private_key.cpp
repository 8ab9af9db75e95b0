#include "x509/private_key.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/constant_time.h"
#include "x509/der.h"
#include "x509/encode.h"
#include "x509/encrypted_key.h"
#include "x509/pem.h"
#include "x509/public_key.h"

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

// publicKey [1] IMPLICIT BIT STRING: what subjectPublicKey of a certificate holds (RFC 5958, 2).
void read_public_key(DerReader& der, const Key& key) {
  const std::size_t begin = der.offset();
  const BitString bits = der.bit_string({}, context(1));
  if (!der.ok() || !key) return;
  const Bytes info = encode(key->public_key());
  DerReader own(info);
  const SubjectPublicKey subject = read_subject_public_key(own, {});
  const bool same = bits.unused == 0 && wire::equal(bits.bytes, subject.subject_public_key);
  der.require(same, begin, "a public key that is not of this private key", "RFC 5958, 2");
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
    if (der.next() != context(1)) return;
    der.require(version == 1, der.offset(), "a publicKey in version 1 of PKCS #8", section);
    read_public_key(der, key);
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
enum class Form { unknown, pkcs8, encrypted_pkcs8, pkcs1, sec1 };

Result<Form> form_of(View bytes, std::size_t base = 0) {
  DerReader probe(bytes, nullptr, base);
  Tag first = Tag::none;
  Tag second = Tag::none;
  probe.sequence({}, [&] {
    first = probe.next();
    probe.any({});
    second = probe.next();
    probe.skip_rest();
  });
  probe.finish();
  if (!probe.ok()) return probe.error();
  if (first == Tag::sequence && second == Tag::octet_string) return Form::encrypted_pkcs8;
  if (first != Tag::integer) return Form::unknown;
  if (second == Tag::sequence) return Form::pkcs8;
  if (second == Tag::integer) return Form::pkcs1;
  if (second == Tag::octet_string) return Form::sec1;
  return Form::unknown;
}

bool is_encrypted(View bytes) {
  const auto form = form_of(bytes);
  return form && *form == Form::encrypted_pkcs8;
}

// A wrong passphrase that gives good padding by chance gives noise, hardly ever such a beginning.
Result<PrivateKey> parse_encrypted(View bytes, std::optional<View> passphrase) {
  const auto decrypted = decrypt_private_key(bytes, passphrase);
  if (!decrypted) return decrypted.error();
  const View text = decrypted->der.reveal();
  const auto form = form_of(text, decrypted->offset);
  if (!form || *form != Form::pkcs8) return wrong_passphrase(decrypted->offset);
  DerReader der(text, nullptr, decrypted->offset);
  return finish(der, read_pkcs8(der));
}

Result<PrivateKey> parse_der(View bytes, std::optional<View> passphrase) {
  const auto form = form_of(bytes);
  if (!form) return form.error();
  DerReader der(bytes);
  switch (*form) {
    case Form::pkcs8: return finish(der, read_pkcs8(der));
    case Form::encrypted_pkcs8: return parse_encrypted(bytes, passphrase);
    case Form::pkcs1: return finish(der, read_rsa(der));
    case Form::sec1: return finish(der, read_ec(der, std::nullopt));
    case Form::unknown: break;
  }
  return Malformed{0, "not a private key", "RFC 5958, 2"};
}

bool is_private_key(const PemBlock& block) {
  return block.label == "PRIVATE KEY" || block.label == "RSA PRIVATE KEY" ||
         block.label == "EC PRIVATE KEY" || block.label == "ENCRYPTED PRIVATE KEY";
}

// The blocks of a file, wiped at the end.
class SecretPem {
 public:
  explicit SecretPem(View pem) : text_(parse_pem(wire::as_text(pem))) {}
  SecretPem(const SecretPem&) = delete;
  SecretPem& operator=(const SecretPem&) = delete;
  ~SecretPem() {
    for (PemBlock& block : text_.blocks) crypto::wipe(block.der);
  }

  const std::vector<Malformed>& faults() const { return text_.faults; }
  // nullptr if there is none.
  const PemBlock* first_key() const {
    const auto found = std::find_if(text_.blocks.begin(), text_.blocks.end(), is_private_key);
    return found == text_.blocks.end() ? nullptr : &*found;
  }

 private:
  PemText text_;
};

Result<PrivateKey> parse_block(const PemBlock& block, std::optional<View> passphrase) {
  if (block.encrypted) {
    return Malformed{0,
                     "a private key in the old encryption of PEM (Proc-Type: 4,ENCRYPTED), which "
                     "is not read: write it anew with openssl pkcs8 -topk8 -v2 aes-256-cbc",
                     "RFC 1421, 4.6"};
  }
  return parse_der(block.der, passphrase);
}

Result<PrivateKey> parse_text(const SecretPem& text, std::optional<View> passphrase) {
  if (!text.faults().empty()) return text.faults().front();
  const PemBlock* block = text.first_key();
  if (!block) return Malformed{0, "holds no private key", "RFC 7468, 10"};
  auto key = parse_block(*block, passphrase);
  if (key) return key;
  Malformed error = key.error();
  error.what += " (private key at line " + std::to_string(block->line) + ")";
  return error;
}

}  // namespace

Result<PrivateKey> parse_private_key(View pem_or_der, std::optional<View> passphrase) {
  if (!looks_like_pem(pem_or_der)) return parse_der(pem_or_der, passphrase);
  return parse_text(SecretPem(pem_or_der), passphrase);
}

bool needs_passphrase(View pem_or_der) {
  if (!looks_like_pem(pem_or_der)) return is_encrypted(pem_or_der);
  const SecretPem text(pem_or_der);
  const PemBlock* block = text.first_key();
  return block && !block->encrypted && is_encrypted(block->der);
}

}  // namespace glasstls::x509
