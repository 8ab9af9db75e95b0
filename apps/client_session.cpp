#include "apps/client_session.h"

#include <array>
#include <cstdint>
#include <stdexcept>
#include <utility>
#include <variant>

#include "apps/endpoint.h"
#include "apps/options.h"

namespace glasstls::apps {

namespace {

using asio::ip::tcp;

ExitCode exit_code_for(tls::Failed::Cause cause) {
  switch (cause) {
    case tls::Failed::Cause::protocol: return ExitCode::protocol_error;
    case tls::Failed::Cause::certificate: return ExitCode::not_trusted;
    case tls::Failed::Cause::peer_alert: return ExitCode::peer_alert;
    case tls::Failed::Cause::not_tls: return ExitCode::not_tls;
    case tls::Failed::Cause::truncated: return ExitCode::timed_out;
    case tls::Failed::Cause::internal: return ExitCode::internal_error;
  }
  return ExitCode::internal_error;
}

}  // namespace

ClientSession::ClientSession(SessionOptions options, tls::Connection connection,
                             ClientListener& listener)
    : options_(std::move(options)),
      connection_(std::move(connection)),
      listener_(listener),
      input_(io_, options_.full_portions) {
  if (!options_.tap) options_.tap = std::make_shared<Tap>();
}

SessionResult ClientSession::run() {
  expect_progress();
  connect();
  io_.run();
  return std::move(result_);
}

void ClientSession::finish(ExitCode code, std::string error) {
  if (std::exchange(finished_, true)) return;
  result_.code = code;
  result_.error = std::move(error);
  resolver_.cancel();
  progress_.cancel();
  linger_.cancel();
  input_.stop();
  close_socket();
}

/// What has come and is not read is taken first: closing over it makes TCP send a reset, which can
/// overtake an alert that was just sent.
void ClientSession::close_socket() {
  asio::error_code error;
  if (!result_.remote.empty()) options_.tap->ended();
  socket_.shutdown(tcp::socket::shutdown_send, error);
  std::array<std::uint8_t, 4096> unread{};
  for (int i = 0; i < 64 && !error; ++i) {
    const std::size_t size = socket_.read_some(asio::buffer(unread), error);
    options_.tap->received(View(unread).first(size));
  }
  options_.tap->processed();
  if (error == asio::error::eof) options_.tap->peer_ended(false);
  socket_.close(error);
}

void ClientSession::remark(std::string text) {
  constexpr std::size_t most = 20;
  if (result_.remarks.size() < most) result_.remarks.push_back(std::move(text));
}

/// (Re)starts the clock against which the peer must do something.
void ClientSession::expect_progress() {
  progress_.expires_after(options_.timeout);
  progress_.async_wait([this](asio::error_code error) {
    if (error || finished_) return;
    const std::string limit = seconds_text(options_.timeout);
    if (!socket_.is_open() || result_.remote.empty())
      finish(ExitCode::no_connection,
             "no connection to " + options_.address.host + " within " + limit);
    else if (!result_.agreement)
      finish(ExitCode::timed_out, "timed out: the handshake was not complete within " + limit);
    else
      finish(ExitCode::timed_out,
             "timed out: the peer took nothing of what we had to send for " + limit);
  });
}

// --- Connecting ----------------------------------------------------------------------------------

void ClientSession::connect() {
  const Address& address = options_.address;
  resolver_.async_resolve(
      address.host, address.port, [this](asio::error_code error, const auto& endpoints) {
        if (finished_) return;
        if (error)
          return finish(ExitCode::no_connection, "the name " + options_.address.host +
                                                     " cannot be resolved: " + error.message());
        asio::async_connect(
            socket_, endpoints, [this](asio::error_code failed, const tcp::endpoint& endpoint) {
              if (finished_) return;
              if (failed)
                return finish(ExitCode::no_connection, "no connection to " + options_.address.host +
                                                           " port " + options_.address.port + ": " +
                                                           failed.message());
              result_.remote = text_of(endpoint);
              asio::error_code ignored;
              options_.tap->connected(socket_.local_endpoint(ignored), endpoint);
              start_tls();
            });
      });
}

void ClientSession::start_tls() {
  asio::error_code ignored;
  socket_.set_option(tcp::no_delay(true), ignored);
  socket_.non_blocking(true, ignored);
  handle_events();  // an engine that cannot even start says so here
  if (finished_) return;
  flush();
  wait_readable();
}

// --- From the network ----------------------------------------------------------------------------

void ClientSession::wait_readable() {
  if (finished_) return;
  socket_.async_wait(tcp::socket::wait_read, [this](asio::error_code error) {
    if (error || finished_) return;
    read_socket();
  });
}

void ClientSession::read_socket() {
  handle_events();
  if (finished_) return;
  const MutableView space = connection_.receive_buffer();
  if (space.empty())
    return finish(ExitCode::internal_error, "the connection reads no more, and does not say why");
  asio::error_code error;
  const std::size_t size = socket_.read_some(asio::buffer(space.data(), space.size()), error);
  if (error == asio::error::would_block || error == asio::error::interrupted)
    return wait_readable();
  stream_was_reset_ = error && error != asio::error::eof;
  if (error) {
    options_.tap->peer_ended(stream_was_reset_);
    connection_.end_of_stream();
  } else {
    options_.tap->received(space.first(size));
    connection_.received(size);
  }
  handle_events();
  options_.tap->processed();
  flush();
  wait_readable();
}

void ClientSession::handle_events() {
  while (const auto event = connection_.next_event()) {
    std::visit([this](const auto& happened) { on(happened); }, *event);
    if (finished_) return;
  }
}

void ClientSession::on(const tls::HandshakeCompleted& completed) {
  progress_.cancel();
  result_.agreement = completed.agreement;
  if (!export_all()) return;
  listener_.connected(result_);
  if (!result_.false_start) want_input();
}

/// The clock of the handshake runs on: the server's Finished is still to come.
void ClientSession::on(const tls::FalseStart&) {
  result_.false_start = true;
  want_input();
}

void ClientSession::on(const tls::SignatureWanted&) {
  finish(ExitCode::internal_error, "a signature was asked for, though our key is here");
}

bool ClientSession::export_all() {
  for (const ExportRequest& request : options_.exports) {
    try {
      std::optional<View> context;
      if (request.context) context = *request.context;
      result_.exported.push_back(
          {request, connection_.export_keying_material(request.label, context, request.length)});
    } catch (const std::invalid_argument& error) {
      close_connection();
      finish(ExitCode::usage, std::string("--export: ") + error.what());
      return false;
    }
  }
  return true;
}

void ClientSession::on(const tls::ApplicationData& received) {
  result_.bytes_received += received.data.size();
  listener_.received(received.data);
  touch_linger();
}

void ClientSession::on(const tls::PeerClosed&) {
  if (!pending_.empty())
    remark("the peer closed before all input was sent");
  else if (!input_done_)
    remark("the peer closed before the input had ended");
  flush();
  finish(ExitCode::done);
}

void ClientSession::on(const tls::WarningReceived& warning) {
  remark("the peer sent a warning: " + std::string(name_of(warning.description)));
}

void ClientSession::on(const tls::RenegotiationRefused&) {
  remark("the peer asked for a renegotiation, which was refused");
}

void ClientSession::on(const tls::RecordLimit& limit) {
  if (limit.records_left > 0) {
    remark("a key is nearly used up");
    return;
  }
  flush();
  finish(ExitCode::timed_out,
         "a key has protected as many records as it may: the connection was closed early");
}

void ClientSession::on(const tls::Failed& failed) {
  if (is_orderly_end(failed)) return finish(ExitCode::done);
  result_.failed = failed;
  flush();  // the alert
  finish(exit_code_for(failed.cause));
}

/// RFC 5246, 7.2.1: who closed first need not be answered. But what was sent must have gone out, and
/// what came must have ended between two records.
bool ClientSession::is_orderly_end(const tls::Failed& failed) const {
  return closing_ && failed.cause == tls::Failed::Cause::truncated && !failed.offset &&
         !stream_was_reset_ && all_sent();
}

// --- To the network ------------------------------------------------------------------------------

/// Whether the network has taken all that we have to say.
bool ClientSession::all_sent() const {
  return input_done_ && pending_.empty() && connection_.to_send().empty();
}

void ClientSession::flush() {
  while (!finished_ && !writing_) {
    write_pending();
    const View bytes = connection_.to_send();
    if (bytes.empty()) break;
    asio::error_code error;
    const std::size_t size = socket_.write_some(asio::buffer(bytes.data(), bytes.size()), error);
    if (error == asio::error::would_block) return wait_writable();
    if (error) return;  // what the peer said before it went away is read first
    options_.tap->sent(bytes.first(size));
    connection_.sent(size);
    if (result_.agreement) progress_.cancel();
  }
  if (finished_) return;
  handle_events();  // writing can use up a key
  if (all_sent()) on_all_sent();
}

void ClientSession::wait_writable() {
  writing_ = true;
  if (result_.agreement) expect_progress();
  socket_.async_wait(tcp::socket::wait_write, [this](asio::error_code error) {
    writing_ = false;
    if (error || finished_) return;
    flush();
  });
}

// --- From the user -------------------------------------------------------------------------------

void ClientSession::want_input() {
  if (options_.send) {
    const View text = wire::as_bytes(*options_.send);
    return on_input(text, true);
  }
  input_.read([this](View data, bool end, const std::string& error) {
    if (!error.empty()) return finish(ExitCode::usage, "standard input: " + error);
    on_input(data, end);
  });
}

void ClientSession::on_input(View data, bool end) {
  if (finished_) return;
  pending_ = wire::copy(data);
  pending_taken_ = 0;
  input_done_ = end;
  if (pending_.empty()) want_more_input();
  flush();
}

/// Gives the connection what it will take.
void ClientSession::write_pending() {
  if (pending_.empty() || closing_) return;
  const std::size_t taken = connection_.write(View(pending_).subspan(pending_taken_));
  result_.bytes_sent += taken;
  pending_taken_ += taken;
  if (pending_taken_ < pending_.size()) return;
  pending_.clear();
  want_more_input();
}

/// Not at once: we may be in the middle of sending.
void ClientSession::want_more_input() {
  if (input_done_ || closing_) return;
  asio::post(io_, [this] {
    if (!finished_) want_input();
  });
}

/// We have said all: close at once, or listen until the peer closes or falls silent.
void ClientSession::on_all_sent() {
  if (finished_ || !result_.agreement) return;
  if (options_.half_close && !closing_) return close_connection();
  if (!linger_armed_) touch_linger();
}

/// (Re)starts the clock of silence, once everything is on its way.
void ClientSession::touch_linger() {
  if (finished_ || !all_sent()) return;
  linger_armed_ = true;
  linger_.expires_after(options_.linger);
  linger_.async_wait([this](asio::error_code error) {
    if (error || finished_) return;
    const std::string silence = "the peer was silent for " + seconds_text(options_.linger);
    remark(silence +
           (closing_ ? " and did not close: its answer may not be whole" : ", so we closed"));
    if (closing_) return finish(ExitCode::done);
    close_connection();
  });
}

void ClientSession::close_connection() {
  closing_ = true;
  linger_armed_ = false;  // starts anew, for the peer's close_notify
  connection_.close();
  flush();
}

}  // namespace glasstls::apps
