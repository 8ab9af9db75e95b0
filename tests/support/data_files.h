// Test data: files below tests/.
#pragma once

#include <string>
#include <string_view>

namespace glasstls::test {

/// The whole file, by its path from tests/. std::runtime_error if it cannot be read.
std::string read_data(std::string_view path);

/// Writes the file anew.
void write_data(std::string_view path, std::string_view content);

/// Compares with the file; with GLASSTLS_UPDATE_GOLDEN=1 in the environment the file is written
/// anew instead. Returns what is wrong, or nothing.
std::string compare_with_golden(std::string_view path, std::string_view actual);

}  // namespace glasstls::test
