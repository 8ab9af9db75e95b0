#include "tests/interop/relay.h"

#include <algorithm>
#include <array>
#include <asio.hpp>
#include <deque>
#include <stdexcept>
#include <thread>
#include <utility>

#include "tests/interop/process.h"

namespace glasstls::test {

namespace {

using asio::ip::tcp;

/// One direction of one connection.
struct Lane {
  tcp::socket& from;
  tcp::socket& to;
  std::string& said;
  std::size_t piece;
  std::array<char, 65'536> buffer{};

  /// Until the end, which is passed on; a reset is one too.
  void carry() {
    from.async_read_some(asio::buffer(buffer, piece),
                         [this](asio::error_code error, std::size_t size) {
                           if (error) {
                             asio::error_code ignored;
                             to.shutdown(tcp::socket::shutdown_send, ignored);
                             return;
                           }
                           said.append(buffer.data(), size);
                           asio::async_write(to, asio::buffer(buffer, size),
                                             [this](asio::error_code failed, std::size_t) {
                                               if (!failed) carry();
                                             });
                         });
  }
};

struct Link {
  Link(asio::io_context& io, std::size_t piece)
      : client(io),
        server(io),
        up{client, server, said.client, piece},
        down{server, client, said.server, piece} {}

  tcp::socket client, server;
  Conversation said;
  Lane up, down;
};

const auto loopback = asio::ip::address_v4::loopback();

}  // namespace

class Relay::Inside {
 public:
  Inside(std::uint16_t server_port, std::size_t piece)
      : server_(loopback, server_port),
        piece_(std::min(piece, std::tuple_size_v<decltype(Lane::buffer)>)),
        acceptor_(io_, {loopback, 0}) {
    accept();
    thread_ = std::thread([this] { io_.run_for(patience); });
  }
  ~Inside() {
    io_.stop();
    if (thread_.joinable()) thread_.join();
  }

  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

  std::vector<Conversation> finish() {
    asio::post(io_, [this] { acceptor_.close(); });
    thread_.join();
    if (!io_.stopped()) throw std::runtime_error("a connection through the relay does not end");
    std::vector<Conversation> all;
    for (Link& link : links_) all.push_back(std::move(link.said));
    return all;
  }

 private:
  void accept() {
    acceptor_.async_accept([this](asio::error_code error, tcp::socket socket) {
      if (error) return;
      Link& link = links_.emplace_back(io_, piece_);
      link.client = std::move(socket);
      link.client.set_option(tcp::no_delay(true));
      link.server.connect(server_);
      link.server.set_option(tcp::no_delay(true));
      link.up.carry();
      link.down.carry();
      accept();
    });
  }

  tcp::endpoint server_;
  std::size_t piece_;
  asio::io_context io_{1};
  tcp::acceptor acceptor_;
  std::deque<Link> links_;  // where they are made they stay
  std::thread thread_;
};

Relay::Relay(std::uint16_t server_port, std::size_t piece)
    : inside_(std::make_unique<Inside>(server_port, piece)) {}
Relay::~Relay() = default;

std::uint16_t Relay::port() const { return inside_->port(); }

std::vector<Conversation> Relay::finish() { return inside_->finish(); }

}  // namespace glasstls::test
