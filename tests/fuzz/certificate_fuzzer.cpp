// Any bytes as a certificate, a revocation list and a certification request: each is read without a
// crash, or refused with a reason and a place; what was read is told and written again faithfully.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/fuzz/invariant.h"
#include "tests/fuzz/reach.h"
#include "wire/field.h"
#include "x509/certificate.h"
#include "x509/crl.h"
#include "x509/encode.h"
#include "x509/request.h"

namespace glasstls::x509 {
namespace {

using fuzz::require;

bool is_within(View part, View whole) {
  return part.empty() ||
         (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

/// Fields lie in the input, and within the fields around them.
void check_fields(const FieldTree& tree, std::size_t size) {
  std::vector<std::size_t> ends{size};  // of the fields that are open, by depth
  for (const wire::Field& field : tree.fields()) {
    require(field.depth < ends.size(), "a field is at most one level deeper than the one before");
    ends.resize(field.depth + 1);
    const std::size_t end = field.end.value_or(ends.back());
    require(field.begin <= field.content && field.content <= end, "a field has no negative size");
    require(end <= ends.back(), "a field ends within the one around it");
    ends.push_back(end);
  }
}

void check_text(const std::string& text) {
  const bool visible = std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
  require(visible, "a text holds no control bytes");
}

void check_contents(const Certificate& certificate) {
  check_text(to_string(certificate));
  check_text(to_string(certificate.issuer()));
  check_text(to_string(certificate.not_before()) + to_string(certificate.not_after()));
  for (const View part : {certificate.tbs(), certificate.spki(), certificate.signature(),
                          certificate.serial_number()}) {
    require(is_within(part, certificate.der()), "a part lies within the certificate");
  }
  for (const Extension& extension : certificate.extensions().all) {
    require(is_within(extension.whole, certificate.der()), "so does an extension");
    check_text(display(extension.oid));
  }
  for (const auto* names :
       {&certificate.extensions().subject_alt_name, &certificate.extensions().issuer_alt_name}) {
    if (!*names) continue;
    for (const GeneralName& name : **names) check_text(to_string(name));
  }
  if (certificate.deviations().empty()) {
    require(wire::equal(encode(certificate), certificate.der()),
            "a canonical certificate is written as it was read");
    fuzz::reached("certificate written again");
  }
}

void check_contents(const CertificateList& list) {
  fuzz::reached("list read");
  require(is_within(list.tbs(), list.der()), "the signed part lies within the list");
  for (const RevokedCertificate& entry : list.revoked()) {
    require(is_within(entry.serial_number, list.der()), "so does a serial number");
    require(list.find(entry.serial_number) != nullptr, "every entry is found");
    if (entry.reason) check_text(reason_text(*entry.reason));
  }
}

void check_contents(const CertificationRequest& request) {
  fuzz::reached("request read");
  check_text(to_string(request.subject()));
  static_cast<void>(request.is_signed_by_its_key());
}

template <class Parsed>
void check(View input) {
  FieldTree tree;
  const Result<Parsed> parsed = Parsed::parse(input, &tree);
  check_fields(tree, input.size());
  require(static_cast<bool>(Parsed::parse(input)) == static_cast<bool>(parsed),
          "a listener changes nothing");
  if (!parsed) {
    require(parsed.error().offset <= input.size(), "an error lies in the input");
    require(!parsed.error().what.empty() && !parsed.error().section.empty(), "an error says why");
    return check_text(parsed.error().what);
  }
  require(tree.complete(), "what was read is told to its end");
  require(wire::equal(parsed->der(), input), "all bytes are kept");
  check_contents(*parsed);
}

}  // namespace
}  // namespace glasstls::x509

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace glasstls;
  const View input(data, size);
  x509::check<x509::Certificate>(input);
  x509::check<x509::CertificateList>(input);
  x509::check<x509::CertificationRequest>(input);
  return 0;
}
