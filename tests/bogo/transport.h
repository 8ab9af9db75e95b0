// Transport: the TCP connection to the runner.
#pragma once

#include <cstddef>

#include "tests/bogo/settings.h"
#include "wire/bytes.h"

namespace glasstls::bogo {

class Transport {
 public:
  /// Connects to the runner on this machine and sends the shim's id. With settings.async a read
  /// brings one byte, and a write takes one. std::system_error if there is nobody.
  explicit Transport(const Settings& settings);
  ~Transport();
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;

  /// How many bytes came; 0: the stream has ended, rightly or by a reset.
  std::size_t read(MutableView space);
  /// How many bytes were taken, at least one. A runner that has gone away takes all, and forgets
  /// them: what it sent before may still be read.
  std::size_t write(View bytes);
  /// Half-closes, and reads until the runner has closed too: a reset must not overtake an alert.
  void end() noexcept;

 private:
  int fd_ = -1;
  std::size_t most_;  // bytes at a time
  bool writing_ = true;
};

}  // namespace glasstls::bogo
