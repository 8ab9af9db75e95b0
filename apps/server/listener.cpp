#include "apps/server/listener.h"

#include <chrono>
#include <fmt/format.h>
#include <string>
#include <utility>

#include "apps/endpoint.h"
#include "apps/error.h"
#include "apps/server/descriptors.h"
#include "apps/server/insist.h"

namespace glasstls::apps {

namespace {

using asio::ip::tcp;

/// Descriptors and memory come back when connections end; asking all the time brings none.
constexpr std::chrono::milliseconds retry_after{100};

void listen(tcp::acceptor& acceptor, const tcp::endpoint& address) {
  acceptor.open(address.protocol());
  acceptor.set_option(tcp::acceptor::reuse_address(true));
  acceptor.bind(address);
  acceptor.listen();
}

}  // namespace

Listener::Listener(asio::io_context& loop, const tcp::endpoint& address, ServerReport& report)
    : acceptor_(loop), retry_(loop), report_(report), descriptor_limit_(raise_descriptor_limit()) {
  try {
    listen(acceptor_, address);
    address_ = acceptor_.local_endpoint();
  } catch (const asio::system_error& error) {
    throw CommandError(ExitCode::no_connection,
                       "cannot listen on " + text_of(address) + ": " + error.code().message());
  }
}

void Listener::start(ChooseLoop choose_loop, Accepted accepted) {
  choose_loop_ = std::move(choose_loop);
  accepted_ = std::move(accepted);
  accept();
}

void Listener::resume() {
  paused_ = false;
  accept();
}

void Listener::stop() {
  asio::error_code ignored;
  acceptor_.close(ignored);
  retry_.cancel();
}

void Listener::restart() {
  ++restarts_;
  asio::error_code ignored;
  acceptor_.cancel(ignored);
  retry_.cancel();
  accepting_ = false;
  accept();
}

void Listener::accept() {
  if (paused_ || !acceptor_.is_open() || std::exchange(accepting_, true)) return;
  const auto answer = [this, asked = restarts_](asio::error_code error, Socket socket) {
    if (asked != restarts_) return;
    accepting_ = false;
    if (error) return on_error(error);
    accepted_(std::move(socket), peer_);
    accept();
  };
  insist([&] { acceptor_.async_accept(choose_loop_(), peer_, answer); });
}

void Listener::on_error(asio::error_code error) {
  if (!acceptor_.is_open()) return;
  if (error == asio::error::no_descriptors)
    tell_once(fmt::format(
        "no more than {} files and connections can be open at once (the descriptor limit; see "
        "ulimit -Hn): new connections wait",
        descriptor_limit_));
  else if (error != asio::error::connection_aborted)
    tell_once("a connection could not be accepted: " + error.message());

  accepting_ = true;
  retry_.expires_after(retry_after);
  insist([this] {
    retry_.async_wait([this](asio::error_code stopped) {
      if (stopped) return;
      accepting_ = false;
      accept();
    });
  });
}

void Listener::tell_once(std::string_view text) {
  if (!std::exchange(trouble_told_, true)) report_.say(std::string(text) + "\n");
}

}  // namespace glasstls::apps
