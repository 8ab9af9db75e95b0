#include "tests/interop/tls_client.h"

#include <arpa/inet.h>
#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sstream>
#include <stdexcept>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <variant>

#include "tests/interop/peers.h"
#include "tests/interop/process.h"

namespace glasstls::test {

namespace {

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

std::string content(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

}  // namespace

// --- TCP -----------------------------------------------------------------------------------------

TcpClient::TcpClient(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  if (fd_ == -1) fail("socket");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(fd_);
    fail("connect");
  }
  const int yes = 1;
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  ::fcntl(fd_, F_SETFL, O_NONBLOCK);
}

TcpClient::~TcpClient() {
  if (fd_ != -1) ::close(fd_);
}

void TcpClient::wait_for(short event) const {
  pollfd waiting{fd_, event, 0};
  const std::chrono::milliseconds limit = patience;
  if (::poll(&waiting, 1, static_cast<int>(limit.count())) != 1)
    throw std::runtime_error("the server does nothing");
}

bool TcpClient::has_received() const {
  pollfd now{fd_, POLLIN, 0};
  return ::poll(&now, 1, 0) == 1;
}

std::size_t TcpClient::send_until_full(View bytes) {
  std::size_t all = 0;
  while (all < bytes.size()) {
    const ssize_t size = ::send(fd_, bytes.data() + all, bytes.size() - all, MSG_NOSIGNAL);
    if (size < 0 && errno == EAGAIN) break;
    if (size < 0) fail("send");
    all += static_cast<std::size_t>(size);
  }
  return all;
}

void TcpClient::send(View bytes) {
  for (;;) {
    bytes = bytes.subspan(send_until_full(bytes));
    if (bytes.empty()) return;
    wait_for(POLLOUT);
  }
}

Bytes TcpClient::receive(std::size_t most) {
  Bytes bytes(most);
  for (;;) {
    const ssize_t size = ::recv(fd_, bytes.data(), bytes.size(), 0);
    if (size < 0 && errno != EAGAIN) fail("recv");
    if (size >= 0) {
      bytes.resize(static_cast<std::size_t>(size));
      return bytes;
    }
    wait_for(POLLIN);
  }
}

Bytes TcpClient::receive_all() {
  Bytes all;
  for (Bytes some = receive(); !some.empty(); some = receive())
    all.insert(all.end(), some.begin(), some.end());
  return all;
}

void TcpClient::half_close() { ::shutdown(fd_, SHUT_WR); }

void TcpClient::reset() {
  const linger now{1, 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  ::close(std::exchange(fd_, -1));
}

// --- TLS -----------------------------------------------------------------------------------------

tls::ClientSettings client_settings() {
  x509::TrustStore roots;
  for (const char* name : {"ca-rsa.pem", "ca-ec.pem"})
    static_cast<void>(roots.add(wire::as_bytes(content(certificate_file(name)))));
  tls::ClientSettings settings;
  settings.roots = std::make_shared<const x509::TrustStore>(std::move(roots));
  return settings;
}

TlsClient::TlsClient(std::uint16_t port, tls::ClientSettings settings, const std::string& name)
    : tcp_(port),
      connection_(std::make_shared<const tls::Config>(std::move(settings)),
                  x509::ServerName::parse(name).value()) {}

void TlsClient::flush() {
  for (View out = connection_.to_send(); !out.empty(); out = connection_.to_send()) {
    tcp_.send(out);
    connection_.sent(out.size());
  }
}

std::optional<tls::Event> TlsClient::next() {
  for (;;) {
    auto event = connection_.next_event();
    flush();
    if (event) {
      if (const auto* failed = std::get_if<tls::Failed>(&*event)) failed_ = *failed;
      return failed_ ? std::nullopt : std::move(event);
    }
    const MutableView space = connection_.receive_buffer();
    if (space.empty()) return std::nullopt;
    const Bytes bytes = tcp_.receive(space.size());
    if (bytes.empty()) {
      connection_.end_of_stream();
      continue;
    }
    std::copy(bytes.begin(), bytes.end(), space.begin());
    connection_.received(bytes.size());
  }
}

const handshake::Agreement& TlsClient::handshake() {
  while (!agreement_) {
    const auto event = next();
    if (!event)
      throw std::runtime_error("no handshake: " +
                               (failed_ ? failed_->reason : std::string("closed")));
    if (const auto* completed = std::get_if<tls::HandshakeCompleted>(&*event))
      agreement_ = completed->agreement;
  }
  return *agreement_;
}

void TlsClient::write(std::string_view data) {
  View left = wire::as_bytes(data);
  while (!left.empty()) {
    left = left.subspan(connection_.write(left));
    flush();
  }
}

std::string TlsClient::read_record() {
  while (const auto event = next()) {
    if (const auto* data = std::get_if<tls::ApplicationData>(&*event))
      return std::string(wire::as_text(data->data));
    if (std::holds_alternative<tls::PeerClosed>(*event)) return {};
  }
  throw std::runtime_error("no data: " + (failed_ ? failed_->reason : std::string("closed")));
}

std::string TlsClient::read_all() {
  std::string all;
  for (std::string some = read_record(); !some.empty(); some = read_record()) all += some;
  return all;
}

void TlsClient::close() {
  connection_.close();
  flush();
}

}  // namespace glasstls::test
