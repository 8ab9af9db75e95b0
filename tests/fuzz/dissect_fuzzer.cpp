// Any bytes as a handshake message, an alert, a ChangeCipherSpec or an SSL 2 hello, under any version
// and suite: dissected without a crash, and what stops or breaks a rule is told with its place.
//
// Input: two bytes of suite, two of version, then the bytes.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "inspect/dissect/dissect.h"
#include "tests/fuzz/invariant.h"
#include "tests/fuzz/reach.h"

namespace glasstls::inspect {
namespace {

using fuzz::require;

void check(const Dissection& dissection, std::size_t size, std::string_view milestone) {
  std::vector<std::size_t> ends{size};  // of the fields that are open, by depth
  for (const wire::Field& field : dissection.fields.fields()) {
    require(field.depth < ends.size(), "a field is at most one level deeper than the one before");
    ends.resize(field.depth + 1);
    const std::size_t end = field.end.value_or(ends.back());
    require(field.begin <= field.content && field.content <= end, "a field has no negative size");
    require(end <= ends.back(), "a field ends within the one around it");
    ends.push_back(end);
  }
  require(!dissection.name.empty() && !dissection.section.empty(), "there is always a name");
  if (!dissection.error) return fuzz::reached(milestone);
  require(dissection.error->offset <= size, "an error lies in the input");
  require(!dissection.error->reason.empty() && !dissection.error->section.empty() &&
              !dissection.error->field.empty(),
          "an error says what and why");
}

}  // namespace
}  // namespace glasstls::inspect

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace glasstls;
  if (size < 4) return 0;
  inspect::DissectContext context;
  context.cipher_suite = static_cast<crypto::CipherSuite>(data[0] << 8 | data[1]);
  context.version = static_cast<ProtocolVersion>(data[2] << 8 | data[3]);
  const View input(data + 4, size - 4);
  inspect::check(inspect::dissect_handshake(input, context), input.size(), "message");
  inspect::check(inspect::dissect_handshake(input, {}), input.size(), "message without context");
  inspect::check(inspect::dissect_alert(input), input.size(), "alert");
  inspect::check(inspect::dissect_change_cipher_spec(input), input.size(), "ChangeCipherSpec");
  inspect::check(inspect::dissect_ssl2_hello(input), input.size(), "SSL 2 hello");
  return 0;
}
