#include "tests/interop/free_port.h"

#include <cerrno>
#include <netinet/in.h>
#include <random>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace glasstls::test {

namespace {

/// On any address: some programs listen on all of them.
bool is_free(std::uint16_t port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd == -1) throw std::system_error(errno, std::generic_category(), "socket");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_ANY);
  address.sin_port = htons(port);
  const bool bound = ::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  ::close(fd);
  return bound;
}

}  // namespace

std::uint16_t free_port() {
  static std::random_device random;
  std::uniform_int_distribution<std::uint16_t> ports(20'000, 31'999);
  for (int tries = 0; tries < 1000; ++tries)
    if (const std::uint16_t port = ports(random); is_free(port)) return port;
  throw std::system_error(EADDRINUSE, std::generic_category(), "no free port");
}

}  // namespace glasstls::test
