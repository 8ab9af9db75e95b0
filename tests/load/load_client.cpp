#include "tests/load/load_client.h"

#include <utility>
#include <variant>

namespace glasstls::test {

LoadClient::LoadClient(asio::io_context& io, const LoadTask& task, Connected connected, Done done)
    : socket_(io),
      connection_(task.config, x509::ServerName::parse(task.name).value()),
      task_(task),
      connected_(std::move(connected)),
      done_(std::move(done)) {}

void LoadClient::start() {
  socket_.async_connect(task_.server, [self = shared_from_this()](asio::error_code error) {
    if (error) return self->finish("cannot connect: " + error.message());
    self->socket_.non_blocking(true);
    self->go_on();
  });
}

void LoadClient::release() {
  closing_ = true;
  connection_.close();
  go_on();
}

/// As far as it goes, then waits for the network.
void LoadClient::go_on() {
  while (!finished_) {
    if (established_ && written_ < task_.message.size())
      written_ += connection_.write(wire::as_bytes(task_.message).subspan(written_));
    flush();
    const auto event = connection_.next_event();
    if (!event) break;
    on(*event);
  }
  if (!finished_) wait();
}

void LoadClient::wait() {
  connection_.received(0);  // an idle client holds no buffer either
  const bool blocked = !connection_.to_send().empty();
  const auto what = blocked ? asio::socket_base::wait_write : asio::socket_base::wait_read;
  socket_.async_wait(what, [self = shared_from_this()](asio::error_code error) {
    if (error || self->finished_) return;
    self->read();
    self->go_on();
  });
}

void LoadClient::read() {
  const MutableView space = connection_.receive_buffer();
  if (space.empty()) return;
  asio::error_code error;
  const std::size_t size = socket_.read_some(asio::buffer(space.data(), space.size()), error);
  if (error == asio::error::would_block) return;
  if (error && error != asio::error::eof) return finish("reset: " + error.message());
  if (error)
    connection_.end_of_stream();
  else
    connection_.received(size);
}

void LoadClient::flush() {
  for (View out = connection_.to_send(); !out.empty(); out = connection_.to_send()) {
    asio::error_code error;
    const std::size_t size = socket_.write_some(asio::buffer(out.data(), out.size()), error);
    if (error == asio::error::would_block) return;
    if (error) return finish("cannot send: " + error.message());
    connection_.sent(size);
  }
}

void LoadClient::on(const tls::Event& event) {
  if (const auto* completed = std::get_if<tls::HandshakeCompleted>(&event)) {
    established_ = true;
    connected_(completed->agreement);
  } else if (const auto* data = std::get_if<tls::ApplicationData>(&event)) {
    on_data(data->data);
  } else if (const auto* failed = std::get_if<tls::Failed>(&event)) {
    finish(failed->reason);
  } else if (std::holds_alternative<tls::PeerClosed>(event)) {
    flush();
    finish(closing_ ? "" : "the server closed early");
  }
}

void LoadClient::on_data(View data) {
  heard_ += wire::as_text(data);
  if (heard_.size() < task_.message.size()) return;
  if (heard_ != task_.message) return finish("what came back is not what was sent");
  closing_ = true;
  connection_.close();
}

void LoadClient::finish(const std::string& error) {
  if (std::exchange(finished_, true)) return;
  asio::error_code ignored;
  socket_.close(ignored);
  done_(error);
}

}  // namespace glasstls::test
