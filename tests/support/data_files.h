// Test data: files below tests/.
#pragma once

#include <string>
#include <string_view>

namespace glasstls::test {

/// The whole file, by its path from tests/. std::runtime_error if it cannot be read.
std::string read_data(std::string_view path);

/// Writes the file anew.
void write_data(std::string_view path, std::string_view content);

/// GLASSTLS_UPDATE_GOLDEN=1 is in the environment: expected files are to be written anew.
bool updates_golden();

/// Compares with the file, or writes it anew if updates_golden(). Returns what is wrong, or nothing.
std::string compare_with_golden(std::string_view path, std::string_view actual);

}  // namespace glasstls::test
