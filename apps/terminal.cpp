#include "apps/terminal.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <sys/ioctl.h>
#include <unistd.h>

#include "apps/error.h"

namespace glasstls::apps {

namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// A terminal that knows escape sequences.
bool is_capable(int descriptor) {
  return ::isatty(descriptor) == 1 && environment("TERM") != "dumb";
}

}  // namespace

bool wants_color(int descriptor) {
  return is_capable(descriptor) && environment("NO_COLOR").empty();
}

bool wants_utf8(int descriptor) {
  if (!is_capable(descriptor)) return false;
  std::string locale;
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"})
    if (locale.empty()) locale = environment(name);
  std::transform(locale.begin(), locale.end(), locale.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return locale.find("utf-8") != std::string::npos || locale.find("utf8") != std::string::npos;
}

std::size_t columns_of(int descriptor) {
  constexpr std::size_t narrowest = 60;
  constexpr std::size_t widest = 120;
  winsize size{};
  if (::isatty(descriptor) != 1 || ::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
    return 80;
  return std::clamp<std::size_t>(size.ws_col, narrowest, widest);
}

void print_output(std::string_view text) {
  const bool written =
      std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (!written) throw CommandError(ExitCode::internal_error, "standard output takes no more");
}

}  // namespace glasstls::apps
