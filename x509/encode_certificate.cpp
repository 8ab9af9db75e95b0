// Certificates and public keys, written anew: see encode.h.
#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <utility>

#include "x509/der_writer.h"
#include "x509/encode.h"

namespace glasstls::x509 {

namespace {

void write_key_bits(DerWriter& der, const crypto::PublicKey& key) {
  if (key.type() != crypto::KeyType::rsa) return der.bit_string({key.point(), 0});
  der.inside_bit_string([&] {
    der.sequence([&] {
      der.unsigned_integer(key.modulus());
      der.unsigned_integer(key.public_exponent());
    });
  });
}

// RFC 3279, 2.3.1; RFC 5480, 2.1.1; RFC 8410, 3
void write_key_algorithm(DerWriter& der, const crypto::PublicKey& key) {
  switch (key.type()) {
    case crypto::KeyType::rsa: der.object_identifier(oid::rsaEncryption); return der.null();
    case crypto::KeyType::ec:
      der.object_identifier(oid::id_ecPublicKey);
      return der.object_identifier(key.group() == crypto::NamedGroup::secp384r1 ? oid::secp384r1
                                                                                : oid::secp256r1);
    case crypto::KeyType::ed25519: return der.object_identifier(oid::id_Ed25519);
  }
  throw std::logic_error("unknown type of key");
}

using Encoder = std::optional<Bytes> (*)(const Extensions&);

struct Typed {
  Oid oid;
  Encoder encode;
};

// The encoding of a value that is there.
template <class T, class Encode>
std::optional<Bytes> each(const std::optional<T>& value, Encode&& encode) {
  if (!value) return std::nullopt;
  return encode(*value);
}

template <class T>
std::optional<Bytes> each(const std::optional<T>& value) {
  return each(value, [](const T& typed) { return encode(typed); });
}

constexpr Typed typed[] = {
    {oid::authorityKeyIdentifier,
     [](const Extensions& e) { return each(e.authority_key_identifier); }},
    {oid::subjectKeyIdentifier,
     [](const Extensions& e) {
       return each(e.subject_key_identifier,
                   [](const Bytes& id) { return encode_subject_key_identifier(id); });
     }},
    {oid::keyUsage, [](const Extensions& e) { return each(e.key_usage); }},
    {oid::certificatePolicies, [](const Extensions& e) { return each(e.certificate_policies); }},
    {oid::policyMappings, [](const Extensions& e) { return each(e.policy_mappings); }},
    {oid::subjectAltName, [](const Extensions& e) { return each(e.subject_alt_name); }},
    {oid::issuerAltName, [](const Extensions& e) { return each(e.issuer_alt_name); }},
    {oid::subjectDirectoryAttributes,
     [](const Extensions& e) { return each(e.subject_directory_attributes); }},
    {oid::basicConstraints, [](const Extensions& e) { return each(e.basic_constraints); }},
    {oid::nameConstraints, [](const Extensions& e) { return each(e.name_constraints); }},
    {oid::policyConstraints, [](const Extensions& e) { return each(e.policy_constraints); }},
    {oid::extKeyUsage,
     [](const Extensions& e) { return each(e.extended_key_usage, encode_extended_key_usage); }},
    {oid::cRLDistributionPoints,
     [](const Extensions& e) { return each(e.crl_distribution_points); }},
    {oid::inhibitAnyPolicy,
     [](const Extensions& e) { return each(e.inhibit_any_policy, encode_inhibit_any_policy); }},
    {oid::freshestCRL, [](const Extensions& e) { return each(e.freshest_crl); }},
    {oid::authorityInfoAccess, [](const Extensions& e) { return each(e.authority_info_access); }},
    {oid::subjectInfoAccess, [](const Extensions& e) { return each(e.subject_info_access); }},
    {oid::signedCertificateTimestampList,
     [](const Extensions& e) { return each(e.signed_certificate_timestamps); }},
    {oid::tlsfeature,
     [](const Extensions& e) { return each(e.tls_features, encode_tls_features); }},
};

Bytes extension_value(const Extension& extension, const Extensions& extensions) {
  const auto* const row = std::find_if(std::begin(typed), std::end(typed),
                                       [&](const Typed& t) { return t.oid == extension.oid; });
  if (row == std::end(typed)) return wire::copy(extension.value);
  return row->encode(extensions).value_or(wire::copy(extension.value));
}

void write_extensions(DerWriter& der, const Extensions& extensions) {
  if (extensions.all.empty()) return;
  der.inside(context_constructed(3), [&] {
    der.sequence([&] {
      for (const Extension& extension : extensions.all) {
        der.sequence([&] {
          der.object_identifier(extension.oid);
          if (extension.critical) der.boolean(true);
          der.octet_string(extension_value(extension, extensions));
        });
      }
    });
  });
}

// issuerUniqueID and subjectUniqueID, which nobody needs, stand after the key.
View unique_identifiers(const Certificate& certificate) {
  const View tbs = certificate.tbs();
  const auto spki_end =
      static_cast<std::size_t>(certificate.spki().data() + certificate.spki().size() - tbs.data());
  const View rest = tbs.subspan(spki_end);
  DerReader der(rest);
  while (der.next() == context(1) || der.next() == context(2)) der.any({});
  return rest.first(der.offset());
}

void write_tbs(DerWriter& der, const Certificate& certificate) {
  if (certificate.version() > 1) {
    der.inside(context_constructed(0),
               [&] { der.small_integer(static_cast<std::uint32_t>(certificate.version() - 1)); });
  }
  der.integer(certificate.serial_number());
  der.raw(certificate.signature_algorithm().der);
  der.raw(encode(certificate.issuer()));
  der.sequence([&] {
    der.time(certificate.not_before());
    der.time(certificate.not_after());
  });
  der.raw(encode(certificate.subject()));
  const std::optional<crypto::PublicKey>& key = certificate.public_key().key;
  der.raw(key ? encode(*key) : wire::copy(certificate.spki()));
  der.raw(unique_identifiers(certificate));
  write_extensions(der, certificate.extensions());
}

}  // namespace

Bytes encode(const crypto::PublicKey& key) {
  DerWriter der;
  der.sequence([&] {
    der.sequence([&] { write_key_algorithm(der, key); });
    write_key_bits(der, key);
  });
  return std::move(der).take();
}

Bytes encode(const Certificate& certificate) {
  DerWriter der;
  der.sequence([&] {
    der.sequence([&] { write_tbs(der, certificate); });
    der.raw(certificate.signature_algorithm().der);
    der.bit_string({certificate.signature(), 0});
  });
  return std::move(der).take();
}

}  // namespace glasstls::x509
