// A folder that only its owner can look into, and that goes away with all that is in it.
#pragma once

#include <string>

namespace glasstls::apps {

class TemporaryFolder {
 public:
  /// In TMPDIR, or /tmp. CommandError (usage) if none can be made there.
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace glasstls::apps
