// What the standard streams can show, and printing to them.
#pragma once

#include <cstddef>
#include <string_view>

namespace glasstls::apps {

/// Whether the file descriptor is a terminal that shows colours, and the user did not ask for none
/// (NO_COLOR, see https://no-color.org; TERM=dumb).
bool wants_color(int descriptor);

/// Whether it is a terminal whose locale is one of UTF-8.
bool wants_utf8(int descriptor);

/// Columns of a terminal, within 60 and 120; 80 for a file or a pipe.
std::size_t columns_of(int descriptor);

/// Writes to standard output. CommandError(internal_error) if it takes no more.
void print_output(std::string_view text);

}  // namespace glasstls::apps
