#include "tests/x509/forge.h"

#include "x509/der_writer.h"
#include "x509/encode.h"

namespace glasstls::x509::forge {

namespace {

const Time not_before = time_from(2026, 1, 1, 0, 0, 0).value();
const Time not_after = time_from(2027, 1, 1, 0, 0, 0).value();

Bytes number(std::uint32_t value) {
  DerWriter der;
  der.small_integer(value);
  const Bytes element = std::move(der).take();
  return Bytes(element.begin() + 2, element.end());  // without tag and length
}

}  // namespace

Name name(std::string_view common_name) {
  return Name({{{oid::commonName, Tag::utf8_string, wire::copy(wire::as_bytes(common_name))}}});
}

GeneralName dns(std::string host) {
  return {GeneralNameKind::dNSName, wire::copy(wire::as_bytes(host)), {}};
}

Forge::Forge(std::string_view seed)
    : random_(seed), key_(crypto::PrivateKey::generate_ed25519(random_)) {}

Certificate Forge::make(std::string_view issuer, std::string_view subject,
                        std::vector<NewExtension> extensions) {
  Draft draft;
  draft.serial_number = number(++serial_);
  draft.issuer = name(issuer);
  draft.not_before = not_before;
  draft.not_after = not_after;
  draft.subject = name(subject);
  draft.subject_public_key_info = encode(key_.public_key());
  draft.extensions = std::move(extensions);
  return Certificate::parse(sign(draft, key_, random_)).value();
}

Certificate Forge::ca(std::string_view issuer, std::string_view subject,
                      std::vector<NewExtension> more) {
  more.push_back({oid::basicConstraints, true, encode(BasicConstraints{true, std::nullopt})});
  return make(issuer, subject, std::move(more));
}

Certificate Forge::leaf(std::string_view issuer, std::vector<NewExtension> more) {
  more.push_back({oid::extKeyUsage, false, encode_extended_key_usage({oid::id_kp_serverAuth})});
  return make(issuer, "leaf", std::move(more));
}

TrustStore Forge::anchor(std::string_view subject) {
  TrustStore roots;
  roots.add(ca(subject, subject));
  return roots;
}

CertificateList Forge::crl(std::string_view issuer,
                           const std::vector<std::uint32_t>& serial_numbers) {
  const Bytes algorithm = signature_algorithm_for(key_.public_key());
  DerWriter tbs;
  tbs.sequence([&] {
    tbs.small_integer(1);  // version 2
    tbs.raw(algorithm);
    tbs.raw(encode(name(issuer)));
    tbs.time(not_before);
    tbs.time(not_after);
    if (serial_numbers.empty()) return;
    tbs.sequence([&] {
      for (const std::uint32_t serial : serial_numbers) {
        tbs.sequence([&] {
          tbs.small_integer(serial);
          tbs.time(not_before);
        });
      }
    });
  });
  return CertificateList::parse(sign_tbs(std::move(tbs).take(), key_, random_)).value();
}

}  // namespace glasstls::x509::forge
