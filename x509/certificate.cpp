#include "x509/certificate.h"

#include <utility>

#include "x509/pem.h"

namespace glasstls::x509 {

namespace {

Time read_time(DerReader& der, std::string_view name) {
  Time time;
  der.field(name, [&] {
    const std::size_t begin = der.offset();
    const bool utc = der.next() == Tag::utc_time;
    const Element element = der.element({}, utc ? Tag::utc_time : Tag::generalized_time);
    if (!der.ok()) return;
    const std::string_view text = wire::as_text(element.content);
    const auto parsed = utc ? parse_utc_time(text) : parse_generalized_time(text);
    der.require(parsed.has_value(), begin, "not a time with seconds in UTC", "RFC 5280, 4.1.2.5");
    if (!parsed) return;
    time = *parsed;
    der.describe(to_string(time));
  });
  return time;
}

int read_version(DerReader& der) {
  if (der.next() != context_constructed(0)) return 1;
  std::uint32_t value = 0;
  const std::size_t begin = der.offset();
  der.inside("version", context_constructed(0), [&] { value = der.small_integer("Version"); });
  der.require(value == 1 || value == 2, begin, "a version other than v2 and v3 (v1 is the default)",
              "RFC 5280, 4.1.2.1");
  return static_cast<int>(value) + 1;
}

void read_unique_ids(DerReader& der, int version) {
  constexpr std::string_view names[] = {"issuerUniqueID", "subjectUniqueID"};
  for (unsigned i = 1; i <= 2; ++i) {
    if (der.next() != context(i)) continue;
    der.require(version >= 2, der.offset(), "a unique identifier in version 1",
                "RFC 5280, 4.1.2.8");
    der.bit_string(names[i - 1], context(i));
  }
}

}  // namespace

void Certificate::read_tbs(DerReader& der, Data& data) {
  data.version = read_version(der);
  data.serial_number = der.integer("serialNumber");
  data.signature_algorithm = read_signature_algorithm(der, "signature");
  const std::size_t issuer_at = der.offset();
  data.issuer = read_name(der, "issuer");
  der.require(!data.issuer.empty(), issuer_at, "an empty issuer", "RFC 5280, 4.1.2.4");
  der.sequence("validity", [&] {
    data.not_before = read_time(der, "notBefore");
    data.not_after = read_time(der, "notAfter");
  });
  data.subject = read_name(der, "subject");
  data.spki = der.rest();
  const std::size_t spki_at = der.offset();
  data.public_key = read_subject_public_key(der, "subjectPublicKeyInfo");
  data.spki = data.spki.first(der.ok() ? der.offset() - spki_at : 0);
  read_unique_ids(der, data.version);
  if (der.next() != context_constructed(3)) return;
  der.require(data.version == 3, der.offset(), "extensions before version 3", "RFC 5280, 4.1.2.9");
  der.inside({}, context_constructed(3), [&] { data.extensions = read_extensions(der); });
}

void Certificate::read(DerReader& der, Data& data) {
  der.sequence("Certificate", [&] {
    data.tbs = der.sequence("tbsCertificate", [&] { read_tbs(der, data); });
    const std::size_t outer_at = der.offset();
    const SignatureAlgorithm outer = read_signature_algorithm(der, "signatureAlgorithm");
    der.require(outer.der == data.signature_algorithm.der, outer_at,
                "signatureAlgorithm differs from the signed one", "RFC 5280, 4.1.1.2");
    data.signature = der.byte_string("signatureValue");
  });
  der.finish();
}

Result<Certificate> Certificate::parse(View der, FieldSink* sink, std::size_t base) {
  if (der.size() > DerReader::max_size) {
    return Malformed{base, "a certificate larger than 1 MiB", "X.690, 8.1.3"};
  }
  auto data = std::make_shared<Data>();
  data->der = wire::copy(der);
  DerReader reader(data->der, sink, base);
  read(reader, *data);
  if (!reader.ok()) return reader.error();
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
  std::vector<Certificate> certificates;
  if (!looks_like_pem(pem_or_der)) {
    auto parsed = Certificate::parse(pem_or_der);
    if (!parsed) return parsed.error();
    certificates.push_back(*std::move(parsed));
    return certificates;
  }
  const PemText text = parse_pem(wire::as_text(pem_or_der));
  if (!text.faults.empty()) return text.faults.front();
  for (const PemBlock& block : text.blocks) {
    if (block.label != "CERTIFICATE") continue;
    auto parsed = Certificate::parse(block.der);
    if (!parsed) {
      Malformed error = parsed.error();
      error.what += " (certificate at line " + std::to_string(block.line) + ")";
      return error;
    }
    certificates.push_back(*std::move(parsed));
  }
  if (certificates.empty()) return Malformed{0, "holds no certificate", "RFC 7468, 5"};
  return certificates;
}

std::string to_string(const Certificate& certificate) {
  if (!certificate.subject().empty()) return to_string(certificate.subject());
  const auto& names = certificate.extensions().subject_alt_name;
  return names ? to_string(names->front()) : "(no name)";
}

}  // namespace glasstls::x509
