#include "x509/algorithm.h"

namespace glasstls::x509 {

namespace {

using crypto::HashAlgorithm;
using Algorithm = crypto::SignatureAlgorithm;

struct Known {
  Oid oid;
  Algorithm algorithm;
  HashAlgorithm hash;
};

constexpr Known known[] = {
    {oid::sha256WithRSAEncryption, Algorithm::rsa_pkcs1, HashAlgorithm::sha256},
    {oid::sha384WithRSAEncryption, Algorithm::rsa_pkcs1, HashAlgorithm::sha384},
    {oid::sha512WithRSAEncryption, Algorithm::rsa_pkcs1, HashAlgorithm::sha512},
    {oid::id_RSASSA_PSS, Algorithm::rsa_pss, HashAlgorithm::sha256},
    {oid::ecdsa_with_SHA256, Algorithm::ecdsa, HashAlgorithm::sha256},
    {oid::ecdsa_with_SHA384, Algorithm::ecdsa, HashAlgorithm::sha384},
    {oid::ecdsa_with_SHA512, Algorithm::ecdsa, HashAlgorithm::sha512},
    {oid::id_Ed25519, Algorithm::ed25519, HashAlgorithm::sha512},
};

struct Refused {
  Oid oid;
  std::string_view reason;
};

constexpr Refused refused[] = {
    {oid::md2WithRSAEncryption, "MD2 is broken"},
    {oid::md5WithRSAEncryption, "MD5 is broken"},
    {oid::sha1WithRSAEncryption, "SHA-1 is broken"},
    {oid::ecdsa_with_SHA1, "SHA-1 is broken"},
    {oid::id_dsa_with_sha1, "SHA-1 is broken"},
    {oid::sha224WithRSAEncryption, "SHA-224 is not used"},
    {oid::ecdsa_with_SHA224, "SHA-224 is not used"},
};

// A hash inside RSASSA-PSS-params; NULL and absent parameters mean the same (RFC 4055, 2.1).
Oid read_hash(DerReader& der, std::string_view field) {
  Oid hash;
  der.sequence(field, [&] {
    hash = der.object_identifier("algorithm");
    if (!der.done()) der.null("parameters");
  });
  return hash;
}

std::optional<HashAlgorithm> hash_by_oid(const Oid& hash) {
  if (hash == oid::id_sha256) return HashAlgorithm::sha256;
  if (hash == oid::id_sha384) return HashAlgorithm::sha384;
  if (hash == oid::id_sha512) return HashAlgorithm::sha512;
  return std::nullopt;
}

//   RSASSA-PSS-params ::= SEQUENCE {
//     hashAlgorithm [0] DEFAULT sha1, maskGenAlgorithm [1] DEFAULT mgf1SHA1,
//     saltLength [2] INTEGER DEFAULT 20, trailerField [3] INTEGER DEFAULT 1 }
void read_pss(DerReader& der, SignatureAlgorithm& signature) {
  constexpr std::string_view section = "RFC 4055, 3.1";
  const std::size_t begin = der.offset();
  Oid hash = oid::id_sha1;
  Oid mask_hash = oid::id_sha1;
  std::uint32_t salt_length = 20;
  std::uint32_t trailer = 1;
  der.sequence("parameters", [&] {
    if (der.next() == context_constructed(0)) {
      der.inside("hashAlgorithm", context_constructed(0), [&] { hash = read_hash(der, {}); });
    }
    if (der.next() == context_constructed(1)) {
      der.inside("maskGenAlgorithm", context_constructed(1), [&] {
        der.sequence({}, [&] {
          const Oid mask = der.object_identifier("algorithm");
          der.require(mask == oid::id_mgf1, begin, "a mask function other than MGF1", section);
          mask_hash = read_hash(der, "parameters");
        });
      });
    }
    if (der.next() == context_constructed(2)) {
      der.inside("saltLength", context_constructed(2),
                 [&] { salt_length = der.small_integer({}); });
    }
    if (der.next() == context_constructed(3)) {
      der.inside("trailerField", context_constructed(3), [&] { trailer = der.small_integer({}); });
    }
  });
  der.require(trailer == 1, begin, "an RSASSA-PSS trailerField other than 1", section);
  der.require(hash == mask_hash, begin, "RSASSA-PSS with two different hashes", section);
  const auto usable = hash_by_oid(hash);
  if (!usable) {
    signature.reason = "RSASSA-PSS with " + display(hash) + " is not used";
    return;
  }
  der.require(salt_length == crypto::digest_size(*usable), begin,
              "an RSASSA-PSS salt that is not as long as the hash", section);
  signature.usable = crypto::SignatureParameters{Algorithm::rsa_pss, *usable};
}

void read_parameters(DerReader& der, const Known& entry, SignatureAlgorithm& signature) {
  switch (entry.algorithm) {
    case Algorithm::rsa_pss: return read_pss(der, signature);
    case Algorithm::rsa_pkcs1:
      if (!der.done()) der.null("parameters");
      break;
    case Algorithm::ecdsa:
      der.require(der.done(), der.offset(), "ECDSA with parameters", "RFC 5758, 3.2");
      break;
    case Algorithm::ed25519:
      der.require(der.done(), der.offset(), "Ed25519 with parameters", "RFC 8410, 3");
      break;
  }
  signature.usable = crypto::SignatureParameters{entry.algorithm, entry.hash};
}

void read_parameters(DerReader& der, SignatureAlgorithm& signature) {
  for (const Known& entry : known) {
    if (entry.oid == signature.oid) return read_parameters(der, entry, signature);
  }
  signature.reason = "the algorithm is not known";
  for (const Refused& entry : refused) {
    if (entry.oid == signature.oid) signature.reason = entry.reason;
  }
  if (!der.done()) der.any("parameters");
}

}  // namespace

SignatureAlgorithm read_signature_algorithm(DerReader& der, std::string_view field) {
  SignatureAlgorithm signature;
  signature.der = wire::copy(der.sequence(field, [&] {
    signature.oid = der.object_identifier("algorithm");
    signature.name = display(signature.oid);
    read_parameters(der, signature);
  }));
  return signature;
}

}  // namespace glasstls::x509
