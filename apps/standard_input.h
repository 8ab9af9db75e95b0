// Standard input for an event loop: a terminal, a pipe or a file.
#pragma once

#include <array>
#include <asio.hpp>
#include <functional>
#include <string>

#include "wire/bytes.h"

namespace glasstls::apps {

class StandardInput {
 public:
  using Handler = std::function<void(View data, bool end, const std::string& error)>;

  /// `full`: a pipe's data is read in portions of 16,384 bytes up to the last one, however it was
  /// written there. A terminal's comes in lines all the same.
  StandardInput(asio::io_context& io, bool full) : descriptor_(io), full_(full) {}
  ~StandardInput();
  StandardInput(const StandardInput&) = delete;
  StandardInput& operator=(const StandardInput&) = delete;

  /// Calls `handler` once with what can be read, or with end = true, and
  /// an `error` if it is not the orderly end. The view is
  /// valid during the call.
  void read(Handler handler);
  void stop();

 private:
  bool open();

  asio::posix::stream_descriptor descriptor_;
  std::array<std::uint8_t, 16'384> buffer_{};
  bool full_;
  int shared_flags_ = -1;  // to be restored, if the description is not our own
};

}  // namespace glasstls::apps
