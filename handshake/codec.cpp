#include "handshake/codec.h"

#include "handshake/messages.h"

namespace glasstls::handshake {

Spec spec_of(HandshakeType type) {
  if (type == HelloRequest::type) return HelloRequest::spec;
  Spec spec;
  for_each_type(HandshakeMessages{}, [&]<class M>() {
    if (M::type == type) spec = M::spec;
  });
  return spec;
}

std::optional<std::size_t> offset_of(RawMessage message, std::string_view field) {
  FieldTree tree;
  for_each_type(HandshakeMessages{}, [&]<class M>() {
    if (M::type == message.type) static_cast<void>(decode<M>(message.bytes, &tree));
  });
  const wire::Field* found = tree.find(field);
  if (found == nullptr) return std::nullopt;
  return found->begin;
}

ChangeCipherSpec decode_change_cipher_spec(View fragment, HandshakeAligned aligned) {
  ChangeCipherSpec message(aligned);
  wire::Reader reader(fragment, ChangeCipherSpec::spec);
  ChangeCipherSpec::fields(reader, message);
  reader.expect_done(ChangeCipherSpec::spec.name);
  reader.expect(message.type == 1, AlertDescription::illegal_parameter, "type",
                "the type is not change_cipher_spec(1)", ChangeCipherSpec::spec.section);
  return message;
}

}  // namespace glasstls::handshake
