#include "x509/algorithm.h"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace glasstls::x509 {

namespace {

using crypto::HashAlgorithm;
using Algorithm = crypto::SignatureAlgorithm;

constexpr std::string_view pss_section = "RFC 4055, 3.1";

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

struct PssParameters {
  Oid hash = oid::id_sha1;
  Oid mask_hash = oid::id_sha1;
  std::uint32_t salt_length = 20;
  std::uint32_t trailer_field = 1;
};

//   MaskGenAlgorithm ::= SEQUENCE { algorithm id-mgf1, parameters HashAlgorithm }
Oid read_mask_hash(DerReader& der) {
  Oid hash;
  der.sequence({}, [&] {
    const std::size_t begin = der.offset();
    const Oid mask = der.object_identifier("algorithm");
    der.require(mask == oid::id_mgf1, begin, "a mask function other than MGF1", pss_section);
    hash = read_hash(der, "parameters");
  });
  return hash;
}

//   RSASSA-PSS-params ::= SEQUENCE {
//     hashAlgorithm [0] DEFAULT sha1, maskGenAlgorithm [1] DEFAULT mgf1SHA1,
//     saltLength [2] INTEGER DEFAULT 20, trailerField [3] INTEGER DEFAULT 1 }
PssParameters read_pss_parameters(DerReader& der) {
  PssParameters pss;
  const auto with_default = [&](unsigned number, std::string_view field, auto& value, auto read) {
    const Tag tag = context_constructed(number);
    if (der.next() != tag) return;
    const std::size_t begin = der.offset();
    const auto usual = std::exchange(value, {});
    der.inside(field, tag, [&] { value = read(); });
    if (value == usual) {
      der.tolerate(begin, "the DEFAULT of " + std::string(field) + " encoded", "X.690, 11.5");
    }
  };
  der.sequence("parameters", [&] {
    with_default(0, "hashAlgorithm", pss.hash, [&] { return read_hash(der, {}); });
    with_default(1, "maskGenAlgorithm", pss.mask_hash, [&] { return read_mask_hash(der); });
    with_default(2, "saltLength", pss.salt_length, [&] { return der.small_integer({}); });
    with_default(3, "trailerField", pss.trailer_field, [&] { return der.small_integer({}); });
  });
  return pss;
}

void read_pss(DerReader& der, SignatureAlgorithm& signature) {
  const std::size_t begin = der.offset();
  const PssParameters pss = read_pss_parameters(der);
  der.require(pss.trailer_field == 1, begin, "an RSASSA-PSS trailerField other than 1",
              pss_section);
  der.require(pss.hash == pss.mask_hash, begin, "RSASSA-PSS with two different hashes",
              pss_section);
  const auto usable = hash_by_oid(pss.hash);
  if (!usable) {
    signature.reason = "RSASSA-PSS with " + display(pss.hash) + " is not used";
    return;
  }
  der.require(pss.salt_length == crypto::digest_size(*usable), begin,
              "an RSASSA-PSS salt that is not as long as the hash", pss_section);
  signature.usable = crypto::SignatureParameters{Algorithm::rsa_pss, *usable};
}

void read_parameters(DerReader& der, const Known& entry, SignatureAlgorithm& signature) {
  switch (entry.algorithm) {
    case Algorithm::rsa_pss: return read_pss(der, signature);
    case Algorithm::rsa_pkcs1:
      if (der.done()) {
        der.tolerate(der.offset(), signature.name + " without its NULL", "RFC 4055, 5");
      } else {
        der.null("parameters");
      }
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
