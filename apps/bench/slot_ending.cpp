// Slot: the transfer after the handshake, and how connections end.
#include <algorithm>
#include <utility>

#include "apps/bench/slot.h"

namespace glasstls::apps::bench {

namespace {

constexpr std::chrono::seconds close_patience{1};
constexpr std::chrono::milliseconds rest_after_failure{100};

View filling() {
  static const Bytes bytes(std::size_t{1} << 16U, std::uint8_t{'x'});
  return bytes;
}

}  // namespace

// --- The transfer --------------------------------------------------------------------------------

void Slot::seal() {
  if (to_seal_ == 0) return;
  View next = task_.request ? wire::as_bytes(*task_.request).last(to_seal_) : filling();
  next = next.first(std::min<std::uint64_t>(next.size(), to_seal_));
  const std::size_t taken = connection_->write(next);
  to_seal_ -= taken;
  attempt_.bytes_sent += taken;
}

/// Data without a request has arrived when the server closes after our close_notify. An answer is
/// whole when so many bytes have come, or the server closes.
bool Slot::transfer_is_over() {
  if (to_seal_ > 0 && !peer_closed_) return false;
  if (!task_.request && !peer_closed_) {
    if (!std::exchange(close_sent_, true)) {
      connection_->close();
      flush();
    }
    return false;
  }
  const bool all = task_.bytes > 0 && attempt_.bytes_received >= task_.bytes;
  if (task_.request && !all && !peer_closed_) return false;
  if (to_seal_ > 0)
    fail({Cause::short_answer, "the server closed before it had all that was to be sent"});
  else if (task_.request && !all && task_.bytes > 0)
    fail({Cause::short_answer, "the server closed after fewer bytes than --bytes says"});
  else
    succeed();
  return true;
}

// --- The end of an attempt -----------------------------------------------------------------------

void Slot::end_attempt() {
  attempt_.ended = Clock::now();
  owner_.ended(*this, attempt_);
}

void Slot::succeed() {
  end_attempt();
  close_politely();
}

/// A session that could not be had fails the handshake that it was for.
void Slot::fail(Failure failure) {
  if (fetched_for_) {
    attempt_.fetches_session = false;
    attempt_.scheduled = *std::exchange(fetched_for_, std::nullopt);
  }
  const bool no_tcp = state_ == State::connecting;
  const bool was_silent = failure.cause == Cause::timeout;
  attempt_.failure = std::move(failure);
  end_attempt();
  if (no_tcp)
    rest();
  else if (was_silent)
    close_now(true);
  else
    close_politely();
}

std::string Slot::whereabouts() const {
  if (state_ == State::transferring) return "in the transfer";
  switch (step_) {
    case Step::hello: return "sending the ClientHello";
    case Step::first_flight: return "waiting for the server's first flight";
    case Step::second_flight: return "waiting for the server's second flight";
  }
  return {};
}

void Slot::check_time(Clock::time_point now) {
  if (state_ == State::idle || now < deadline_) return;
  switch (state_) {
    case State::idle: return;
    case State::connecting: return fail({Cause::connect_timeout, {}});
    case State::handshaking:
    case State::transferring: return fail({Cause::timeout, whereabouts()});
    case State::closing: owner_.close_unanswered(); return close_now(true);
    case State::resting: return release();
  }
}

// --- The end of a connection ---------------------------------------------------------------------

void Slot::close_politely() {
  connection_->close();
  flush();
  if (stream_ended_) return close_now(false);
  connection_.reset();
  state_ = State::closing;
  deadline_ = attempt_.ended + close_patience;
  if (end_in_sight_) drain();
}

void Slot::close_now(bool reset) {
  reset ? socket_.reset() : socket_.close();
  release();
}

void Slot::rest() {
  socket_.close();
  connection_.reset();
  state_ = State::resting;
  deadline_ = attempt_.ended + rest_after_failure;
}

void Slot::release() {
  loop_.forget(*this);
  connection_.reset();
  state_ = State::idle;
  if (fetched_for_)
    begin(*std::exchange(fetched_for_, std::nullopt));
  else
    owner_.is_free(*this);
}

void Slot::abandon() {
  loop_.forget(*this);
  fetched_for_.reset();
  state_ = State::idle;
  socket_.reset();
  connection_.reset();
}

}  // namespace glasstls::apps::bench
