#include "apps/server/server_connection.h"

#include <utility>
#include <variant>
#include <vector>

#include "apps/server/agreement_words.h"
#include "apps/server/http_responder.h"

namespace glasstls::apps {

namespace {

using Outcome = ConnectionResult::Outcome;

tls::Connection make_connection(std::uint64_t number, ConnectionReport& report,
                                const Serving& serving) {
  auto observers = report.observers();
  if (serving.key_log) observers.push_back(serving.key_log);
  if (!serving.seeded) return tls::Connection::server(serving.config, std::move(observers));
  SeededConnection seeded = serving.seeded->connection(*serving.config, number);
  report.run_by(seeded.clock);
  observers.insert(observers.begin(), std::move(seeded.clock));
  return tls::Connection::server(std::move(seeded.config), std::move(observers));
}

}  // namespace

ServerConnection::ServerConnection(Socket socket, std::uint64_t number, const std::string& peer,
                                   const Serving& serving, ServerReport& report,
                                   ConnectionOwner& owner)
    : socket_(std::move(socket)),
      timer_(socket_.get_executor()),
      serving_(serving),
      server_report_(report),
      owner_(owner),
      report_(report, number, peer),
      tap_(report_.tap()),
      connection_(make_connection(number, report_, serving)),
      started_(Clock::now()),
      since_(started_),
      last_activity_(started_) {}

// --- Events --------------------------------------------------------------------------------------

/// Lets engine and responder go on as far as they can: answers first, for who has something to say is
/// given nothing more to hear.
void ServerConnection::talk() {
  while (phase_ == Phase::handshake || phase_ == Phase::open) {
    if (responder_ && !send_failed_ && !responder_->pending().empty()) {
      if (!write_answer()) return;  // not to send again: settle() waits for what did not go out
      continue;
    }
    const bool said_all = responder_ && responder_->finished();
    if (said_all || (peer_closed_ && responder_)) {
      close(Outcome::closed);
      break;
    }
    const auto event = connection_.next_event();
    if (!event) break;
    std::visit([this](const auto& happened) { on(happened); }, *event);
  }
  send();
}

/// False: the network must take something first.
bool ServerConnection::write_answer() {
  const std::size_t size = connection_.write(responder_->pending());
  if (size > 0) {
    responder_->written(size);
    result_.bytes_sent += size;
    return true;
  }
  if (!connection_.writable()) {
    close(Outcome::closed);
    return true;
  }
  return send();
}

void ServerConnection::on(const tls::HandshakeCompleted& completed) {
  agreement_ = completed.agreement;
  report_.connected(*agreement_);
  if (!server_report_.options().json) agreement_->eliminations = {};  // nobody asks for them later
  responder_ = make_responder();
  phase_ = Phase::open;
  leave_handshake();
}

std::unique_ptr<Responder> ServerConnection::make_responder() {
  switch (serving_.speech) {
    case Speech::echo: return std::make_unique<EchoResponder>();
    case Speech::http:
      return std::make_unique<HttpResponder>(
          [this] { return rows_of(*agreement_); },
          [this](const std::string& line) { report_.line(line); });
    case Speech::print: break;
  }
  return std::make_unique<PrintResponder>([this](View data) { server_report_.data(data); },
                                          serving_.reply);
}

/// All our keys are here: there is nobody else to ask.
void ServerConnection::on(const tls::SignatureWanted& wanted) {
  connection_.answer({wanted.request.id, {}});
}

void ServerConnection::on(const tls::ApplicationData& received) {
  result_.bytes_received += received.data.size();
  if (responder_ && !send_failed_) responder_->received(received.data);
}

void ServerConnection::on(const tls::PeerClosed&) { peer_closed_ = true; }

void ServerConnection::on(const tls::WarningReceived& warning) {
  remark("the peer sent a warning: " + std::string(name_of(warning.description)));
}

void ServerConnection::on(const tls::RenegotiationRefused&) {
  remark("the peer asked for a renegotiation, which was refused");
}

void ServerConnection::on(const tls::RecordLimit& limit) {
  if (limit.records_left > 0) return remark("a key is nearly used up");
  close(Outcome::closed,
        "a key has protected as many records as it may: the connection was closed early");
}

void ServerConnection::on(const tls::Failed& failed) {
  if (is_harmless(failed)) {
    remark("the client ended TCP without close_notify");
    return end(Outcome::closed);
  }
  result_.failed = failed;
  end(Outcome::failed);
}

/// RFC 9112, 9.8: HTTP tells where a request ends, and a server is prepared for clients that just go
/// away between two of them.
bool ServerConnection::is_harmless(const tls::Failed& failed) const {
  return serving_.speech == Speech::http && failed.cause == tls::Failed::Cause::truncated &&
         !failed.offset && responder_ && !responder_->half_done();
}

void ServerConnection::remark(std::string text) {
  constexpr std::size_t most = 20;
  if (result_.remarks.size() == most) return;
  report_.line("note: " + text);
  result_.remarks.push_back(std::move(text));
}

}  // namespace glasstls::apps
