// MessageJoiner: handshake messages of one direction out of the fragments that records carry. RFC
// 5246, 6.2.1. What it is given is hostile: nothing is refused but what has no bound.
#pragma once

#include <cstddef>
#include <optional>

#include "wire/bytes.h"

namespace glasstls::inspect {

class MessageJoiner {
 public:
  /// Bytes of a message's body that are waited for. As an endpoint's default.
  static constexpr std::size_t max_message_length = 131'396;

  void add(View fragment);
  /// The next whole message, header included, whatever its type is; valid until the next call of
  /// any function.
  std::optional<View> next();
  /// Whether the message that is next claims more than the bound: it never comes.
  bool too_long() const;

  /// What has come of a message that is not whole.
  View waiting() const { return View(buffer_).subspan(begin_); }
  void clear();

 private:
  Bytes buffer_;
  std::size_t begin_ = 0;
};

}  // namespace glasstls::inspect
