#include "apps/server/temporary_folder.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <string>

#include "tests/apps/cert/scratch.h"

namespace glasstls::apps {
namespace {

namespace fs = std::filesystem;

TEST(TemporaryFolder, IsPrivateAndGoesAwayWithWhatIsInIt) {
  std::string path;
  {
    const TemporaryFolder folder;
    path = folder.path();
    EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_all);
    std::ofstream(path + "/file") << "content";
  }
  EXPECT_FALSE(path.empty());
  EXPECT_FALSE(fs::exists(path));
}

TEST(TemporaryFolder, IsRefusedWhereNoneCanBeMade) {
  const char* set = std::getenv("TMPDIR");
  const std::string before = set ? set : "";
  ::setenv("TMPDIR", "/nowhere", 1);
  EXPECT_THAT(refusal([] { const TemporaryFolder folder; }),
              testing::HasSubstr("no temporary folder can be made (TMPDIR)"));
  if (set)
    ::setenv("TMPDIR", before.c_str(), 1);
  else
    ::unsetenv("TMPDIR");
}

}  // namespace
}  // namespace glasstls::apps
