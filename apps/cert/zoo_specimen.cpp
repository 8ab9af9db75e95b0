#include "apps/cert/zoo_specimen.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "x509/der_writer.h"
#include "x509/name_text.h"

namespace glasstls::apps {

namespace {

using crypto::NamedGroup;
using crypto::PrivateKey;
using x509::CertificateKind;

PrivateKey p256(crypto::RandomSource& random) {
  return PrivateKey::generate_ec(NamedGroup::secp256r1, random);
}

x509::CertificateSpec spec_for(CertificateKind kind, std::string_view common_name) {
  x509::CertificateSpec spec;
  spec.kind = kind;
  spec.subject = zoo_name(common_name);
  spec.not_before = zoo_times.from;
  spec.not_after = zoo_times.until;
  if (kind == CertificateKind::server)
    spec.names = {dns_name("www.example.test"), ip_address({192, 0, 2, 1})};
  return spec;
}

/// A good certificate below `issuer`, whose key is `signer`.
Member member(CertificateKind kind, std::string_view common_name, const PrivateKey& key,
              const Member* issuer, const PrivateKey& signer, crypto::RandomSource& random) {
  std::optional<x509::Certificate> above;
  if (issuer) above = x509::Certificate::parse(bytes_of(*issuer, random)).value();
  return {x509::draft_of(spec_for(kind, common_name), key.public_key(), above ? &*above : nullptr,
                         random),
          &signer};
}

/// The TBSCertificate of a signed certificate.
Bytes tbs_of(View certificate) {
  x509::DerReader der(certificate);
  View tbs;
  der.sequence("Certificate", [&] {
    tbs = der.any("tbsCertificate").whole;
    der.skip_rest();
  });
  return wire::copy(tbs);
}

}  // namespace

ZooKeys::ZooKeys(crypto::RandomSource& random)
    : root(p256(random)),
      intermediate(p256(random)),
      second(p256(random)),
      leaf(p256(random)),
      stranger(p256(random)),
      rsa(PrivateKey::generate_rsa(2048, random)),
      weak_rsa(PrivateKey::generate_rsa(1024, random)),
      p384(PrivateKey::generate_ec(NamedGroup::secp384r1, random)),
      ed25519(PrivateKey::generate_ed25519(random)) {}

void Member::set(const x509::Oid& oid, bool critical, Bytes value) {
  const auto known =
      std::find_if(draft.extensions.begin(), draft.extensions.end(),
                   [&](const x509::NewExtension& extension) { return extension.oid == oid; });
  x509::NewExtension extension{oid, critical, std::move(value)};
  if (known == draft.extensions.end())
    draft.extensions.push_back(std::move(extension));
  else
    *known = std::move(extension);
}

void Member::drop(const x509::Oid& oid) {
  std::erase_if(draft.extensions,
                [&](const x509::NewExtension& extension) { return extension.oid == oid; });
}

void Member::set_key(const crypto::PublicKey& key) {
  draft.subject_public_key_info = x509::encode(key);
  set(x509::oid::subjectKeyIdentifier, false,
      x509::encode_subject_key_identifier(x509::key_identifier(key)));
}

void Specimen::insert_second_ca(crypto::RandomSource& random) {
  second = member(CertificateKind::intermediate, "Zoo second CA", keys.second, &intermediate,
                  keys.intermediate, random);
  leaf =
      member(CertificateKind::server, "www.example.test", keys.leaf, &*second, keys.second, random);
}

ZooNursery::ZooNursery(const ZooKeys& keys, crypto::RandomSource& random)
    : keys_(keys),
      random_(random),
      root_(member(CertificateKind::root, "Zoo root CA", keys.root, nullptr, keys.root, random)),
      intermediate_(member(CertificateKind::intermediate, "Zoo intermediate CA", keys.intermediate,
                           &root_, keys.root, random)),
      another_root_(member(CertificateKind::root, "Another root CA", keys.stranger, nullptr,
                           keys.stranger, random)) {}

Specimen ZooNursery::specimen() const {
  Member leaf = member(CertificateKind::server, "www.example.test", keys_.leaf, &intermediate_,
                       keys_.intermediate, random_);
  return {keys_, root_, intermediate_, std::move(leaf), std::nullopt, {}};
}

Bytes bytes_of(const Member& member, crypto::RandomSource& random) {
  Bytes bytes = x509::sign(member.draft, *member.signer, random);
  if (member.edit_tbs)
    bytes = x509::sign_tbs(member.edit_tbs(tbs_of(bytes)), *member.signer, random);
  if (member.edit_whole) bytes = member.edit_whole(std::move(bytes));
  return bytes;
}

Bytes bytes_of(const RevocationList& list, crypto::RandomSource& random) {
  const crypto::PublicKey& key = list.signer->public_key();
  x509::AuthorityKeyIdentifier authority;
  authority.key_identifier = x509::key_identifier(key);
  x509::DerWriter number;
  number.small_integer(1);

  x509::DerWriter der;
  der.sequence([&] {
    der.small_integer(1);  // v2
    der.raw(x509::signature_algorithm_for(key));
    der.raw(x509::encode(list.issuer));
    der.time(list.this_update);
    der.time(list.next_update);
    if (!list.serial_numbers.empty())
      der.sequence([&] {
        for (const Bytes& serial : list.serial_numbers)
          der.sequence([&] {
            der.integer(serial);
            der.time(list.this_update);
          });
      });
    der.inside(x509::context_constructed(0), [&] {
      der.raw(x509::encode(std::vector<x509::NewExtension>{
          {x509::oid::authorityKeyIdentifier, false, x509::encode(authority)},
          {x509::oid::cRLNumber, false, std::move(number).take()}}));
    });
  });
  return x509::sign_tbs(std::move(der).take(), *list.signer, random);
}

x509::Name zoo_name(std::string_view common_name) { return x509::common_name(common_name); }

x509::GeneralName dns_name(std::string_view text) {
  return {x509::GeneralNameKind::dNSName, wire::copy(wire::as_bytes(text)), {}};
}

x509::GeneralName ip_address(const Bytes& bytes) {
  return {x509::GeneralNameKind::iPAddress, bytes, {}};
}

x509::KeyUsage key_usage(std::initializer_list<x509::KeyUsageBit> bits) {
  x509::KeyUsage usage;
  for (const x509::KeyUsageBit bit : bits)
    usage.bits = static_cast<std::uint16_t>(usage.bits | 1U << static_cast<unsigned>(bit));
  return usage;
}

Bytes replaced(Bytes bytes, View from, View to) {
  bool found = false;
  auto at = bytes.begin();
  while ((at = std::search(at, bytes.end(), from.begin(), from.end())) != bytes.end()) {
    found = true;
    at = bytes.erase(at, at + static_cast<std::ptrdiff_t>(from.size()));
    at = bytes.insert(at, to.begin(), to.end()) + static_cast<std::ptrdiff_t>(to.size());
  }
  if (!found) throw std::logic_error("a case of the zoo spoils nothing");
  return bytes;
}

}  // namespace glasstls::apps
