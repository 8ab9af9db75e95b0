#include "apps/server/temporary_folder.h"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "apps/error.h"

namespace glasstls::apps {

TemporaryFolder::TemporaryFolder() {
  std::error_code failed;
  const auto base = std::filesystem::temp_directory_path(failed);
  path_ = (base / "glasstls-lab-XXXXXX").string();
  if (failed || ::mkdtemp(path_.data()) == nullptr)  // mode 0700
    throw CommandError(ExitCode::usage, "no temporary folder can be made (TMPDIR): " +
                                            std::generic_category().message(errno));
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace glasstls::apps
