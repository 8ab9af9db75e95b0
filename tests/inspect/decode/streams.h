// What two of our sides said to each other, recorded on the wire and on both ends.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "handshake/session_store.h"
#include "handshake/ticket_keys.h"
#include "inspect/capture/key_log.h"
#include "inspect/decode/passive_decoder.h"
#include "inspect/recorder.h"
#include "tests/support/identity.h"
#include "tests/support/peers.h"
#include "tls/key_log.h"

namespace glasstls::test {

/// One chunk that went over the wire.
struct Said {
  Side from{};
  Bytes bytes;
};

struct Overheard {
  std::vector<Said> said;
  std::string key_log;
  inspect::Recording client;  // as the client recorded it
};

/// A client and a server that remember each other's sessions.
class Talkers {
 public:
  Change<tls::ClientSettings> client_settings{};
  Change<tls::ServerSettings> server_settings{};
  std::vector<std::string> identities{"rsa", "p256"};
  bool tickets = true;

  Overheard talk() {
    inspect::RecorderOptions recorder;
    recorder.expose_secrets = true;
    const auto observer = std::make_shared<inspect::Recorder>(recorder);
    Overheard heard;
    const auto log = std::make_shared<tls::KeyLog>(
        [&heard](const std::string& line) { heard.key_log += line + "\n"; });
    ClientOptions client;
    client.observers = {observer, log};
    client.seed = "client " + std::to_string(++connections_);
    client.settings = [this](tls::ClientSettings& s) {
      s.sessions = client_sessions_;
      s.offer_tickets = tickets;
      if (client_settings) client_settings(s);
    };
    ServerOptions server;
    server.identities = identities;
    server.seed = "server " + std::to_string(connections_);
    server.settings = [this](tls::ServerSettings& s) {
      s.ticket_keys = ticket_keys_;
      s.sessions = server_sessions_;
      if (server_settings) server_settings(s);
    };
    Pair pair(client, server);
    carry(pair, heard);
    pair.client.connection.write(wire::as_bytes("ping"));
    carry(pair, heard);
    pair.server.connection.write(wire::as_bytes("pong"));
    carry(pair, heard);
    pair.client.connection.close();
    carry(pair, heard);
    heard.client = observer->recording();
    return heard;
  }

 private:
  static void carry(Pair& pair, Overheard& heard) {
    for (bool moved = true; std::exchange(moved, false);) {
      for (const Side from : {Side::client, Side::server}) {
        End& sender = from == Side::client ? pair.client : pair.server;
        End& receiver = from == Side::client ? pair.server : pair.client;
        const Bytes bytes = wire::copy(sender.connection.to_send());
        if (bytes.empty()) continue;
        sender.connection.sent(bytes.size());
        heard.said.push_back({from, bytes});
        to_us(receiver.connection, bytes, bytes.size(), receiver);
        moved = true;
      }
    }
  }

  std::shared_ptr<handshake::TicketKeys> ticket_keys_ = std::make_shared<handshake::TicketKeys>();
  std::shared_ptr<handshake::SessionCache> client_sessions_ =
      std::make_shared<handshake::SessionCache>(1);
  std::shared_ptr<handshake::SessionCache> server_sessions_ =
      std::make_shared<handshake::SessionCache>(1);
  int connections_ = 0;
};

struct Decoded {
  inspect::Recording recording;
  inspect::ConnectionSummary summary;
};

/// A listener hears it, in pieces of at most so many bytes.
inline Decoded decode(const std::vector<Said>& said, const inspect::capture::KeyLog* log,
                      inspect::SeenSessions& sessions, std::size_t piece = SIZE_MAX) {
  inspect::RecorderOptions options;
  options.live = false;
  options.expose_secrets = true;
  inspect::Recorder recorder(options);
  inspect::PassiveDecoder decoder(log, sessions, &recorder);
  std::int64_t time = 0;
  for (const Said& one : said)
    for (View rest = one.bytes; !rest.empty();) {
      const View part = rest.first(std::min(piece, rest.size()));
      ++time;
      decoder.data(one.from, part, time, static_cast<std::uint64_t>(time));
      rest = rest.subspan(part.size());
    }
  decoder.finish();
  return {recorder.recording(), decoder.summary()};
}

inline Decoded decode(const std::vector<Said>& said, const std::string& key_log,
                      std::size_t piece = SIZE_MAX) {
  inspect::capture::KeyLog log;
  log.add("keys.log", wire::as_bytes(key_log));
  inspect::SeenSessions sessions;
  return decode(said, &log, sessions, piece);
}

}  // namespace glasstls::test
