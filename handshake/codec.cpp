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

namespace {

/// Remembers one place: a tree of all fields would take a hundred times the message's size, at the
/// peer's will.
class FirstField final : public FieldSink {
 public:
  explicit FirstField(std::string_view name) : name_(name) {}

  void begin(std::string_view name, std::size_t offset) override {
    if (!found_ && name == name_) found_ = offset;
  }
  void number(std::uint64_t, std::string_view) override {}
  void text(std::string) override {}
  void end(std::string_view, std::size_t) override {}

  std::optional<std::size_t> found() const { return found_; }

 private:
  std::string_view name_;
  std::optional<std::size_t> found_;
};

}  // namespace

std::optional<std::size_t> offset_of(RawMessage message, std::string_view field) {
  FirstField sink(field);
  for_each_type(HandshakeMessages{}, [&]<class M>() {
    if (M::type == message.type) static_cast<void>(decode<M>(message.bytes, &sink));
  });
  return sink.found();
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
