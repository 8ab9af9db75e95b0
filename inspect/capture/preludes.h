// What is spoken before TLS, or instead of it. Internal to inspect/capture/.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "wire/bytes.h"

namespace glasstls::inspect::capture {

inline constexpr std::size_t prelude_length = 2048;  // bytes of each direction that are looked at

/// What leads to TLS, by what both sides say before it: "SMTP with STARTTLS", "HTTP CONNECT"; empty if
/// that is not known.
std::string prelude_name(View one, View another);

/// What is spoken instead: "HTTP", "SSH", "plain text", "a binary protocol".
std::string protocol_name(View one, View another);

/// The first lines, at most three, of a text, fit to be shown; none of binary bytes.
std::vector<std::string> text_lines(View bytes);

}  // namespace glasstls::inspect::capture
