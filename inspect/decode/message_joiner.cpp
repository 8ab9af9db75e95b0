#include "inspect/decode/message_joiner.h"

#include "handshake/codec.h"

namespace glasstls::inspect {

namespace {

using handshake::message_header_length;

std::size_t body_length(View header) {
  return std::size_t{header[1]} << 16 | std::size_t{header[2]} << 8 | header[3];
}

}  // namespace

void MessageJoiner::add(View fragment) {
  buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(begin_));
  begin_ = 0;
  wire::append(buffer_, fragment);
}

std::optional<View> MessageJoiner::next() {
  const View rest = waiting();
  if (rest.empty()) clear();
  if (rest.size() < message_header_length || too_long()) return std::nullopt;
  const std::size_t size = message_header_length + body_length(rest);
  if (rest.size() < size) return std::nullopt;
  begin_ += size;
  return rest.first(size);
}

bool MessageJoiner::too_long() const {
  const View rest = waiting();
  return rest.size() >= message_header_length && body_length(rest) > max_message_length;
}

void MessageJoiner::clear() {
  buffer_ = Bytes();
  begin_ = 0;
}

}  // namespace glasstls::inspect
