// What the certificates of the handshake say.
#include "crypto/hash.h"
#include "inspect/certificate.h"
#include "inspect/making/draft.h"
#include "inspect/making/time.h"
#include "x509/certificate.h"

namespace glasstls::inspect {

namespace {

Certificate explained(const Draft& draft, Id message, Id field, std::size_t place) {
  const Range der = draft.document.fields[field].content;
  const View bytes = draft.document.bytes(der);
  Certificate certificate;
  certificate.message = message;
  certificate.field = field;
  certificate.place = place;
  certificate.sha256 = wire::hex(crypto::hash(crypto::HashAlgorithm::sha256, bytes).view());
  if (const auto parsed = x509::Certificate::parse(bytes)) {
    certificate.subject = to_string(*parsed);
    certificate.issuer = to_string(parsed->issuer());
    certificate.not_before = to_string(parsed->not_before());
    certificate.not_after = to_string(parsed->not_after());
    certificate.key = parsed->public_key().name;
    certificate.signature_algorithm = parsed->signature_algorithm().name;
  }
  const Explanation explanation = explain_certificate(bytes, time_to_judge(draft));
  for (const Statement& statement : explanation.statements) {
    Certificate::Statement& row = certificate.statements.emplace_back();
    row.name = statement.name;
    row.depth = statement.depth;
    row.value = statement.value;
    row.meaning = statement.meaning;
    row.section = statement.section;
    if (statement.range)
      row.range = Range{der.buffer, der.offset + statement.range->offset, statement.range->length};
  }
  for (const inspect::Remark& remark : explanation.remarks)
    certificate.remarks.push_back({remark.text, remark.section});
  if (explanation.error)
    certificate.remarks.push_back(
        {explanation.error->what, std::string(explanation.error->section)});
  return certificate;
}

}  // namespace

void make_certificates(Draft& draft) {
  for (Id message = 0; message < draft.document.messages.size(); ++message) {
    if (draft.document.messages[message].name != "Certificate") continue;
    std::size_t place = 0;
    for (Id field = 0; field < draft.document.fields.size(); ++field)
      if (draft.document.fields[field].owner == Ref{Table::message, message} &&
          draft.document.fields[field].name == "ASN.1Cert" && draft.document.fields[field].complete)
        draft.document.certificates.push_back(explained(draft, message, field, place++));
  }
}

}  // namespace glasstls::inspect
