#include "tests/bogo/stage.h"

#include <arpa/inet.h>
#include <cerrno>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace glasstls::bogo {

namespace {

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

void limit_waiting(int fd) {
  const timeval limit{std::chrono::seconds(test::patience).count(), 0};
  ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

int listen_on_loopback() {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (fd == -1 || ::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(fd, 8) != 0)
    fail("listen");
  limit_waiting(fd);
  return fd;
}

std::uint16_t port_of(int fd) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  if (::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0) fail("getsockname");
  return ntohs(address.sin_port);
}

}  // namespace

Socket::Socket(int fd) : fd_(fd) { limit_waiting(fd_); }
Socket::Socket(Socket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
Socket::~Socket() {
  if (fd_ != -1) ::close(fd_);
}

void Socket::send(View bytes) {
  while (!bytes.empty()) {
    const ssize_t size = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (size < 0 && (errno == EPIPE || errno == ECONNRESET)) return;  // the shim has gone
    if (size < 0) fail("send");
    bytes = bytes.subspan(static_cast<std::size_t>(size));
  }
}

Bytes Socket::receive(std::size_t most) {
  Bytes bytes(most);
  const ssize_t size = ::recv(fd_, bytes.data(), bytes.size(), 0);
  if (size < 0 && errno != ECONNRESET) fail("recv");
  bytes.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
  return bytes;
}

Words operator+(Words a, const Words& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

Words identity_flags(const std::string& name) {
  const std::string path = GLASSTLS_TEST_DATA "/data/tls/" + name;
  return {"-cert-file", path + ".pem", "-key-file", path + ".key"};
}

Words Stage::command(Words flags, std::uint16_t port) {
  return Words{GLASSTLS_BOGO_SHIM, "-port", std::to_string(port), "-shim-id",
               std::to_string(shim_id)} +
         flags;
}

Stage::Stage(Words flags)
    : listening_(listen_on_loopback()), shim_(command(std::move(flags), port_of(listening_))) {}

Stage::~Stage() { ::close(listening_); }

Socket Stage::accept() {
  const int fd = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
  if (fd == -1) fail("accept");
  Socket socket(fd);
  Bytes id;
  while (id.size() < 8) {
    const Bytes more = socket.receive(8 - id.size());
    if (more.empty()) break;
    wire::append(id, more);
  }
  EXPECT_EQ(wire::hex(id), "efcdab8967452301");
  return socket;
}

Outcome Stage::end(std::optional<Socket> last) {
  last.reset();
  const int exit_code = shim_.wait();
  return {exit_code, shim_.output(), shim_.error()};
}

std::string failure_line(const std::string& reason) {
  return "tls-failure: " + reason + "\n--- DONE ---\n";
}

void expect_success(const Outcome& outcome) {
  EXPECT_EQ(outcome.exit_code, 0) << outcome.output;
  EXPECT_EQ(outcome.error, "");
  EXPECT_EQ(outcome.peer_error, "");
}

void expect_failure(const Outcome& outcome, const std::string& reason) {
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.error, failure_line(reason)) << outcome.output;
}

void expect_failed_check(const Outcome& outcome, const std::string& what) {
  expect_failure(outcome, "check failed");
  EXPECT_EQ(outcome.output, "check failed: " + what + "\n");
}

}  // namespace glasstls::bogo
