#include "inspect/dissect/dissect.h"

#include "handshake/codec.h"
#include "handshake/messages.h"
#include "wire/reader.h"

namespace glasstls::inspect {

namespace {

/// Runs a reader; where it stops is told.
template <class Read>
void read_into(Dissection& out, Read&& read) {
  try {
    read();
  } catch (const ProtocolError& error) {
    out.error = DissectionError{error.offset.value_or(0), std::string(error.field), error.what(),
                                std::string(error.section), error.alert};
  }
}

}  // namespace

Dissection dissect_handshake(View message, const DissectContext&) {
  Dissection out;
  const auto type = static_cast<handshake::HandshakeType>(message.empty() ? 0 : message.front());
  const Spec spec = handshake::spec_of(type);
  out.name = spec.name;
  out.section = spec.section;
  read_into(out, [&] {
    handshake::for_each_type(handshake::HandshakeMessages{}, [&]<class M>() {
      if (M::type == type) static_cast<void>(handshake::decode<M>(message, &out.fields));
    });
  });
  return out;
}

Dissection dissect_alert(View fragment) {
  Dissection out;
  out.name = "Alert";
  out.section = "RFC 5246, 7.2";
  read_into(out, [&] {
    wire::Reader reader(fragment, {out.name, out.section}, &out.fields);
    AlertLevel level{};
    AlertDescription description{};
    reader.field("level", level);
    reader.field("description", description);
    reader.expect_done(out.name);
  });
  return out;
}

Dissection dissect_change_cipher_spec(View fragment) {
  Dissection out;
  out.name = "ChangeCipherSpec";
  out.section = "RFC 5246, 7.1";
  read_into(out, [&] {
    wire::Reader reader(fragment, {out.name, out.section}, &out.fields);
    std::uint8_t type = 0;
    reader.field("type", type);
    reader.expect_done(out.name);
  });
  return out;
}

}  // namespace glasstls::inspect
