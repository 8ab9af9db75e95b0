// Runs a fuzz target on files, where libFuzzer is not: every build checks the corpus and all that
// was ever found.
//
//   replay_TARGET [--reaches MILESTONE]... PATH...
//
// Fails if an input breaks an invariant, if there are no inputs, or if none passes a milestone.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "tests/fuzz/reach.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

/// The files below the paths, in the order of their names. A path that is missing has none: a
/// target need not have findings.
std::vector<fs::path> files_below(const std::vector<fs::path>& paths) {
  std::vector<fs::path> files;
  for (const fs::path& path : paths) {
    if (!fs::exists(path)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(path))
      if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

void run(const fs::path& path) {
  std::printf("%s\n", path.c_str());
  std::fflush(stdout);  // what follows may end the program
  std::ifstream in(path, std::ios::binary);
  // Exactly as large as the input, so that a sanitizer sees who reads past its end.
  const std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(in), {}};
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<fs::path> paths;
  std::vector<std::string_view> wanted;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--reaches" && i + 1 < argc)
      wanted.emplace_back(argv[++i]);
    else
      paths.emplace_back(argv[i]);
  }
  const std::vector<fs::path> files = files_below(paths);
  for (const fs::path& file : files) run(file);
  for (const auto& [milestone, count] : glasstls::fuzz::milestones())
    std::printf("%s: %llu\n", std::string(milestone).c_str(),
                static_cast<unsigned long long>(count));

  bool deep = !files.empty();
  for (const std::string_view milestone : wanted) {
    if (glasstls::fuzz::milestones().contains(milestone)) continue;
    std::printf("no input reaches: %s\n", std::string(milestone).c_str());
    deep = false;
  }
  return deep ? EXIT_SUCCESS : EXIT_FAILURE;
}
