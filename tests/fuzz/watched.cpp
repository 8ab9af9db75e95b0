#include "tests/fuzz/watched.h"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

#include "record/buffers.h"
#include "tests/fuzz/invariant.h"
#include "tests/fuzz/reach.h"
#include "tests/support/identity.h"
#include "tests/support/test_random.h"

namespace glasstls::fuzz {

namespace {

/// Beyond the send buffer's capacity lie alerts and a flight of the handshake.
constexpr std::size_t largest_backlog = record::SendBuffer::capacity + 20'000;

Watched::Observers with(std::shared_ptr<Observer> witness, Watched::Observers more) {
  more.push_back(std::move(witness));
  return more;
}

Bytes signature_of(const handshake::SignatureRequest& request) {
  test::TestRandom random;
  for (const char* name : {"p256", "ed25519", "rsa", "p384"}) {
    const test::Identity& identity = test::identity(name);
    if (wire::equal(identity.chain[0], request.credential->leaf().der()))
      return identity.key.sign(request.scheme, request.content, random);
  }
  require(false, "a signature is asked for with a key of ours");
  return {};
}

}  // namespace

Watched::Watched(WatchedOptions options, const std::function<tls::Connection(Observers)>& make,
                 Observers more)
    : options_(options),
      witness_(std::make_shared<Witness>(options.own)),
      connection_(make(with(witness_, std::move(more)))) {
  drain();
}

// --- The network

void Watched::deliver(View bytes, std::size_t piece) {
  while (!bytes.empty() && !stream_ended_) {
    const MutableView space = connection_.receive_buffer();
    require(space.size() <= record::ReceiveBuffer::capacity, "the receive buffer is bounded");
    if (space.empty()) {
      require(failed_ || closed_ || peer_closed_ || used_up_ || wanted_,
              "who is still listening has room for more");
      return;
    }
    require(!failed_, "after the end nothing is read");
    const std::size_t size = std::min({bytes.size(), piece, space.size()});
    std::copy_n(bytes.begin(), size, space.begin());
    connection_.received(size);
    delivered_ += size;
    bytes = bytes.subspan(size);
    drain();
  }
}

void Watched::end_of_stream() {
  stream_ended_ = true;
  connection_.end_of_stream();
  drain();
  require(failed_ || closed_ || peer_closed_ || used_up_, "a stream does not end unnoticed");
}

Bytes Watched::take(std::size_t most) {
  const View pending = connection_.to_send();
  Bytes taken = wire::copy(pending.first(std::min(most, pending.size())));
  connection_.sent(taken.size());
  check();
  return taken;
}

// --- The application

void Watched::write(std::size_t size) {
  if (closed_) return;
  Bytes data(size);
  for (std::size_t i = 0; i < size; ++i)
    data[i] = static_cast<std::uint8_t>(written_data_.size() + i);
  const bool writable = connection_.writable();
  const std::size_t taken = connection_.write(data);
  require(taken <= size, "no more is taken than was given");
  require(taken == 0 || writable, "what is not writable takes nothing");
  require(taken == 0 || (may_write_ && !failed_), "data waits for the handshake");
  wire::append(written_data_, View(data).first(taken));
  if (taken > 0) reached("data written");
  drain();
}

void Watched::close() {
  connection_.close();
  closed_ = true;
  drain();
}

void Watched::abort(AlertDescription description) {
  if (description == AlertDescription::close_notify) return;
  connection_.abort(description);
  closed_ = true;
  if (!std::exchange(failed_, true)) records_at_failure_ = witness_->records_sent();
  drain();
}

void Watched::rest() {
  connection_.rest();
  drain();
}

void Watched::give_buffers_back() {
  connection_.received(0);
  drain();
}

void Watched::answer(bool rightly) {
  if (!wanted_) return;
  handshake::Signature signature{wanted_->id, signature_of(*wanted_)};
  if (!rightly) {
    signature.bytes[signature.bytes.size() / 2] ^= 1;
    answered_wrongly_ = true;
  }
  wanted_.reset();
  connection_.answer(signature);
  drain();
}

// --- What came of it

void Watched::drain() {
  while (const auto event = connection_.next_event()) {
    // A record holds at least its header, and makes a few events at most.
    require(++events_ <= 64 + delivered_, "events are bounded by what was received");
    std::visit([&](const auto& held) { on(held); }, *event);
  }
  check();
  if (completed_ && !failed_ && !std::exchange(exported_, true)) check_exports();
  if (wanted_ && !options_.answers_late) answer(true);
}

void Watched::check() {
  require(connection_.to_send().size() <= largest_backlog, "the send buffer is bounded");
  require(witness_->fatal_alerts_sent() <= 1, "there is one fatal alert at most");
  if (!failed_) return;
  require(witness_->records_sent() == records_at_failure_, "after the end nothing is sent");
  require(!connection_.writable() && connection_.receive_buffer().empty(),
          "after the end nothing is written or read");
}

void Watched::on(const tls::HandshakeCompleted& event) {
  require(!completed_ && !failed_ && !wanted_, "a handshake is completed once");
  completed_ = true;
  may_write_ = true;
  witness_->check(event.agreement, options_.verified);
}

void Watched::check_exports() {
  require(connection_.export_keying_material("EXPERIMENTAL fuzz", std::nullopt, 32).size() == 32,
          "there is as much as was asked for");
  for (const auto type : {tls::ChannelBinding::tls_unique, tls::ChannelBinding::tls_exporter,
                          tls::ChannelBinding::tls_server_end_point})
    static_cast<void>(connection_.channel_binding(type));
}

void Watched::on(const tls::FalseStart&) {
  require(options_.own == Side::client && !may_write_ && !failed_, "a client starts early, once");
  may_write_ = true;
  reached("false start");
}

void Watched::on(const tls::SignatureWanted& event) {
  require(!wanted_ && !failed_ && !completed_, "one signature is asked for at a time");
  wanted_ = event.request;
}

void Watched::on(const tls::ApplicationData& event) {
  require(completed_ && !failed_ && !peer_closed_, "data comes within the conversation");
  require(!event.data.empty() && event.data.size() <= record::max_plaintext_length,
          "a piece of data is a record's");
  wire::append(received_data_, event.data);
  reached("data received");
}

void Watched::on(const tls::PeerClosed&) {
  require(completed_ && !peer_closed_ && !failed_, "a peer closes once");
  peer_closed_ = true;
  reached("peer closed");
}

void Watched::on(const tls::WarningReceived&) {
  require(!failed_, "there is nothing after the end");
}

void Watched::on(const tls::RenegotiationRefused&) {
  require(completed_ && !failed_, "what was never negotiated is not renegotiated");
  reached("renegotiation refused");
}

void Watched::on(const tls::RecordLimit& event) {
  require(!failed_, "there is nothing after the end");
  if (event.records_left == 0) used_up_ = true;
  reached("record limit");
}

void Watched::on(const tls::Failed& event) {
  using Cause = tls::Failed::Cause;
  require(!failed_, "a connection fails once");
  failed_ = true;
  records_at_failure_ = witness_->records_sent();
  require(event.at_server == (options_.own == Side::server), "a failure knows whose it is");
  require(event.cause != Cause::internal || answered_wrongly_, "a peer makes no internal error");
  require(!event.reason.empty(), "a failure says why");
  require(!event.section.empty() || event.cause == Cause::internal, "and by which rule");
  require((event.cause == Cause::certificate) == event.verdict.has_value(),
          "who is not trusted is told why");
  const bool raised_here = event.cause == Cause::protocol || event.cause == Cause::certificate ||
                           event.cause == Cause::internal;
  const bool closed = closed_ || peer_closed_ || used_up_;  // then close_notify was the last word
  require(!raised_here || closed || witness_->alert_sent() == event.alert,
          "the peer is told what it did");
  require(raised_here || witness_->fatal_alerts_sent() == 0, "and nothing that it did not do");
  reached(raised_here ? "fault found" : "ended by the peer");
}

}  // namespace glasstls::fuzz
