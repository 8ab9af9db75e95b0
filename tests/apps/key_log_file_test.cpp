#include "apps/key_log_file.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <sstream>
#include <string>
#include <sys/stat.h>

#include "apps/error.h"

namespace glasstls::apps {
namespace {

class KeyLogFile : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = (std::filesystem::temp_directory_path() / "glasstls-test-XXXXXX").string();
    ASSERT_NE(::mkdtemp(folder_.data()), nullptr);
    path = folder_ + "/keys";
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string content() const {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  }

  std::string path;

 private:
  std::string folder_;
};

TEST_F(KeyLogFile, IsForItsOwnersEyesOnly) {
  const auto log = open_key_log(path);
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(KeyLogFile, KeepsWhatWasInTheFile) {
  std::ofstream(path) << "# of yesterday\n";
  const auto log = open_key_log(path);
  EXPECT_EQ(content(), "# of yesterday\n");
}

TEST_F(KeyLogFile, RefusesAPathThatCannotBeOpened) {
  try {
    static_cast<void>(open_key_log(path + "/below-a-missing-folder"));
    FAIL() << "accepted";
  } catch (const CommandError& error) {
    EXPECT_EQ(error.code, ExitCode::usage);
    EXPECT_THAT(error.what(), testing::HasSubstr("below-a-missing-folder"));
  }
}

}  // namespace
}  // namespace glasstls::apps
