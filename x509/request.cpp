#include "x509/request.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>

#include "crypto/signature.h"
#include "x509/der_writer.h"
#include "x509/encode.h"
#include "x509/pem.h"

namespace glasstls::x509 {

namespace {

constexpr std::string_view section = "RFC 2986, 4.1";

bool is_extension_request(const Oid& type) {
  return type == oid::extensionRequest || type == oid::szOID_CERT_EXTENSIONS;
}

//   ExtensionRequest ::= Extensions, the only value of its set. RFC 2985, 5.4.2
void read_extension_request(DerReader& der, Extensions& extensions) {
  der.require(extensions.all.empty(), der.offset(), "extensions requested twice",
              "RFC 2985, 5.4.2");
  extensions = read_extensions(der);
}

//   Attribute ::= SEQUENCE { type OBJECT IDENTIFIER, values SET SIZE (1..MAX) OF ANY }
void read_attribute(DerReader& der, Extensions& extensions) {
  der.sequence("Attribute", [&] {
    const Oid type = der.object_identifier("type");
    const std::size_t begin = der.offset();
    bool empty = true;
    der.set_of("values", Tag::set, [&] {
      empty = false;
      if (is_extension_request(type)) {
        read_extension_request(der, extensions);
      } else {
        der.any("value");
      }
    });
    der.require(!empty, begin, "an attribute without values", section);
  });
}

bool is_request(const PemBlock& block) {
  return block.label == "CERTIFICATE REQUEST" || block.label == "NEW CERTIFICATE REQUEST";
}

}  // namespace

void CertificationRequest::read_info(DerReader& der, Data& data) {
  const std::size_t begin = der.offset();
  const std::uint32_t version = der.small_integer("version");
  der.require(version == 0, begin, "a version other than v1", section);
  data.subject = read_name(der, "subject");
  data.public_key = read_subject_public_key(der, "subjectPKInfo");
  if (der.next() != context_constructed(0)) return;
  der.set_of("attributes", context_constructed(0), [&] { read_attribute(der, data.extensions); });
}

void CertificationRequest::read(DerReader& der, Data& data) {
  der.sequence("CertificationRequest", [&] {
    data.info = der.sequence("certificationRequestInfo", [&] { read_info(der, data); });
    data.signature_algorithm = read_signature_algorithm(der, "signatureAlgorithm");
    data.signature = der.byte_string("signature");
  });
  der.finish();
}

Result<CertificationRequest> CertificationRequest::parse(View der, FieldSink* sink,
                                                         std::size_t base) {
  if (der.size() > DerReader::max_size) {
    return Malformed{base, "a request larger than 1 MiB", "X.690, 8.1.3"};
  }
  auto data = std::make_shared<Data>();
  data->der = wire::copy(der);
  DerReader reader(data->der, sink, base);
  read(reader, *data);
  if (!reader.ok()) return reader.error();
  return CertificationRequest(std::move(data));
}

bool CertificationRequest::is_signed_by_its_key() const {
  const auto& key = public_key().key;
  const auto& algorithm = signature_algorithm().usable;
  return key && algorithm && crypto::verify(*key, *algorithm, data_->info, data_->signature);
}

Result<CertificationRequest> parse_request(View pem_or_der) {
  if (!looks_like_pem(pem_or_der)) return CertificationRequest::parse(pem_or_der);
  const PemText text = parse_pem(wire::as_text(pem_or_der));
  if (!text.faults.empty()) return text.faults.front();
  const auto block = std::find_if(text.blocks.begin(), text.blocks.end(), is_request);
  if (block == text.blocks.end()) return Malformed{0, "holds no request", "RFC 7468, 7"};
  auto parsed = CertificationRequest::parse(block->der);
  if (parsed) return parsed;
  Malformed error = parsed.error();
  error.what += " (request at line " + std::to_string(block->line) + ")";
  return error;
}

namespace {

void write_attributes(DerWriter& der, const std::vector<NewExtension>& extensions) {
  der.inside(context_constructed(0), [&] {
    if (extensions.empty()) return;
    der.sequence([&] {
      der.object_identifier(oid::extensionRequest);
      der.set_of({encode(extensions)});
    });
  });
}

}  // namespace

CertificationRequest make_request(const Name& subject, const std::vector<NewExtension>& extensions,
                                  const crypto::PrivateKey& key, crypto::RandomSource& random) {
  DerWriter info;
  info.sequence([&] {
    info.small_integer(0);
    info.raw(encode(subject));
    info.raw(encode(key.public_key()));
    write_attributes(info, extensions);
  });
  auto parsed = CertificationRequest::parse(sign_tbs(std::move(info).take(), key, random));
  if (!parsed) throw std::logic_error("a request would be malformed: " + parsed.error().what);
  return *std::move(parsed);
}

}  // namespace glasstls::x509
