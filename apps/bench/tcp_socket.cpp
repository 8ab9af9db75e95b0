#include "apps/bench/tcp_socket.h"

#include <cerrno>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace glasstls::apps::bench {

namespace {

TcpSocket::Done done(ssize_t result) {
  if (result < 0) return {0, errno};
  return {static_cast<std::size_t>(result), 0};
}

void set(int descriptor, int option, int value) {
  ::setsockopt(descriptor, IPPROTO_TCP, option, &value, sizeof value);
}

}  // namespace

bool TcpSocket::Done::would_block() const { return error == EAGAIN || error == EWOULDBLOCK; }

/// Without quick acknowledgements the last step of TCP's handshake is not sent alone, but with the
/// ClientHello: a packet less, and the server is woken once. Each connection forgets that.
int TcpSocket::open(const asio::ip::tcp::endpoint& server) {
  if (!is_open()) {
    descriptor_ =
        ::socket(server.protocol().family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor_ == -1) return errno;
    set(descriptor_, TCP_NODELAY, 1);
  }
  set(descriptor_, TCP_QUICKACK, 0);
  return 0;
}

int TcpSocket::connect(const asio::ip::tcp::endpoint& server) const {
  const int result = ::connect(descriptor_, server.data(), static_cast<socklen_t>(server.size()));
  return result == 0 || errno == EINPROGRESS ? 0 : errno;
}

TcpSocket::Done TcpSocket::read(MutableView space) const {
  return done(::recv(descriptor_, space.data(), space.size(), 0));
}

TcpSocket::Done TcpSocket::write(View data) const {
  return done(::send(descriptor_, data.data(), data.size(), MSG_NOSIGNAL));
}

void TcpSocket::close() {
  if (is_open()) ::close(std::exchange(descriptor_, -1));
}

void TcpSocket::reset() {
  const sockaddr nobody{AF_UNSPEC, {}};
  if (is_open() && ::connect(descriptor_, &nobody, sizeof nobody) != 0) close();
}

}  // namespace glasstls::apps::bench
