// What a file is that is no capture, by its first bytes: so that a mistake gets a helpful answer.
#pragma once

#include <cstddef>
#include <string>

#include "wire/bytes.h"

namespace glasstls::inspect::capture {

inline constexpr std::size_t file_kind_length = 512;  // bytes that file_kind() may look at

/// In words, and what to do: "it is a TLS key log; give it with --keylog".
std::string file_kind(View first_bytes);

}  // namespace glasstls::inspect::capture
