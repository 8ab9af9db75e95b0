// What the tests of `glasstls cert` share: a folder that goes away, and refusals as text.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <sys/stat.h>

#include "apps/error.h"

namespace glasstls::apps {

class Scratch {
 public:
  Scratch() {
    path_ = (std::filesystem::temp_directory_path() / "glasstls-test-XXXXXX").string();
    if (::mkdtemp(path_.data()) == nullptr) throw std::runtime_error("no folder for a test");
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  const std::string& path() const { return path_; }
  std::string file(const std::string& name) const { return path_ + "/" + name; }
  /// Writes a file and returns its path.
  std::string write(const std::string& name, const std::string& content) const {
    std::ofstream(file(name)) << content;
    return file(name);
  }
  std::string read(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(file(name)).rdbuf();
    return text.str();
  }
  unsigned mode(const std::string& name) const {
    struct stat status {};
    return ::stat(file(name).c_str(), &status) == 0 ? status.st_mode & 0777U : 0;
  }
  std::size_t count() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_),
                                                  std::filesystem::directory_iterator()));
  }

 private:
  std::string path_;
};

inline std::string certificate_file(const std::string& name) {
  return std::string(GLASSTLS_TEST_DATA) + "/data/x509/" + name;
}

/// What the CommandError says, whose code must be 2; "accepted" if there is none.
template <class Work>
std::string refusal(Work&& work) {
  try {
    work();
    return "accepted";
  } catch (const CommandError& error) {
    EXPECT_EQ(error.code, ExitCode::usage);
    return error.what();
  }
}

}  // namespace glasstls::apps
