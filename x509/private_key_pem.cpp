// Writing private keys: see private_key.h. Everything is built in buffers that never grow, so that
// no copies stay behind in freed memory, and that are wiped.
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "crypto/constant_time.h"
#include "x509/der_writer.h"
#include "x509/pem.h"
#include "x509/private_key.h"

namespace glasstls::x509 {

namespace {

using crypto::PrivateKey;

//   RSAPrivateKey ::= SEQUENCE { version (0), n, e, d, p, q, dP, dQ, qInv }, RFC 8017, A.1.2
void write_rsa(DerWriter& der, const PrivateKey& key) {
  const crypto::RsaPrivateNumbers n = key.reveal_rsa();
  der.sequence([&] {
    der.small_integer(0);
    for (const View number : {n.modulus, n.public_exponent, n.private_exponent, n.prime1, n.prime2,
                              n.exponent1, n.exponent2, n.coefficient}) {
      der.unsigned_integer(number);
    }
  });
}

//   ECPrivateKey ::= SEQUENCE { version (1), privateKey OCTET STRING, publicKey [1] BIT STRING },
// RFC 5915, 3; the curve stands outside.
void write_ec(DerWriter& der, const PrivateKey& key) {
  der.sequence([&] {
    der.small_integer(1);
    der.octet_string(key.reveal_scalar());
    der.inside(context_constructed(1), [&] { der.bit_string({key.public_key().point(), 0}); });
  });
}

void write_algorithm_and_key(DerWriter& der, const PrivateKey& key) {
  switch (key.type()) {
    case crypto::KeyType::rsa:
      der.sequence([&] {
        der.object_identifier(oid::rsaEncryption);
        der.null();
      });
      return der.inside(Tag::octet_string, [&] { write_rsa(der, key); });
    case crypto::KeyType::ec: {
      const bool p384 = key.public_key().group() == crypto::NamedGroup::secp384r1;
      der.sequence([&] {
        der.object_identifier(oid::id_ecPublicKey);
        der.object_identifier(p384 ? oid::secp384r1 : oid::secp256r1);
      });
      return der.inside(Tag::octet_string, [&] { write_ec(der, key); });
    }
    case crypto::KeyType::ed25519:
      der.sequence([&] { der.object_identifier(oid::id_Ed25519); });
      return der.inside(Tag::octet_string, [&] { der.octet_string(key.reveal_scalar()); });
  }
}

// More than all parts together: an RSA key is two moduli, five halves of one and the exponent.
std::size_t room_for(const PrivateKey& key) {
  constexpr std::size_t for_tags_and_lengths = 256;
  return 6 * key.public_key().bits() / 8 + for_tags_and_lengths;
}

//   OneAsymmetricKey ::= SEQUENCE { version (0), privateKeyAlgorithm, privateKey OCTET STRING }
crypto::SecretBytes pkcs8(const PrivateKey& key) {
  DerWriter der;
  der.reserve(room_for(key));
  der.sequence([&] {
    der.small_integer(0);
    write_algorithm_and_key(der, key);
  });
  Bytes bytes = std::move(der).take();
  crypto::SecretBytes secret(bytes.size());
  std::copy(bytes.begin(), bytes.end(), secret.fill().begin());
  crypto::wipe(bytes);
  return secret;
}

// Base64 in lines of 64 characters, put to where `out` points; only groups of four are ever held,
// and those on the stack.
std::uint8_t* put_base64(View bytes, std::uint8_t* out) {
  constexpr std::size_t bytes_per_line = 48;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::string four = base64_encode(bytes.subspan(i, std::min<std::size_t>(3, bytes.size() - i)));
    out = std::copy(four.begin(), four.end(), out);
    std::fill(four.begin(), four.end(), '\0');
    if ((i + 3) % bytes_per_line == 0 || i + 3 >= bytes.size()) *out++ = '\n';
  }
  return out;
}

}  // namespace

crypto::SecretBytes private_key_pem(const PrivateKey& key) {
  constexpr std::string_view begin = "-----BEGIN PRIVATE KEY-----\n";
  constexpr std::string_view end = "-----END PRIVATE KEY-----\n";
  const crypto::SecretBytes der = pkcs8(key);
  const std::size_t characters = (der.size() + 2) / 3 * 4;
  const std::size_t lines = (characters + 63) / 64;
  crypto::SecretBytes pem(begin.size() + characters + lines + end.size());
  std::uint8_t* out = std::copy(begin.begin(), begin.end(), pem.fill().data());
  out = put_base64(der.reveal(), out);
  std::copy(end.begin(), end.end(), out);
  return pem;
}

}  // namespace glasstls::x509
