#include "tests/support/data_files.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace glasstls::test {

namespace {

std::string path_of(std::string_view path) {
  return std::string(GLASSTLS_TEST_DATA) + "/" + std::string(path);
}

}  // namespace

bool updates_golden() {
  const char* value = std::getenv("GLASSTLS_UPDATE_GOLDEN");
  return value != nullptr && std::string_view(value) == "1";
}

std::string read_data(std::string_view path) {
  std::ifstream file(path_of(path), std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path_of(path));
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

void write_data(std::string_view path, std::string_view content) {
  std::ofstream file(path_of(path), std::ios::binary | std::ios::trunc);
  file.write(content.data(), static_cast<std::streamsize>(content.size()));
  if (!file) throw std::runtime_error("cannot write " + path_of(path));
}

std::string compare_with_golden(std::string_view path, std::string_view actual) {
  if (updates_golden()) {
    write_data(path, actual);
    return {};
  }
  const std::string golden = read_data(path);
  if (golden == actual) return {};
  const auto differ = std::mismatch(golden.begin(), golden.end(), actual.begin(), actual.end());
  const auto line = 1 + std::count(golden.begin(), differ.first, '\n');
  return std::string(path) + " differs from line " + std::to_string(line) +
         " on (GLASSTLS_UPDATE_GOLDEN=1 writes it anew); now it would be:\n" + std::string(actual);
}

}  // namespace glasstls::test
