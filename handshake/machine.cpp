#include "handshake/machine.h"

namespace glasstls::handshake::detail {

std::string joined_with_or(const std::vector<std::string_view>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
    text += names[i];
  }
  return text;
}

void refuse_unexpected(std::string_view state, Spec received,
                       const std::vector<std::string_view>& expected) {
  std::string reason(state);
  reason += " received ";
  reason += received.name;
  reason += ", expected ";
  reason += expected.empty() ? "no handshake message" : joined_with_or(expected);
  ProtocolError error(AlertDescription::unexpected_message, reason, "RFC 5246, 7.3");
  error.message = received.name;
  error.offset = 0;
  throw error;
}

}  // namespace glasstls::handshake::detail
