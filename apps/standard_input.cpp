#include "apps/standard_input.h"

#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace glasstls::apps {

StandardInput::~StandardInput() {
  stop();
  if (flags_ != -1) ::fcntl(STDIN_FILENO, F_SETFL, flags_);
}

void StandardInput::read(Handler handler) {
  if (!descriptor_.is_open()) {
    flags_ = ::fcntl(STDIN_FILENO, F_GETFL);
    asio::error_code error;
    const int copy = ::dup(STDIN_FILENO);
    if (copy == -1) return handler({}, true);
    descriptor_.assign(copy, error);
    if (error) {
      ::close(copy);
      return handler({}, true);
    }
  }
  descriptor_.async_read_some(asio::buffer(buffer_), [this, handler = std::move(handler)](
                                                         asio::error_code error, std::size_t size) {
    if (error == asio::error::operation_aborted) return;
    handler(View(buffer_).first(size), static_cast<bool>(error));
  });
}

void StandardInput::stop() {
  asio::error_code ignored;
  if (descriptor_.is_open()) descriptor_.close(ignored);
}

}  // namespace glasstls::apps
