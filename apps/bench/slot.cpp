#include "apps/bench/slot.h"

#include <algorithm>
#include <array>
#include <utility>
#include <variant>

#include "platform/clock.h"

namespace glasstls::apps::bench {

namespace {

/// Rounds of sealing and sending before others have their turn.
constexpr int max_rounds = 16;

handshake::Resumption wanted(Resume resume) {
  switch (resume) {
    case Resume::none: return handshake::Resumption::none;
    case Resume::ticket: return handshake::Resumption::ticket;
    case Resume::id: return handshake::Resumption::session_id;
  }
  return handshake::Resumption::none;
}

}  // namespace

// --- TCP -----------------------------------------------------------------------------------------

void Slot::fetch_session() {
  attempt_ = {};
  attempt_.fetches_session = true;
  connect();
}

void Slot::start(Clock::time_point scheduled) {
  if (task_.sessions && !task_.sessions->has_current(number_, platform::now())) {
    fetched_for_ = scheduled;
    return fetch_session();
  }
  begin(scheduled);
}

void Slot::begin(Clock::time_point scheduled) {
  attempt_ = {};
  attempt_.scheduled = scheduled;
  connect();
}

void Slot::connect() {
  step_ = Step::hello;
  completed_ = flight_is_whole_ = close_sent_ = peer_closed_ = stream_ended_ = was_reset_ = false;
  end_in_sight_ = false;
  failure_.reset();
  to_seal_ = 0;
  state_ = State::connecting;
  attempt_.started = Clock::now();
  deadline_ = attempt_.started + task_.timeout;

  const bool is_new = !socket_.is_open();
  int error = socket_.open(task_.server);
  if (error == 0 && is_new) error = loop_.add(socket_.descriptor(), *this);
  if (error == 0) error = socket_.connect(task_.server);
  if (error != 0) fail(connect_failure(error));
}

void Slot::on_ready(bool ended) {
  end_in_sight_ = end_in_sight_ || ended;
  switch (state_) {
    case State::connecting: return on_connected();
    case State::handshaking:
    case State::transferring:
      while (read()) continue;
      return;
    case State::closing: return drain();
    case State::idle:
    case State::resting: return;
  }
}

/// Or not connected: the first write tells.
void Slot::on_connected() {
  const auto now = Clock::now();
  phase(Phase::tcp_connect) = now - attempt_.started;
  if (task_.sessions) task_.sessions->choose(number_);
  connection_.emplace(task_.config, task_.name);
  phase(Phase::client_hello) = Clock::now() - now;
  const TcpSocket::Done hello = socket_.write(connection_->to_send());
  if (hello.error != 0 && !hello.would_block()) return fail(connect_failure(hello.error));
  connection_->sent(hello.size);
  state_ = State::handshaking;
  flight_is_whole_ = true;
  go_on();
}

/// Whether there may be more.
bool Slot::read() {
  const MutableView space = connection_->receive_buffer();
  const TcpSocket::Done done = socket_.read(space);
  if (done.would_block()) {
    if (!connection_->to_send().empty() || to_seal_ > 0) go_on();
    return false;
  }
  last_read_ = Clock::now();
  if (state_ == State::transferring) deadline_ = last_read_ + task_.timeout;
  stream_ended_ = done.size == 0;
  was_reset_ = done.error != 0;
  if (stream_ended_)
    connection_->end_of_stream();
  else
    connection_->received(done.size);
  take_events();
  go_on();
  return connection_ && !stream_ended_ && (done.size == space.size() || end_in_sight_);
}

/// What still comes after our close_notify is of no interest, but must be read to see the end. The
/// server has closed then and all is said: a reset costs both sides less than a last exchange.
void Slot::drain() {
  std::array<std::uint8_t, 16'384> unread;
  for (;;) {
    const TcpSocket::Done done = socket_.read(unread);
    if (done.would_block()) return;
    if (done.size == 0) return close_now(true);
  }
}

/// Whether all is gone. What the server said before it went away is read first: an error of ours
/// will be seen there.
bool Slot::flush() {
  for (View out = connection_->to_send(); !out.empty(); out = connection_->to_send()) {
    const TcpSocket::Done done = socket_.write(out);
    if (done.would_block()) return false;
    connection_->sent(done.error != 0 ? out.size() : done.size);
    if (state_ == State::transferring) deadline_ = Clock::now() + task_.timeout;
  }
  return true;
}

// --- TLS -----------------------------------------------------------------------------------------

nanoseconds& Slot::phase(Phase phase) {
  auto& time = attempt_.phases[static_cast<std::size_t>(phase)];
  if (!time) time.emplace();
  return *time;
}

bool Slot::is_handshake_only() const { return attempt_.fetches_session || !task_.transfers(); }

/// A handshake without a transfer ends with our close_notify, in one packet with our Finished if that
/// comes last.
void Slot::take_events() {
  constexpr Phase work_phases[] = {Phase::first_work, Phase::second_work};
  constexpr Phase wait_phases[] = {Phase::first_wait, Phase::second_wait};
  if (task_.sessions) task_.sessions->choose(number_);
  while (const auto event = connection_->next_event()) on(*event);
  if (state_ != State::handshaking || step_ == Step::hello) return;
  const auto now = Clock::now();
  const std::size_t flight = step_ == Step::first_flight ? 0 : 1;
  const bool answers = !connection_->to_send().empty();
  flight_is_whole_ = completed_ || answers;
  phase(work_phases[flight]) += now - last_read_;
  if (flight_is_whole_) phase(wait_phases[flight]) = last_read_ - flight_sent_;
  if (!completed_) return;
  if (!answers) attempt_.completed = now;
  if (is_handshake_only()) connection_->close();
}

void Slot::on(const tls::Event& event) {
  if (const auto* completed = std::get_if<tls::HandshakeCompleted>(&event))
    on_completed(completed->agreement);
  else if (const auto* received = std::get_if<tls::ApplicationData>(&event))
    attempt_.bytes_received += received->data.size();
  else if (const auto* failed = std::get_if<tls::Failed>(&event))
    on_failed(*failed);
  else if (std::holds_alternative<tls::PeerClosed>(event))
    peer_closed_ = true;
}

void Slot::on_completed(const handshake::Agreement& agreement) {
  completed_ = true;
  attempt_.terms = {agreement.cipher_suite, agreement.group, agreement.signature_scheme,
                    agreement.resumed, agreement.extended_master_secret};
  failure_ = judge(agreement);
}

/// What was asked of the handshake beyond that it completes.
std::optional<Failure> Slot::judge(const handshake::Agreement& agreement) const {
  if (task_.resume == Resume::none) return std::nullopt;
  const bool by_ticket = task_.resume == Resume::ticket;
  if (attempt_.fetches_session) {
    if (!fetched_for_ || agreement.session_stored) return std::nullopt;
    return Failure{Cause::not_resumed,
                   by_ticket ? "the server issued no ticket" : "the server gave no session ID"};
  }
  if (agreement.resumed == wanted(task_.resume)) return std::nullopt;
  if (agreement.resumed != handshake::Resumption::none)
    return Failure{Cause::not_resumed,
                   by_ticket ? "by session ID, not by ticket" : "by ticket, not by session ID"};
  return Failure{Cause::not_resumed, agreement.session_offered
                                         ? "the server wanted a full handshake"
                                         : agreement.session_remark};
}

/// RFC 5246, 7.2.1: who closed first need not be answered.
void Slot::on_failed(const tls::Failed& failed) {
  const bool truncated = failed.cause == tls::Failed::Cause::truncated;
  if (close_sent_ && truncated && !failed.offset && !was_reset_)
    peer_closed_ = true;
  else
    failure_ = failure_of(failed, was_reset_);
}

/// Sends what there is to send, and then sees how far the attempt has come.
void Slot::go_on() {
  bool gone = true;
  for (int round = 0; round < max_rounds; ++round) {
    seal();
    gone = flush();
    if (failure_) return fail(*std::move(failure_));
    if (!gone) break;
    if (settle()) return;
    if (to_seal_ == 0 && connection_->to_send().empty()) break;
  }
  if (gone && to_seal_ > 0) loop_.again(*this);
}

/// All of ours is sent. Whether the attempt is over.
bool Slot::settle() {
  if (state_ == State::handshaking) {
    const auto now = Clock::now();
    if (!completed_) {
      if (std::exchange(flight_is_whole_, false)) {
        step_ = step_ == Step::hello ? Step::first_flight : Step::second_flight;
        flight_sent_ = now;
      }
      return false;
    }
    if (attempt_.completed == Clock::time_point()) attempt_.completed = now;
    if (is_handshake_only()) return succeed(), true;
    state_ = State::transferring;
    deadline_ = now + task_.timeout;
    to_seal_ = task_.request ? task_.request->size() : task_.bytes;
  }
  return transfer_is_over();
}

}  // namespace glasstls::apps::bench
