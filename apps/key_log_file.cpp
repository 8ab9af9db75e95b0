#include "apps/key_log_file.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

#include "apps/error.h"

namespace glasstls::apps {

std::shared_ptr<tls::KeyLog> open_key_log(const std::string& path) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (fd == -1)
    throw CommandError(ExitCode::usage, path + ": " + std::generic_category().message(errno));
  const std::shared_ptr<std::FILE> file(::fdopen(fd, "a"),
                                        [](std::FILE* open) { std::fclose(open); });
  const auto failed = std::make_shared<bool>(false);
  return std::make_shared<tls::KeyLog>([file, failed, path](const std::string& line) {
    const bool written =
        std::fprintf(file.get(), "%s\n", line.c_str()) > 0 && std::fflush(file.get()) == 0;
    if (written || *failed) return;
    *failed = true;
    std::fprintf(stderr, "glasstls: %s: the key log could not be written\n", path.c_str());
  });
}

}  // namespace glasstls::apps
