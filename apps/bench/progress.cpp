#include "apps/bench/progress.h"

#include <cstdio>
#include <fmt/format.h>
#include <unistd.h>
#include <utility>

namespace glasstls::apps::bench {

namespace {

constexpr std::chrono::milliseconds interval{200};

}  // namespace

std::string progress_line(const Result& so_far, std::uint64_t in_flight, nanoseconds elapsed) {
  const double seconds = std::chrono::duration<double>(elapsed).count();
  std::string line = fmt::format("{:5.1f} s  {} handshakes", seconds, so_far.succeeded);
  if (seconds > 0)
    line += fmt::format("  {:.0f}/s", static_cast<double>(so_far.succeeded) / seconds);
  line += fmt::format("  {} in flight", in_flight);
  if (so_far.failed > 0) line += fmt::format("  {} failed", so_far.failed);
  return line;
}

Progress::Progress() : terminal_(::isatty(STDERR_FILENO) == 1) {}

void Progress::show(const Result& so_far, std::uint64_t in_flight, nanoseconds elapsed) {
  const auto now = Clock::now();
  if (!terminal_ || now < next_) return;
  next_ = now + interval;
  shown_ = true;
  std::fprintf(stderr, "\r%s\033[K", progress_line(so_far, in_flight, elapsed).c_str());
}

void Progress::clear() {
  if (std::exchange(shown_, false)) std::fputs("\r\033[K", stderr);
}

}  // namespace glasstls::apps::bench
