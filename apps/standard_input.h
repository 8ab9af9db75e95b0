// Standard input for an event loop: a terminal, a pipe or a file.
#pragma once

#include <array>
#include <asio.hpp>
#include <functional>

#include "wire/bytes.h"

namespace glasstls::apps {

class StandardInput {
 public:
  using Handler = std::function<void(View data, bool end)>;

  explicit StandardInput(asio::io_context& io) : descriptor_(io) {}
  /// Gives the terminal back as it was: non-blocking mode is shared with whoever started us.
  ~StandardInput();
  StandardInput(const StandardInput&) = delete;
  StandardInput& operator=(const StandardInput&) = delete;

  /// Calls `handler` once with what can be read, or with end = true (also on an error). The view is
  /// valid during the call.
  void read(Handler handler);
  void stop();

 private:
  asio::posix::stream_descriptor descriptor_;
  std::array<std::uint8_t, 16'384> buffer_{};
  int flags_ = -1;
};

}  // namespace glasstls::apps
