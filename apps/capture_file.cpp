#include "apps/capture_file.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

#include "apps/error.h"

namespace glasstls::apps {

std::shared_ptr<inspect::capture::CaptureWriter> create_capture(const std::string& path) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd == -1)
    throw CommandError(ExitCode::usage, path + ": " + std::generic_category().message(errno));
  const std::shared_ptr<std::FILE> file(::fdopen(fd, "w"),
                                        [](std::FILE* open) { std::fclose(open); });
  const auto failed = std::make_shared<bool>(false);
  return std::make_shared<inspect::capture::CaptureWriter>([file, failed, path](View block) {
    const bool written = std::fwrite(block.data(), 1, block.size(), file.get()) == block.size() &&
                         std::fflush(file.get()) == 0;
    if (written || *failed) return;
    *failed = true;
    std::fprintf(stderr, "glasstls: %s: the capture could not be written\n", path.c_str());
  });
}

}  // namespace glasstls::apps
