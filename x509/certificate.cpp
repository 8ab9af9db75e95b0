#include "x509/certificate.h"

#include <utility>

#include "x509/parse_all.h"

namespace glasstls::x509 {

namespace {

int read_version(DerReader& der) {
  if (der.next() != context_constructed(0)) return 1;
  std::uint32_t value = 0;
  const std::size_t begin = der.offset();
  der.inside("version", context_constructed(0), [&] { value = der.small_integer("Version"); });
  der.require(value == 1 || value == 2, begin, "a version other than v2 and v3 (v1 is the default)",
              "RFC 5280, 4.1.2.1");
  return static_cast<int>(value) + 1;
}

// issuerUniqueID [1] and subjectUniqueID [2].
View read_unique_id(DerReader& der, std::string_view field, Tag tag, int version) {
  if (der.next() != tag) return {};
  der.require(version >= 2, der.offset(), "a unique identifier in version 1", "RFC 5280, 4.1.2.8");
  return der.covering([&] { der.bit_string(field, tag); });
}

}  // namespace

void Certificate::read_tbs(DerReader& der, Data& data) {
  CertificateParts& parts = data.parts;
  parts.version = der.covering([&] { data.version = read_version(der); });
  parts.serial_number = der.covering([&] { data.serial_number = der.integer("serialNumber"); });
  parts.signature =
      der.covering([&] { data.signature_algorithm = read_signature_algorithm(der, "signature"); });
  const std::size_t issuer_at = der.offset();
  parts.issuer = der.covering([&] { data.issuer = read_name(der, "issuer"); });
  der.require(!data.issuer.empty(), issuer_at, "an empty issuer", "RFC 5280, 4.1.2.4");
  parts.validity = der.sequence("validity", [&] {
    data.not_before = der.time("notBefore");
    data.not_after = der.time("notAfter");
  });
  parts.subject = der.covering([&] { data.subject = read_name(der, "subject"); });
  parts.subject_public_key_info =
      der.covering([&] { data.public_key = read_subject_public_key(der, "subjectPublicKeyInfo"); });
  parts.issuer_unique_id = read_unique_id(der, "issuerUniqueID", context(1), data.version);
  parts.subject_unique_id = read_unique_id(der, "subjectUniqueID", context(2), data.version);
  if (der.next() != context_constructed(3)) return;
  der.require(data.version == 3, der.offset(), "extensions before version 3", "RFC 5280, 4.1.2.9");
  parts.extensions =
      der.inside({}, context_constructed(3), [&] { data.extensions = read_extensions(der); });
}

void Certificate::read(DerReader& der, Data& data) {
  CertificateParts& parts = data.parts;
  der.sequence("Certificate", [&] {
    data.tbs = der.sequence("tbsCertificate", [&] { read_tbs(der, data); });
    const std::size_t outer_at = der.offset();
    parts.signature_algorithm =
        der.covering([&] { read_signature_algorithm(der, "signatureAlgorithm"); });
    der.require(wire::equal(parts.signature_algorithm, parts.signature), outer_at,
                "signatureAlgorithm differs from the signed one", "RFC 5280, 4.1.1.2");
    parts.signature_value =
        der.covering([&] { data.signature = der.byte_string("signatureValue"); });
  });
  der.finish();
}

Result<Certificate> Certificate::parse(View der, FieldSink* sink, std::size_t base) {
  if (der.size() > DerReader::max_size) {
    return Malformed{base, "a certificate larger than 1 MiB", "X.690, 8.1.3"};
  }
  auto data = std::make_shared<Data>();
  data->der = wire::copy(der);
  data->base = base;
  DerReader reader(data->der, sink, base);
  read(reader, *data);
  if (!reader.ok()) return reader.error();
  data->deviations = reader.tolerated();
  return Certificate(std::move(data));
}

bool Certificate::serial_is_proper() const {
  const View serial = serial_number();
  const bool positive = serial[0] < 0x80 && !(serial.size() == 1 && serial[0] == 0);
  return positive && serial.size() <= 20;
}

bool Certificate::is_ca() const {
  const auto& constraints = extensions().basic_constraints;
  return constraints && constraints->ca;
}

Result<std::vector<Certificate>> parse_certificates(View pem_or_der) {
  return parse_all<Certificate>(pem_or_der, "CERTIFICATE", "certificate");
}

std::string to_string(const Certificate& certificate) {
  if (!certificate.subject().empty()) return to_string(certificate.subject());
  const auto& names = certificate.extensions().subject_alt_name;
  return names ? to_string(names->front()) : "(no name)";
}

}  // namespace glasstls::x509
