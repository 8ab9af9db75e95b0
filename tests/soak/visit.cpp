#include "tests/soak/visit.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <variant>

namespace glasstls::soak {

namespace {

/// For any sign of life: the server may be slow under faults, but not deaf.
constexpr std::chrono::seconds patience{20};

}  // namespace

Visit::Visit(asio::io_context& io, const asio::ip::tcp::endpoint& server, Plan plan,
             std::uint64_t seed, Done done)
    : socket_(io),
      patience_(io),
      server_(server),
      plan_(std::move(plan)),
      content_(seed),
      done_(std::move(done)),
      connection_(plan_.config, x509::ServerName::parse("localhost").value()) {}

void Visit::start() {
  watch();
  socket_.async_connect(server_, [self = shared_from_this()](asio::error_code error) {
    if (self->finished_) return;
    if (error) return self->finish("cannot connect: " + error.message());
    self->socket_.non_blocking(true);
    self->socket_.set_option(asio::ip::tcp::no_delay(true));
    self->go_on();
  });
}

void Visit::watch() {
  patience_.expires_after(patience);
  patience_.async_wait(
      [self = shared_from_this(), before = sent_ + received_](asio::error_code error) {
        if (error) return;
        if (self->sent_ + self->received_ == before) return self->finish(kept_waiting);
        self->watch();
      });
}

/// As far as it goes, then waits for the network.
void Visit::go_on() {
  while (!finished_) {
    write_content();
    flush();
    if (leave_if_due()) return;
    const auto event = connection_.next_event();
    if (!event) break;
    on(*event);
  }
  if (!finished_) wait();
}

void Visit::write_content() {
  if (!outcome_.connected || closing_) return;
  while (outcome_.bytes_sent < plan_.bytes) {
    const auto left = static_cast<std::size_t>(
        std::min<std::uint64_t>(plan_.bytes - outcome_.bytes_sent, SIZE_MAX));
    const std::size_t taken = connection_.write(content_.at(outcome_.bytes_sent, left));
    if (taken == 0) return;
    outcome_.bytes_sent += taken;
  }
}

/// An echo that is not read stops reading: so we never stop.
void Visit::wait() {
  connection_.received(0);
  wait_for(asio::socket_base::wait_read, waits_readable_);
  if (!connection_.to_send().empty()) wait_for(asio::socket_base::wait_write, waits_writable_);
}

void Visit::wait_for(asio::socket_base::wait_type what, bool& waits) {
  if (std::exchange(waits, true)) return;
  socket_.async_wait(what, [self = shared_from_this(), &waits](asio::error_code error) {
    waits = false;
    if (error || self->finished_) return;
    self->read();
    self->go_on();
  });
}

void Visit::read() {
  const MutableView space = connection_.receive_buffer();
  if (space.empty()) return;
  std::uint64_t most = std::min<std::uint64_t>(space.size(), plan_.piece);
  if (plan_.leave_after_received) most = std::min(most, *plan_.leave_after_received - received_);
  asio::error_code error;
  const std::size_t size =
      socket_.read_some(asio::buffer(space.data(), static_cast<std::size_t>(most)), error);
  if (error == asio::error::would_block) return;
  if (error && error != asio::error::eof) return finish("reset: " + error.message());
  if (error) {
    connection_.end_of_stream();
  } else {
    received_ += size;
    connection_.received(size);
  }
}

void Visit::flush() {
  for (View out = connection_.to_send(); !out.empty(); out = connection_.to_send()) {
    std::uint64_t most = std::min<std::uint64_t>(out.size(), plan_.piece);
    if (plan_.leave_after_sent) most = std::min(most, *plan_.leave_after_sent - sent_);
    if (most == 0) return;
    asio::error_code error;
    const std::size_t size =
        socket_.write_some(asio::buffer(out.data(), static_cast<std::size_t>(most)), error);
    if (error == asio::error::would_block) return;
    if (error) return finish("cannot send: " + error.message());
    sent_ += size;
    connection_.sent(size);
  }
}

bool Visit::leave_if_due() {
  const bool due = (plan_.leave_after_sent && sent_ >= *plan_.leave_after_sent) ||
                   (plan_.leave_after_received && received_ >= *plan_.leave_after_received);
  if (!due || finished_) return due;
  outcome_.left = true;
  finish("");
  return true;
}

// --- Events --------------------------------------------------------------------------------------

void Visit::on(const tls::Event& event) {
  if (const auto* completed = std::get_if<tls::HandshakeCompleted>(&event)) {
    outcome_.connected = true;
    outcome_.resumed = completed->agreement.resumed != handshake::Resumption::none;
    if (plan_.bytes == 0) close();
  } else if (const auto* data = std::get_if<tls::ApplicationData>(&event)) {
    on_data(data->data);
  } else if (const auto* failed = std::get_if<tls::Failed>(&event)) {
    finish(failed->alert ? failed->reason + " (" + std::string(name_of(*failed->alert)) + ")"
                         : failed->reason);
  } else if (std::holds_alternative<tls::PeerClosed>(event)) {
    finish(closing_ ? "" : "the server closed early");
  }
}

void Visit::on_data(View data) {
  if (data.size() > plan_.bytes - outcome_.bytes_received ||
      !content_.matches(outcome_.bytes_received, data))
    return finish(wrong_content);
  outcome_.bytes_received += data.size();
  if (outcome_.bytes_received == plan_.bytes) close();
}

void Visit::close() {
  closing_ = true;
  connection_.close();
}

/// Who has heard the server's close_notify has all: a reset then spares TCP to wait for stray packets,
/// which would use up the ports.
void Visit::finish(const std::string& failure) {
  if (std::exchange(finished_, true)) return;
  outcome_.failure = failure;
  asio::error_code ignored;
  if (!outcome_.left || plan_.reset)
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
  socket_.close(ignored);
  patience_.cancel();
  done_(outcome_);
}

}  // namespace glasstls::soak
