// Text of strangers, made safe and measurable for a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace glasstls::inspect {

/// UTF-8 as it is, except what could steer a terminal or deceive its reader: every byte of a
/// control character (C0, DEL, C1), of bidirectional or invisible formatting, of a line separator,
/// and every byte outside UTF-8 becomes "\1b". The result is one line.
std::string printable(std::string_view untrusted);

/// Columns that a printable text takes: two for East Asian wide characters and emoji.
std::size_t columns(std::string_view printable_text);

/// Breaks a printable text into lines of at most `width` columns, at spaces where there are any.
std::vector<std::string> wrap(std::string_view printable_text, std::size_t width);

/// At most `width` columns: cut and ended with "..." if it is longer.
std::string shorten(std::string_view printable_text, std::size_t width);

}  // namespace glasstls::inspect
