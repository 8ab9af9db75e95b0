#include "inspect/printable.h"

#include <algorithm>
#include <cstdint>

#include "x509/utf8.h"

namespace glasstls::inspect {

namespace {

bool continues(char byte) { return (static_cast<std::uint8_t>(byte) & 0xc0) == 0x80; }

/// The first character, with all its bytes. The text is not empty.
std::string_view first_character(std::string_view text) {
  std::size_t length = 1;
  while (length < text.size() && continues(text[length])) ++length;
  return text.substr(0, length);
}

std::uint32_t code_point(std::string_view character) {
  const auto first = static_cast<std::uint8_t>(character[0]);
  std::uint32_t value =
      character.size() == 1 ? first : first & (0x7fU >> std::min<std::size_t>(character.size(), 6));
  for (const char byte : character.substr(1))
    value = value << 6 | (static_cast<std::uint8_t>(byte) & 0x3fU);
  return value;
}

/// Unicode's East Asian Width W and F, in coarse blocks. A character wrongly taken for narrow costs
/// alignment, nothing else.
bool is_wide(std::uint32_t c) {
  return (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) ||
         (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff) ||
         (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60) ||
         (c >= 0xffe0 && c <= 0xffe6) || (c >= 0x1f300 && c <= 0x1faff) ||
         (c >= 0x20000 && c <= 0x3fffd);
}

std::size_t width_of(std::string_view character) { return is_wide(code_point(character)) ? 2 : 1; }

/// How many bytes of the text fit into `width` columns; at least one character.
std::size_t fitting(std::string_view text, std::size_t width) {
  std::size_t bytes = 0;
  std::size_t used = 0;
  while (bytes < text.size()) {
    const std::string_view character = first_character(text.substr(bytes));
    used += width_of(character);
    if (used > width && bytes > 0) break;
    bytes += character.size();
  }
  return bytes;
}

}  // namespace

std::string printable(std::string_view untrusted) { return x509::printable(untrusted); }

std::size_t columns(std::string_view printable_text) {
  std::size_t used = 0;
  while (!printable_text.empty()) {
    const std::string_view character = first_character(printable_text);
    used += width_of(character);
    printable_text.remove_prefix(character.size());
  }
  return used;
}

std::vector<std::string> wrap(std::string_view printable_text, std::size_t width) {
  std::vector<std::string> lines;
  std::string_view rest = printable_text;
  while (!rest.empty()) {
    std::size_t taken = fitting(rest, width);
    if (taken < rest.size() && rest[taken] != ' ') {
      const std::size_t space = rest.substr(0, taken).rfind(' ');
      if (space != std::string_view::npos && space > 0) taken = space;
    }
    lines.emplace_back(rest.substr(0, taken));
    rest.remove_prefix(taken);
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  }
  return lines;
}

std::string shorten(std::string_view printable_text, std::size_t width) {
  constexpr std::string_view mark = "...";
  if (columns(printable_text) <= width) return std::string(printable_text);
  const std::size_t room = width > mark.size() ? width - mark.size() : 1;
  return std::string(printable_text.substr(0, fitting(printable_text, room))) + std::string(mark);
}

}  // namespace glasstls::inspect
