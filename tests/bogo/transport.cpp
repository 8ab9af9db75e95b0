#include "tests/bogo/transport.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace glasstls::bogo {

namespace {

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

template <class Address>
void connect_to(int fd, const Address& address) {
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    fail("connect");
}

void connect(int fd, const Settings& settings) {
  if (settings.ipv6) {
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(settings.port);
    address.sin6_addr = in6addr_loopback;
    connect_to(fd, address);
  } else {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(settings.port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connect_to(fd, address);
  }
}

std::array<std::uint8_t, 8> little_endian(std::uint64_t number) {
  std::array<std::uint8_t, 8> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<std::uint8_t>(number >> (8 * i));
  return bytes;
}

}  // namespace

Transport::Transport(const Settings& settings)
    : fd_(::socket(settings.ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)),
      most_(settings.async ? 1 : std::numeric_limits<std::size_t>::max()) {
  if (fd_ == -1) fail("socket");
  try {
    connect(fd_, settings);
  } catch (...) {
    ::close(fd_);
    throw;
  }
  const int yes = 1;
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  const auto id = little_endian(settings.shim_id);
  for (View left = id; !left.empty();) left = left.subspan(write(left));
}

Transport::~Transport() { ::close(fd_); }

std::size_t Transport::read(MutableView space) {
  ssize_t size = 0;
  do {
    size = ::recv(fd_, space.data(), std::min(space.size(), most_), 0);
  } while (size < 0 && errno == EINTR);
  if (size >= 0) return static_cast<std::size_t>(size);
  if (errno == ECONNRESET) return 0;
  fail("recv");
}

std::size_t Transport::write(View bytes) {
  ssize_t size = 0;
  do {
    if (!writing_) return bytes.size();
    size = ::send(fd_, bytes.data(), std::min(bytes.size(), most_), MSG_NOSIGNAL);
    if (size < 0 && (errno == EPIPE || errno == ECONNRESET)) writing_ = false;
  } while (size < 0 && (errno == EINTR || !writing_));
  if (size < 0) fail("send");
  return static_cast<std::size_t>(size);
}

void Transport::end() noexcept {
  ::shutdown(fd_, SHUT_WR);
  std::array<std::uint8_t, 4096> rest;
  while (::recv(fd_, rest.data(), rest.size(), 0) > 0) {
  }
}

}  // namespace glasstls::bogo
