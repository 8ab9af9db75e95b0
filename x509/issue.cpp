#include "x509/issue.h"

#include <algorithm>
#include <initializer_list>
#include <stdexcept>
#include <utility>

#include "crypto/hash.h"
#include "crypto/schemes.h"
#include "x509/der_writer.h"
#include "x509/encode.h"

namespace glasstls::x509 {

namespace {

void require(bool holds, const char* misuse) {
  if (!holds) throw std::logic_error(misuse);
}

bool is_p384(const crypto::PublicKey& key) { return key.group() == crypto::NamedGroup::secp384r1; }

crypto::SignatureScheme scheme_for(const crypto::PublicKey& key) {
  switch (key.type()) {
    case crypto::KeyType::rsa: return crypto::SignatureScheme::rsa_pkcs1_sha256;
    case crypto::KeyType::ec:
      return is_p384(key) ? crypto::SignatureScheme::ecdsa_secp384r1_sha384
                          : crypto::SignatureScheme::ecdsa_secp256r1_sha256;
    case crypto::KeyType::ed25519: return crypto::SignatureScheme::ed25519;
  }
  throw std::logic_error("unknown type of key");
}

void write_extensions(DerWriter& der, const std::vector<NewExtension>& extensions) {
  if (extensions.empty()) return;
  der.inside(context_constructed(3), [&] { der.raw(encode(extensions)); });
}

Bytes encode_tbs(const Draft& draft, const crypto::PublicKey& issuer_key) {
  require(draft.version >= 1, "a certificate's version is 1 or more");
  DerWriter der;
  der.sequence([&] {
    if (draft.version > 1) {
      der.inside(context_constructed(0),
                 [&] { der.small_integer(static_cast<std::uint32_t>(draft.version - 1)); });
    }
    der.integer(draft.serial_number);
    der.raw(signature_algorithm_for(issuer_key));
    der.raw(encode(draft.issuer));
    der.sequence([&] {
      der.time(draft.not_before);
      der.time(draft.not_after);
    });
    der.raw(encode(draft.subject));
    der.raw(draft.subject_public_key_info);
    write_extensions(der, draft.extensions);
  });
  return std::move(der).take();
}

Bytes identifier_of(View subject_public_key) {
  constexpr std::size_t size = 20;
  const crypto::Digest digest = crypto::hash(crypto::HashAlgorithm::sha256, subject_public_key);
  return wire::copy(digest.view().first(size));
}

KeyUsage usage(std::initializer_list<KeyUsageBit> bits) {
  KeyUsage usage;
  for (const KeyUsageBit bit : bits) {
    usage.bits = static_cast<std::uint16_t>(usage.bits | 1u << static_cast<unsigned>(bit));
  }
  return usage;
}

NewExtension authority_of(const Certificate& issuer) {
  AuthorityKeyIdentifier authority;
  const std::optional<Bytes>& known = issuer.extensions().subject_key_identifier;
  authority.key_identifier = known ? *known : identifier_of(issuer.public_key().subject_public_key);
  return {oid::authorityKeyIdentifier, false, encode(authority)};
}

bool is_ca(CertificateKind kind) {
  return kind == CertificateKind::root || kind == CertificateKind::intermediate;
}

void add_rights(const CertificateSpec& spec, std::vector<NewExtension>& extensions) {
  BasicConstraints constraints{is_ca(spec.kind), spec.path_length};
  if (spec.kind == CertificateKind::intermediate && !spec.path_length) constraints.path_length = 0;
  extensions.push_back({oid::basicConstraints, true, encode(constraints)});
  if (is_ca(spec.kind)) {
    const KeyUsage signs = usage({KeyUsageBit::keyCertSign, KeyUsageBit::cRLSign});
    extensions.push_back({oid::keyUsage, true, encode(signs)});
    return;
  }
  const KeyUsage signs = usage({KeyUsageBit::digitalSignature});
  extensions.push_back({oid::keyUsage, true, encode(signs)});
  const bool server = spec.kind == CertificateKind::server;
  const Oid& purpose = server ? oid::id_kp_serverAuth : oid::id_kp_clientAuth;
  extensions.push_back({oid::extKeyUsage, false, encode_extended_key_usage({purpose})});
}

// In place, so that the order of the profile is kept; the rest at the end.
void replace_or_add(std::vector<NewExtension>& extensions, const std::vector<NewExtension>& more) {
  for (const NewExtension& extension : more) {
    const auto found =
        std::find_if(extensions.begin(), extensions.end(),
                     [&](const NewExtension& known) { return known.oid == extension.oid; });
    if (found == extensions.end()) {
      extensions.push_back(extension);
    } else {
      *found = extension;
    }
  }
}

Certificate signed_certificate(const Draft& draft, const crypto::PrivateKey& key,
                               crypto::RandomSource& random) {
  auto parsed = Certificate::parse(sign(draft, key, random));
  if (!parsed) throw std::logic_error("a certificate would be malformed: " + parsed.error().what);
  return *std::move(parsed);
}

}  // namespace

Bytes encode(const std::vector<NewExtension>& extensions) {
  DerWriter der;
  der.sequence([&] {
    for (const NewExtension& extension : extensions) {
      der.sequence([&] {
        der.object_identifier(extension.oid);
        if (extension.critical) der.boolean(true);
        der.octet_string(extension.value);
      });
    }
  });
  return std::move(der).take();
}

Bytes signature_algorithm_for(const crypto::PublicKey& key) {
  DerWriter der;
  der.sequence([&] {
    switch (key.type()) {
      case crypto::KeyType::rsa:
        der.object_identifier(oid::sha256WithRSAEncryption);
        return der.null();  // RFC 4055, 5
      case crypto::KeyType::ec:
        return der.object_identifier(is_p384(key) ? oid::ecdsa_with_SHA384
                                                  : oid::ecdsa_with_SHA256);
      case crypto::KeyType::ed25519: return der.object_identifier(oid::id_Ed25519);
    }
  });
  return std::move(der).take();
}

Bytes sign_tbs(View tbs, const crypto::PrivateKey& key, crypto::RandomSource& random) {
  const Bytes signature = key.sign(scheme_for(key.public_key()), tbs, random);
  DerWriter der;
  der.sequence([&] {
    der.raw(tbs);
    der.raw(signature_algorithm_for(key.public_key()));
    der.bit_string({signature, 0});
  });
  return std::move(der).take();
}

Bytes sign(const Draft& draft, const crypto::PrivateKey& issuer_key, crypto::RandomSource& random) {
  return sign_tbs(encode_tbs(draft, issuer_key.public_key()), issuer_key, random);
}

Draft draft_of(const CertificateSpec& spec, const crypto::PublicKey& key, const Certificate* issuer,
               crypto::RandomSource& random) {
  require(!spec.subject.empty() || !is_ca(spec.kind), "a CA needs a subject");
  require(!spec.subject.empty() || issuer, "what signs itself needs a subject");
  require(!spec.subject.empty() || !spec.names.empty(), "a certificate needs a name");
  require(spec.not_before <= spec.not_after, "a validity that ends before it begins");
  require(!spec.path_length || is_ca(spec.kind), "a path length is a CA's");

  Draft draft;
  draft.serial_number = random_serial_number(random);
  draft.issuer = issuer ? issuer->subject() : spec.subject;
  draft.not_before = spec.not_before;
  draft.not_after = spec.not_after;
  draft.subject = spec.subject;
  draft.subject_public_key_info = encode(key);
  add_rights(spec, draft.extensions);
  draft.extensions.push_back(
      {oid::subjectKeyIdentifier, false, encode_subject_key_identifier(key_identifier(key))});
  if (issuer) draft.extensions.push_back(authority_of(*issuer));
  if (!spec.names.empty()) {
    draft.extensions.push_back({oid::subjectAltName, spec.subject.empty(), encode(spec.names)});
  }
  replace_or_add(draft.extensions, spec.more);
  return draft;
}

Certificate issue(const CertificateSpec& spec, const crypto::PublicKey& key, const Issuer& issuer,
                  crypto::RandomSource& random) {
  require(issuer.certificate.public_key().key == issuer.key.public_key(),
          "the issuer's key is not that of its certificate");
  return signed_certificate(draft_of(spec, key, &issuer.certificate, random), issuer.key, random);
}

Certificate self_sign(const CertificateSpec& spec, const crypto::PrivateKey& key,
                      crypto::RandomSource& random) {
  return signed_certificate(draft_of(spec, key.public_key(), nullptr, random), key, random);
}

Bytes key_identifier(const crypto::PublicKey& key) {
  const Bytes info = encode(key);
  DerReader der(info);
  return identifier_of(read_subject_public_key(der, {}).subject_public_key);
}

Bytes random_serial_number(crypto::RandomSource& random) {
  Bytes serial(16);
  random.fill(serial);
  serial[0] = static_cast<std::uint8_t>((serial[0] & 0x7f) | 0x40);  // positive, always 16 bytes
  return serial;
}

}  // namespace glasstls::x509
