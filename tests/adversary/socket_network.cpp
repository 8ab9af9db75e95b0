#include "tests/adversary/socket_network.h"

#include <array>
#include <optional>
#include <stdexcept>
#include <utility>

namespace glasstls::adversary {

namespace {

using asio::ip::tcp;

/// Runs the loop until `start`'s handler has been called, or for `patience`: then `cancel` must
/// call it. Nothing if time was up.
template <class Start, class Cancel>
std::optional<asio::error_code> within(asio::io_context& loop, Patience patience, Start&& start,
                                       Cancel&& cancel) {
  std::optional<asio::error_code> result;
  start([&result](asio::error_code error, auto&&...) { result = error; });
  loop.restart();
  loop.run_for(patience);
  if (result) return result;
  cancel();
  loop.restart();
  loop.run();
  return std::nullopt;
}

class SocketTransport final : public Transport {
 public:
  SocketTransport(asio::io_context& loop, tcp::socket socket, Patience patience,
                  std::function<void()> prompt)
      : loop_(loop), socket_(std::move(socket)), patience_(patience), prompt_(std::move(prompt)) {
    asio::error_code ignored;  // of a peer that has gone already: receive() tells
    socket_.set_option(tcp::no_delay(true), ignored);
  }

  void send(View bytes) override {
    within(
        loop_, patience_,
        [&](auto handler) {
          asio::async_write(socket_, asio::buffer(bytes.data(), bytes.size()), handler);
        },
        [&] { cancel(); });
  }

  Arrival receive() override {
    std::array<std::uint8_t, 16'384> buffer{};
    std::size_t size = 0;
    const auto error = within(
        loop_, patience_,
        [&](auto handler) {
          socket_.async_read_some(asio::buffer(buffer),
                                  [&size, handler](asio::error_code failed, std::size_t n) {
                                    size = n;
                                    handler(failed);
                                  });
        },
        [&] { cancel(); });
    if (!error) return {Arrival::Kind::nothing, {}};
    if (*error) return {Arrival::Kind::end, {}};
    return {Arrival::Kind::bytes, wire::copy(View(buffer).first(size))};
  }

  void end_sending() override {
    asio::error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
  }

  void prompt() override { prompt_(); }

 private:
  void cancel() {
    asio::error_code ignored;
    socket_.cancel(ignored);
  }

  asio::io_context& loop_;
  tcp::socket socket_;
  Patience patience_;
  std::function<void()> prompt_;
};

}  // namespace

std::unique_ptr<Transport> ConnectingNetwork::next() {
  tcp::socket socket(loop_);
  const auto error = within(
      loop_, patience_, [&](auto handler) { socket.async_connect(server_, handler); },
      [&] { socket.close(); });
  if (!error) throw std::runtime_error("no connection in time");
  if (*error) throw std::runtime_error("no connection: " + error->message());
  return std::make_unique<SocketTransport>(loop_, std::move(socket), patience_, [] {});
}

ListeningNetwork::ListeningNetwork(const tcp::endpoint& address, Patience patience,
                                   Patience patience_for_clients, Clients clients)
    : acceptor_(loop_, address),
      patience_(patience),
      patience_for_clients_(patience_for_clients),
      clients_(std::move(clients)) {}

std::unique_ptr<Transport> ListeningNetwork::next() {
  clients_.next();
  tcp::socket socket(loop_);
  const auto error = within(
      loop_, patience_for_clients_, [&](auto handler) { acceptor_.async_accept(socket, handler); },
      [&] { acceptor_.cancel(); });
  if (!error) throw std::runtime_error("no client in time");
  if (*error) throw std::runtime_error("no client: " + error->message());
  return std::make_unique<SocketTransport>(loop_, std::move(socket), patience_, clients_.prompt);
}

}  // namespace glasstls::adversary
