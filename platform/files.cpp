#include "platform/files.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace glasstls::platform {

namespace {

// Closes what it was given.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }

 private:
  int number_;
};

FileError system_error(const std::filesystem::path& path) {
  const int number = errno;
  return {path.string() + ": " + std::strerror(number), number};
}

}  // namespace

FileContent read_file(const std::filesystem::path& path, std::size_t limit) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0) return system_error(path);
  Bytes bytes;
  std::size_t size = 0;
  while (true) {
    if (size > limit) return FileError{path.string() + ": larger than we read", 0};
    if (size == bytes.size()) {
      bytes.resize(std::min(limit + 1, std::max<std::size_t>(size * 2, 4096)));
    }
    const ssize_t got = ::read(file.number(), bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error(path);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace glasstls::platform
