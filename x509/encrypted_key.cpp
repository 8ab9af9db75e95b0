#include "x509/encrypted_key.h"

#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "crypto/password.h"
#include "x509/der.h"
#include "x509/oid.h"
#include "x509/private_key.h"

namespace glasstls::x509 {

namespace {

using crypto::CbcCipher;
using crypto::Pbkdf2Hash;

constexpr std::string_view advice = ": write it anew with openssl pkcs8 -topk8 -v2 aes-256-cbc";

constexpr std::pair<Oid, Pbkdf2Hash> prfs[] = {
    {oid::id_hmacWithSHA1, Pbkdf2Hash::sha1},     {oid::id_hmacWithSHA224, Pbkdf2Hash::sha224},
    {oid::id_hmacWithSHA256, Pbkdf2Hash::sha256}, {oid::id_hmacWithSHA384, Pbkdf2Hash::sha384},
    {oid::id_hmacWithSHA512, Pbkdf2Hash::sha512},
};

constexpr std::pair<Oid, CbcCipher> ciphers[] = {
    {oid::aes128_CBC_PAD, CbcCipher::aes_128},
    {oid::aes192_CBC_PAD, CbcCipher::aes_192},
    {oid::aes256_CBC_PAD, CbcCipher::aes_256},
    {oid::des_EDE3_CBC, CbcCipher::des_ede3},
};

template <class Value, std::size_t size>
std::optional<Value> find(const std::pair<Oid, Value> (&table)[size], const Oid& oid) {
  for (const auto& row : table) {
    if (row.first == oid) return row.second;
  }
  return std::nullopt;
}

struct Pbes2 {
  View salt;
  std::uint32_t iterations = 0;
  std::optional<std::uint32_t> key_length;
  Pbkdf2Hash prf = Pbkdf2Hash::sha1;
  CbcCipher cipher = CbcCipher::aes_256;
  View iv;
  View encrypted;
  std::size_t encrypted_at = 0;  // offset of encryptedData's content
};

void fail_unused(DerReader& der, std::size_t at, std::string_view what, const Oid& oid) {
  der.fail(at,
           "a private key " + std::string(what) + " " + display(oid) + ", which is not read" +
               std::string(advice),
           "RFC 8018, A");
}

Pbkdf2Hash read_prf(DerReader& der) {
  const std::size_t begin = der.offset();
  Oid prf;
  der.sequence({}, [&] {
    prf = der.object_identifier({});
    if (!der.done()) der.null({});
  });
  const std::optional<Pbkdf2Hash> known = find(prfs, prf);
  if (!known) fail_unused(der, begin, "whose passphrase goes through", prf);
  return known.value_or(Pbkdf2Hash::sha1);
}

void read_pbkdf2(DerReader& der, Pbes2& pbes2) {
  constexpr std::string_view section = "RFC 8018, A.2";
  constexpr std::size_t max_salt = 1024;
  der.sequence({}, [&] {
    const std::size_t salt_at = der.offset();
    pbes2.salt = der.octet_string({});
    der.require(!pbes2.salt.empty() && pbes2.salt.size() <= max_salt, salt_at,
                "a salt that is not 1 to 1,024 bytes", section);
    const std::size_t iterations_at = der.offset();
    pbes2.iterations = der.small_integer({});
    der.require(pbes2.iterations > 0, iterations_at, "an iterationCount of 0", section);
    der.require(pbes2.iterations <= max_pbkdf2_iterations, iterations_at,
                "an iterationCount above 10,000,000, which would take too long", section);
    if (der.next() == Tag::integer) pbes2.key_length = der.small_integer({});
    if (der.next() == Tag::sequence) pbes2.prf = read_prf(der);
  });
}

void read_key_derivation(DerReader& der, Pbes2& pbes2) {
  const std::size_t begin = der.offset();
  der.sequence({}, [&] {
    const Oid function = der.object_identifier({});
    if (function != oid::id_PBKDF2) {
      fail_unused(der, begin, "whose passphrase goes through", function);
    }
    read_pbkdf2(der, pbes2);
  });
}

void read_encryption_scheme(DerReader& der, Pbes2& pbes2) {
  constexpr std::string_view section = "RFC 8018, B.2";
  const std::size_t begin = der.offset();
  der.sequence({}, [&] {
    const Oid scheme = der.object_identifier({});
    const std::optional<CbcCipher> known = find(ciphers, scheme);
    if (!known) fail_unused(der, begin, "encrypted with", scheme);
    pbes2.cipher = known.value_or(CbcCipher::aes_256);
    const std::size_t iv_at = der.offset();
    pbes2.iv = der.octet_string({});
    der.require(pbes2.iv.size() == crypto::block_length(pbes2.cipher), iv_at,
                "an IV that is not one block", section);
  });
  der.require(!pbes2.key_length || *pbes2.key_length == crypto::key_length(pbes2.cipher), begin,
              "a keyLength that is not the cipher's", "RFC 8018, A.2");
}

void read_encrypted_key(DerReader& der, Pbes2& pbes2) {
  der.sequence({}, [&] {
    const std::size_t begin = der.offset();
    der.sequence({}, [&] {
      const Oid algorithm = der.object_identifier({});
      if (algorithm != oid::id_PBES2) fail_unused(der, begin, "encrypted with", algorithm);
      der.sequence({}, [&] {
        read_key_derivation(der, pbes2);
        read_encryption_scheme(der, pbes2);
      });
    });
    pbes2.encrypted = der.octet_string({});
    pbes2.encrypted_at = der.offset() - pbes2.encrypted.size();
    const std::size_t block = crypto::block_length(pbes2.cipher);
    der.require(!pbes2.encrypted.empty() && pbes2.encrypted.size() % block == 0, pbes2.encrypted_at,
                "encryptedData that is not whole blocks", "RFC 8018, 6.2.2");
  });
  der.finish();
}

}  // namespace

Malformed wrong_passphrase(std::size_t offset) {
  return {offset, "a wrong passphrase, or a damaged private key", "RFC 8018, 6.2.2"};
}

Result<DecryptedKey> decrypt_private_key(View der, std::optional<View> passphrase) {
  DerReader reader(der);
  Pbes2 pbes2;
  read_encrypted_key(reader, pbes2);
  if (!reader.ok()) return reader.error();
  if (!passphrase) {
    return Malformed{0, "an encrypted private key: it needs its passphrase", "RFC 5958, 3"};
  }
  const crypto::SecretBytes key = crypto::pbkdf2(
      pbes2.prf, *passphrase, pbes2.salt, pbes2.iterations, crypto::key_length(pbes2.cipher));
  auto text = crypto::cbc_decrypt(pbes2.cipher, key.reveal(), pbes2.iv, pbes2.encrypted);
  if (!text) return wrong_passphrase(pbes2.encrypted_at);
  return DecryptedKey{*std::move(text), pbes2.encrypted_at};
}

}  // namespace glasstls::x509
