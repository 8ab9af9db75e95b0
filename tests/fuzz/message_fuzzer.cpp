// Any bytes as the body of each handshake message and of each extension, as a ChangeCipherSpec and as
// an alert: refused with a reason and a place within the message, or decoded and written again as
// they were.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>

#include "handshake/defragmenter.h"
#include "handshake/messages/change_cipher_spec.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/invariant.h"
#include "tests/fuzz/message_kinds.h"
#include "tests/fuzz/reach.h"
#include "tls/alert.h"

namespace glasstls::fuzz {
namespace {

/// Names and certificates are shown as far as they can be read, and judged later.
template <class T>
inline constexpr bool holds_der =
    std::is_same_v<T, handshake::Certificate> || std::is_same_v<T, handshake::CertificateRequest>;

/// What the error says, or nothing.
template <class T>
std::optional<ProtocolError> error_of(View bytes, FieldSink* sink) {
  try {
    static_cast<void>(fuzz::decode<T>(bytes, sink));
    return std::nullopt;
  } catch (const ProtocolError& error) {
    return error;
  }
}

void check_refusal(const ProtocolError& error, const FieldTree& tree, std::size_t size) {
  require(error.alert == AlertDescription::decode_error ||
              error.alert == AlertDescription::illegal_parameter,
          "a malformed message is a decode_error or an illegal_parameter");
  require(error.offset && *error.offset <= size, "an error lies within the message");
  require(!error.message.empty() && !error.section.empty() && !error.field.empty(),
          "an error names message, field and rule");
  require(std::string(error.what()).size() > 0, "an error says why");
  for (const wire::Field& field : tree.fields())
    require(field.begin <= size && field.end.value_or(size) <= size,
            "what was told lies within the message");
}

template <class T>
void check(View body) {
  const Bytes bytes = with_header<T>(body);
  FieldTree tree;
  const auto error = error_of<T>(bytes, &tree);
  require(error_of<T>(bytes, nullptr).has_value() == error.has_value(),
          "a listener changes nothing");
  if (error) return check_refusal(*error, tree, bytes.size());
  require(tree.complete() || holds_der<T>, "what was read is told to its end");
  require(wire::equal(fuzz::encode(fuzz::decode<T>(bytes)), bytes),
          "what was read is written as it was");
  reached(T::spec.name);
}

/// What is no handshake message, and has a decoder of its own.
template <class T>
void check_other(View fragment, auto&& decode_it) {
  std::optional<T> decoded;
  try {
    decoded = decode_it();
  } catch (const ProtocolError& error) {
    return check_refusal(error, {}, fragment.size());
  }
  require(wire::equal(wire::encode(*decoded), fragment), "what was read is written as it was");
  reached(T::spec.name);
}

void check_change_cipher_spec(View fragment) {
  const handshake::Defragmenter empty(1024);
  check_other<handshake::ChangeCipherSpec>(
      fragment, [&] { return handshake::decode_change_cipher_spec(fragment, empty.aligned()); });
}

void check_alert(View fragment) {
  check_other<tls::Alert>(fragment, [&] { return tls::receive_alert(fragment, nullptr); });
}

}  // namespace
}  // namespace glasstls::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace glasstls;
  fuzz::Input input(View(data, size));
  const std::uint8_t selector = input.byte();
  const View body = input.rest();
  if (selector == fuzz::change_cipher_spec_selector) fuzz::check_change_cipher_spec(body);
  if (selector == fuzz::alert_selector) fuzz::check_alert(body);
  fuzz::visit_kind(selector, [&]<class T>() { fuzz::check<T>(body); });
  return 0;
}
