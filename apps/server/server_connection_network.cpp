// ServerConnection, the half that deals with the network and with time.
#include <algorithm>
#include <array>
#include <exception>
#include <utility>

#include "apps/options.h"
#include "apps/server/server_connection.h"

namespace glasstls::apps {

namespace {

using asio::ip::tcp;
using Outcome = ConnectionResult::Outcome;

constexpr int reads_in_a_row = 8;                           // then others have their turn
constexpr std::chrono::seconds patience_at_the_end{5};      // for each step that the peer must take
constexpr std::size_t most_drained = std::size_t{1} << 20;  // bytes

}  // namespace

void ServerConnection::start() {
  guarded([this] {
    asio::error_code ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
    socket_.non_blocking(true, ignored);
    tap_->connected(socket_.local_endpoint(ignored), socket_.remote_endpoint(ignored));
  });
}

/// Runs what the loop calls. An exception is our own fault, and ends this connection, not the server.
template <class Work>
void ServerConnection::guarded(Work&& work) {
  if (phase_ == Phase::gone) return;
  const auto self = shared_from_this();
  try {
    work();
    settle();
  } catch (const std::exception& error) {
    give_up(error);
  }
}

/// Perhaps there is no memory to tell it as other ends are told.
void ServerConnection::give_up(const std::exception& error) {
  try {
    result_.outcome = Outcome::failed;
    result_.error = "internal error: " + std::string(error.what());
    if (told_) report_.line(result_.error);
    report_.flush();
  } catch (const std::exception&) {
    server_report_.say_error("internal error", error);
  }
  vanish();
}

// --- The network ---------------------------------------------------------------------------------

/// Not while the responder has an answer that was not taken: so the peer's sending stops too.
bool ServerConnection::wants_to_read() const {
  if (stream_ended_ || phase_ == Phase::ending || phase_ == Phase::gone) return false;
  return !responder_ || send_failed_ || responder_->wants_data();
}

void ServerConnection::read() {
  talk();
  for (int i = 0; i < reads_in_a_row && wants_to_read(); ++i) {
    const bool more = read_once();
    talk();
    tap_->processed();
    if (!more) return;
  }
}

/// False: there is no more for now.
bool ServerConnection::read_once() {
  const MutableView space = connection_.receive_buffer();
  if (space.empty()) return false;
  asio::error_code error;
  const std::size_t size = socket_.read_some(asio::buffer(space.data(), space.size()), error);
  if (error == asio::error::would_block || error == asio::error::interrupted) return false;
  last_activity_ = Clock::now();
  stream_ended_ = static_cast<bool>(error);
  if (error) {
    tap_->peer_ended(error != asio::error::eof);
    connection_.end_of_stream();
  } else {
    tap_->received(space.first(size));
    connection_.received(size);
  }
  return size == space.size();
}

/// What there is to send, as far as the network takes it: true if it took some.
bool ServerConnection::send() {
  bool some = false;
  while (!send_failed_) {
    const View bytes = connection_.to_send();
    if (bytes.empty()) break;
    asio::error_code error;
    const std::size_t size = socket_.write_some(asio::buffer(bytes.data(), bytes.size()), error);
    if (error == asio::error::would_block) break;
    if (error == asio::error::interrupted) continue;
    send_failed_ =
        static_cast<bool>(error);  // what the peer said before it went away is still read
    if (error) break;
    tap_->sent(bytes.first(size));
    connection_.sent(size);
    taken_ += size;
    some = true;
  }
  if (some) last_activity_ = Clock::now();
  return some;
}

void ServerConnection::wait_readable() {
  if (std::exchange(waits_readable_, true)) return;
  socket_.async_wait(tcp::socket::wait_read, [self = shared_from_this()](asio::error_code error) {
    self->waits_readable_ = false;
    if (error == asio::error::operation_aborted) return;
    self->guarded([&] { self->read(); });
  });
}

void ServerConnection::wait_writable() {
  if (std::exchange(waits_writable_, true)) return;
  socket_.async_wait(tcp::socket::wait_write, [self = shared_from_this()](asio::error_code error) {
    self->waits_writable_ = false;
    if (error == asio::error::operation_aborted) return;
    self->guarded([&] {
      self->send();
      self->talk();
    });
  });
}

// --- Ends ----------------------------------------------------------------------------------------

void ServerConnection::wind_up() {
  winding_up_ = true;
  guarded([this] { talk(); });
}

void ServerConnection::abort() {
  if (phase_ == Phase::gone) return;
  if (phase_ != Phase::ending) {
    result_.outcome = Outcome::stopped;
    result_.error = "the server was stopped before this connection had come to its end";
  }
  vanish();
}

/// Ends with close_notify.
void ServerConnection::close(Outcome outcome, std::string error) {
  if (phase_ == Phase::ending || phase_ == Phase::gone) return;
  connection_.close();
  end(outcome, std::move(error));
}

void ServerConnection::end(Outcome outcome, std::string error) {
  result_.outcome = outcome;
  result_.error = std::move(error);
  phase_ = Phase::ending;
  is_owed_ = false;  // its clock starts anew
  responder_.reset();
  leave_handshake();
  tell();
}

/// Sends and drops at the same time: the peer may be one that does not read before it has written.
void ServerConnection::go_on_ending() {
  send();
  drain();
  const bool all_sent = send_failed_ || connection_.to_send().empty();
  if (!all_sent) return;
  if (!std::exchange(half_closed_, true)) {
    tap_->ended();
    asio::error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
  }
  if (send_failed_ || stream_ended_ || drained_ > most_drained) vanish();
}

void ServerConnection::drain() {
  std::array<std::uint8_t, 16'384> unread;
  for (int i = 0; i < reads_in_a_row && wants_to_drain(); ++i) {
    asio::error_code error;
    const std::size_t size = socket_.read_some(asio::buffer(unread), error);
    if (error == asio::error::would_block || error == asio::error::interrupted) return;
    tap_->received(View(unread).first(size));
    tap_->processed();
    drained_ += size;
    stream_ended_ = static_cast<bool>(error);
    if (error) tap_->peer_ended(error != asio::error::eof);
  }
}

bool ServerConnection::wants_to_drain() const {
  return phase_ == Phase::ending && !stream_ended_ && drained_ <= most_drained;
}

void ServerConnection::vanish() {
  phase_ = Phase::gone;
  timer_.cancel();
  tell_of_the_end();
  asio::error_code ignored;
  socket_.close(ignored);
  leave_handshake();
  owner_.ended(*this);
}

void ServerConnection::tell_of_the_end() noexcept {
  try {
    if (!std::exchange(half_closed_, true)) tap_->ended();
    tell();
    report_.gone();
  } catch (const std::exception& error) {
    server_report_.say_error("the end of a connection could not be told", error);
  }
}

/// What became of it is known before the network has done its part.
void ServerConnection::tell() {
  if (!std::exchange(told_, true)) report_.ended(result_, agreement_ ? &*agreement_ : nullptr);
}

void ServerConnection::leave_handshake() {
  if (!std::exchange(handshake_left_, true)) owner_.handshake_over(*this);
}

// --- Time ----------------------------------------------------------------------------------------

/// After each call of the loop: what to wait for next.
void ServerConnection::settle() {
  const bool busy = responder_ && (responder_->half_done() || !responder_->pending().empty());
  if (winding_up_ && phase_ == Phase::open && !busy) close(Outcome::closed);
  if (phase_ == Phase::ending) go_on_ending();
  if (phase_ == Phase::gone) return;

  report_.flush();
  if (!send_failed_ && !connection_.to_send().empty()) wait_writable();
  if (wants_to_read() || wants_to_drain()) wait_readable();
  if (phase_ != Phase::ending) connection_.received(0);  // an idle connection holds no buffer
  watch_progress();
  set_timer();
}

/// Starts the clock anew when the peer has done something that it had to do.
void ServerConnection::watch_progress() {
  const auto half_done = responder_ ? responder_->half_done() : std::nullopt;
  const bool unsent = !connection_.to_send().empty();
  const bool ending = phase_ == Phase::ending;
  const bool owed = ending || half_done || unsent;
  std::uint64_t progress = half_done.value_or(0);
  if (unsent || ending) progress += taken_ << 1 | (half_closed_ ? 1U : 0U);
  if (owed && (!is_owed_ || progress != progress_)) since_ = Clock::now();
  is_owed_ = owed;
  progress_ = progress;
}

std::optional<ServerConnection::Clock::time_point> ServerConnection::deadline() const {
  switch (phase_) {
    case Phase::handshake: return started_ + serving_.handshake_timeout;
    case Phase::ending: return since_ + patience_at_the_end;
    case Phase::gone: return std::nullopt;
    case Phase::open: break;
  }
  std::optional<Clock::time_point> due;
  if (serving_.speech == Speech::http && is_owed_) due = since_ + serving_.request_timeout;
  const auto wake = [&](Clock::time_point at) { due = due ? std::min(*due, at) : at; };
  if (serving_.idle_timeout.count() > 0) wake(last_activity_ + serving_.idle_timeout);
  if (!resting()) wake(last_activity_ + serving_.quiet_before_rest);
  return due;
}

/// A timer that rings too early costs less than one that is set at each byte.
void ServerConnection::set_timer() {
  const auto due = deadline();
  if (!due || (timer_set_ && *timer_set_ <= *due)) return;
  timer_set_ = due;
  timer_.expires_at(*due);
  timer_.async_wait([self = shared_from_this()](asio::error_code error) {
    if (error) return;
    self->guarded([&] {
      self->timer_set_.reset();
      self->on_time_out();
    });
  });
}

/// A connection that is quiet keeps its keys, but not what is made of them.
void ServerConnection::rest() {
  connection_.rest();
  rested_at_ = last_activity_;
}

void ServerConnection::on_time_out() {
  const auto due = deadline();
  if (!due || Clock::now() < *due) return;
  if (phase_ == Phase::ending) return vanish();
  if (phase_ == Phase::open && !resting() &&
      Clock::now() >= last_activity_ + serving_.quiet_before_rest)
    return rest();
  if (phase_ == Phase::handshake)
    return close(Outcome::timed_out, "timed out: the handshake was not complete within " +
                                         seconds_text(serving_.handshake_timeout));
  const bool idle =
      serving_.idle_timeout.count() > 0 && *due == last_activity_ + serving_.idle_timeout;
  if (idle)
    return close(Outcome::timed_out,
                 "timed out: nothing came or went for " + seconds_text(serving_.idle_timeout));
  close(Outcome::timed_out,
        "timed out: a request was not complete, or its answer not taken, within " +
            seconds_text(serving_.request_timeout));
}

}  // namespace glasstls::apps
