// Every source of the repository against the rules.
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/architecture/rules.h"

namespace glasstls::architecture {
namespace {

namespace fs = std::filesystem;

const fs::path& root() {
  static const fs::path path = fs::path(GLASSTLS_TEST_DATA).parent_path();
  return path;
}

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  EXPECT_TRUE(in) << file;
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Headers and sources of the repository's own folders, relative to the root. The package test's
/// consumers are programs of a user, and live by a user's rules.
std::vector<fs::path> sources() {
  std::vector<fs::path> found;
  for (const char* folder : {"wire", "crypto", "x509", "record", "handshake", "platform", "tls",
                             "inspect", "apps", "tests", "bench"}) {
    if (!fs::exists(root() / folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root() / folder)) {
      const fs::path path = fs::relative(entry.path(), root());
      if (path.native().starts_with("tests/package/")) continue;
      if (path.extension() == ".h" || path.extension() == ".cpp") found.push_back(path);
    }
  }
  return found;
}

TEST(Sources, ObeyTheRules) {
  ASSERT_FALSE(sources().empty());
  for (const fs::path& path : sources())
    for (const std::string& violation : violations(path.generic_string(), text_of(root() / path)))
      ADD_FAILURE() << path.native() << ": " << violation;
}

TEST(Sources, AreAllListedInCMake) {
  std::map<fs::path, std::set<std::string>> by_list;  // folder of the CMakeLists.txt: its sources
  for (const fs::path& path : sources()) {
    if (path.extension() != ".cpp") continue;
    fs::path folder = path.parent_path();
    while (!folder.empty() && !fs::exists(root() / folder / "CMakeLists.txt"))
      folder = folder.parent_path();
    by_list[folder].insert(path.lexically_relative(folder.empty() ? "." : folder).generic_string());
  }
  for (const auto& [folder, files] : by_list)
    for (const std::string& file : unlisted(text_of(root() / folder / "CMakeLists.txt"), files))
      ADD_FAILURE() << (folder / file).native() << " is in no CMakeLists.txt, so nothing builds it";
}

}  // namespace
}  // namespace glasstls::architecture
