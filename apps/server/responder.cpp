#include "apps/server/responder.h"

namespace glasstls::apps {

void EchoResponder::written(std::size_t size) {
  written_ += size;
  if (written_ < held_.size()) return;
  held_ = {};
  written_ = 0;
}

void PrintResponder::received(View data) {
  sink_(data);
  asked_ = true;
}

View PrintResponder::pending() const {
  return asked_ ? wire::as_bytes(reply_).subspan(written_) : View();
}

}  // namespace glasstls::apps
