#include "x509/string_type.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "x509/utf8.h"

namespace glasstls::x509 {

namespace {

constexpr std::string_view section = "RFC 5280, 4.1.2.4";

bool is_printable_char(char c) {
  const bool alphanumeric =
      (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  return alphanumeric ||
         (c != '\0' && std::string_view(" '()+,-./:=?").find(c) != std::string_view::npos);
}

// Outside the alphabet, but certificates of good standing use them.
bool is_tolerated_char(char c) { return c == '*' || c == '&'; }

/// Units of four bytes, each a character of Unicode: no surrogate, nothing above U+10FFFF.
bool is_utf32(View units) {
  for (; units.size() >= 4; units = units.subspan(4)) {
    std::uint32_t c = 0;
    for (const std::uint8_t byte : units.first(4)) c = c << 8 | byte;
    if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) return false;
  }
  return units.empty();
}

bool fits_alphabet(Tag tag, View value) {
  const std::string_view text = wire::as_text(value);
  const auto all = [&](auto fits) { return std::all_of(text.begin(), text.end(), fits); };
  switch (tag) {
    case Tag::utf8_string: return is_utf8(text);
    case Tag::printable_string:
      return all([](char c) { return is_printable_char(c) || is_tolerated_char(c); });
    case Tag::numeric_string: return all([](char c) { return c == ' ' || (c >= '0' && c <= '9'); });
    case Tag::ia5_string: return all([](char c) { return static_cast<unsigned char>(c) < 0x80; });
    case Tag::visible_string: return all([](char c) { return c >= 0x20 && c < 0x7f; });
    case Tag::bmp_string: return value.size() % 2 == 0;
    case Tag::universal_string: return is_utf32(value);
    default: return true;
  }
}

std::size_t bytes_per_character(Tag tag) {
  return tag == Tag::bmp_string ? 2 : tag == Tag::universal_string ? 4 : 1;
}

bool has_nul(Tag tag, View value) {
  const std::size_t width = bytes_per_character(tag);
  for (; value.size() >= width; value = value.subspan(width)) {
    const View character = value.first(width);
    if (std::all_of(character.begin(), character.end(), [](std::uint8_t b) { return b == 0; })) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool is_directory_string(Tag tag) {
  return tag == Tag::utf8_string || tag == Tag::printable_string || tag == Tag::teletex_string ||
         tag == Tag::bmp_string || tag == Tag::universal_string;
}

bool is_string(Tag tag) {
  return is_directory_string(tag) || tag == Tag::ia5_string || tag == Tag::numeric_string ||
         tag == Tag::visible_string;
}

void check_string(DerReader& der, const Element& value) {
  if (!der.ok() || !is_string(value.tag)) return;
  if (has_nul(value.tag, value.content)) {
    return der.fail(value.offset, with_article(to_string(value.tag)) + " with an embedded NUL",
                    section);
  }
  if (!fits_alphabet(value.tag, value.content)) {
    return der.fail(value.offset,
                    with_article(to_string(value.tag)) + " with a character that it cannot hold",
                    section);
  }
  const std::string_view text = wire::as_text(value.content);
  if (value.tag == Tag::printable_string &&
      std::any_of(text.begin(), text.end(), is_tolerated_char)) {
    der.tolerate(value.offset, "a PrintableString with '*' or '&'", section);
  }
}

std::optional<std::string> text_of(Tag tag, View value) {
  if (!is_string(tag) || tag == Tag::universal_string) return std::nullopt;
  if (tag == Tag::bmp_string) return utf8_from_utf16(value);
  return std::string(wire::as_text(value));
}

}  // namespace glasstls::x509
