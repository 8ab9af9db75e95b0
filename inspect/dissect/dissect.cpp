#include "inspect/dissect/dissect.h"

#include "handshake/messages.h"
#include "inspect/dissect/forms.h"
#include "inspect/dissect/messages/others.h"
#include "inspect/dissect/messages/ssl2_hello.h"
#include "tls/alert.h"
#include "wire/reader.h"

namespace glasstls::inspect {
namespace {

DissectionError in_words(const ProtocolError& error) {
  return {error.offset.value_or(0), std::string(error.field), error.what(),
          std::string(error.section), error.alert};
}

/// `read(reader)` must read all of `bytes`. What it throws ends the reading, and is the error.
template <class Read>
Dissection dissect(View bytes, Spec spec, Read&& read) {
  Dissection result;
  result.name = spec.name;
  result.section = spec.section;
  wire::Reader::Violation violation;
  wire::Reader reader(bytes, spec, &result.fields, 0, &violation);
  try {
    read(reader);
    reader.expect_done(spec.name);
  } catch (const ProtocolError& error) {
    violation.emplace(error);
  }
  if (violation) result.error = in_words(*violation);
  return result;
}

/// msg_type and length. A length that is not the message's own is a broken rule; what there is, is
/// read.
void read_header(wire::Reader& reader) {
  handshake::HandshakeType type{};
  std::uint32_t length = 0;
  reader.field("msg_type", type);
  reader.uint24("length", length);
  reader.expect(length == reader.remaining(), AlertDescription::decode_error, "length",
                "the length is not that of the message's body", "RFC 5246, 7.4");
}

}  // namespace

Dissection dissect_handshake(View message, const DissectContext& context) {
  const Form form = form_of(message, context);
  return dissect(message, form.spec, [&](wire::Reader& reader) {
    read_header(reader);
    form.read(reader, context);
  });
}

Dissection dissect_alert(View fragment) {
  return dissect(fragment, tls::Alert::spec, [](wire::Reader& reader) {
    tls::Alert alert;
    tls::Alert::fields(reader, alert);
    reader.expect(!name_of(alert.level).empty(), AlertDescription::illegal_parameter, "level",
                  "the alert's level is neither warning nor fatal", tls::Alert::spec.section);
  });
}

Dissection dissect_change_cipher_spec(View fragment) {
  constexpr Spec spec = handshake::ChangeCipherSpec::spec;
  return dissect(fragment, spec, [spec](wire::Reader& reader) {
    shown::ChangeCipherSpec message;
    handshake::ChangeCipherSpec::fields(reader, message);
    reader.expect(message.type == 1, AlertDescription::illegal_parameter, "type",
                  "the type is not change_cipher_spec(1)", spec.section);
  });
}

Dissection dissect_ssl2_hello(View record) {
  return dissect(record, shown::V2ClientHello::spec, [](wire::Reader& reader) {
    shown::V2ClientHello hello;
    shown::V2ClientHello::fields(reader, hello);
  });
}

}  // namespace glasstls::inspect
