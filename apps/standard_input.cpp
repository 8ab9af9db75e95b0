#include "apps/standard_input.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace glasstls::apps {

namespace {

/// A file description of our own, if it can be had: non-blocking mode is a property of the description,
/// and a terminal's is shared with standard output and with whoever started us. Not for a file, whose
/// position belongs to the description.
int reopened() {
  struct stat kind {};
  if (::fstat(STDIN_FILENO, &kind) != 0 || !(S_ISCHR(kind.st_mode) || S_ISFIFO(kind.st_mode)))
    return -1;
  return ::open("/proc/self/fd/0", O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
}

}  // namespace

StandardInput::~StandardInput() {
  stop();
  if (shared_flags_ != -1) ::fcntl(STDIN_FILENO, F_SETFL, shared_flags_);
}

bool StandardInput::open() {
  int input = reopened();
  if (input == -1) {
    shared_flags_ = ::fcntl(STDIN_FILENO, F_GETFL);
    input = ::dup(STDIN_FILENO);
  }
  if (input == -1) return false;
  asio::error_code error;
  descriptor_.assign(input, error);
  if (error) ::close(input);
  return !error;
}

void StandardInput::read(Handler handler) {
  if (!descriptor_.is_open() && !open()) return handler({}, true, "cannot be read");
  const std::size_t least = full_ && ::isatty(STDIN_FILENO) == 0 ? buffer_.size() : 1;
  asio::async_read(descriptor_, asio::buffer(buffer_), asio::transfer_at_least(least),
                   [this, handler = std::move(handler)](asio::error_code error, std::size_t size) {
                     if (error == asio::error::operation_aborted) return;
                     const bool failed = error && error != asio::error::eof;
                     handler(View(buffer_).first(size), static_cast<bool>(error),
                             failed ? error.message() : "");
                   });
}

void StandardInput::stop() {
  asio::error_code ignored;
  if (descriptor_.is_open()) descriptor_.close(ignored);
}

}  // namespace glasstls::apps
