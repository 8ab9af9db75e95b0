#include "tests/support/lab.h"

#include <utility>

#include "tests/support/identity.h"
#include "x509/encode.h"

namespace glasstls::test {

namespace {

x509::Name common_name(std::string_view text) {
  return x509::Name(
      {{{x509::oid::commonName, x509::Tag::utf8_string, wire::copy(wire::as_bytes(text))}}});
}

x509::Certificate root(std::string_view name, const crypto::PrivateKey& key, TestRandom& random) {
  x509::CertificateSpec spec;
  spec.kind = x509::CertificateKind::root;
  spec.subject = common_name(name);
  spec.not_before = start_of(2027);
  spec.not_after = start_of(2056);
  return x509::self_sign(spec, key, random);
}

}  // namespace

Lab::Lab(std::string_view name)
    : random_(name),
      key_(crypto::PrivateKey::generate_ec(crypto::NamedGroup::secp256r1, random_)),
      certificate_(root(name, key_, random_)) {}

std::shared_ptr<handshake::Credential> Lab::issue(const Wanted& wanted) {
  x509::CertificateSpec spec;
  spec.kind = wanted.kind;
  spec.subject = common_name(wanted.common_name);
  for (const std::string& name : wanted.dns_names)
    spec.names.push_back({x509::GeneralNameKind::dNSName, wire::copy(wire::as_bytes(name)), {}});
  spec.not_before = start_of(wanted.first_year);
  spec.not_after = start_of(wanted.last_year);
  spec.more = wanted.more;

  auto made = std::make_shared<handshake::Credential>();
  made->key = key_of(wanted.key);
  made->chain = {
      x509::issue(spec, made->key->public_key(), x509::Issuer{certificate_, key_}, random_)};
  return made;
}

std::shared_ptr<handshake::Credential> Lab::client(std::string key) {
  Wanted wanted;
  wanted.key = std::move(key);
  return issue(wanted);
}

std::shared_ptr<handshake::Credential> Lab::server(std::vector<std::string> dns_names,
                                                   std::string key) {
  Wanted wanted;
  wanted.kind = x509::CertificateKind::server;
  wanted.common_name = dns_names.at(0);
  wanted.dns_names = std::move(dns_names);
  wanted.key = std::move(key);
  return issue(wanted);
}

std::shared_ptr<const x509::TrustStore> Lab::roots() const {
  auto store = std::make_shared<x509::TrustStore>();
  store->add(certificate_);
  return store;
}

Bytes Lab::name() const { return x509::encode(certificate_.subject()); }

}  // namespace glasstls::test
