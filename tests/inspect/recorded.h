// Connections of our two sides, recorded on both.
#pragma once

#include <memory>
#include <string>

#include "handshake/session_store.h"
#include "handshake/ticket_keys.h"
#include "inspect/recorder.h"
#include "tests/support/peers.h"

namespace glasstls::test {

struct RecordedPair {
  inspect::Recording client, server;
};

/// A client and a server that may agree on everything, and remember each other's sessions.
class RecordedPeers {
 public:
  explicit RecordedPeers(bool tickets) {
    client_.settings = [this, tickets](tls::ClientSettings& s) {
      s.sessions = client_sessions_;
      s.offer_tickets = tickets;
      s.credentials = {credential("p256")};
      s.application_protocols = {"h2", "http/1.1"};
      s.request_ocsp_response = true;
      s.request_signed_certificate_timestamps = true;
    };
    server_.identities = {};
    server_.settings = [this](tls::ServerSettings& s) {
      const auto made = credential("rsa");
      made->ocsp_response = Bytes(20, 0x0c);
      made->signed_certificate_timestamps = one_timestamp();
      s.credentials = std::make_shared<handshake::Credentials>(handshake::Credentials::List{made});
      s.ticket_keys = ticket_keys;
      s.sessions = server_sessions_;
      s.application_protocols = {"http/1.1"};
      s.client_authentication = handshake::ClientAuthentication::required;
      s.verify_client = false;
    };
  }

  /// The next connection: the first is a full handshake, later ones are resumed.
  RecordedPair connect() {
    inspect::RecorderOptions options;
    options.expose_secrets = true;
    const auto client = std::make_shared<inspect::Recorder>(options);
    options.own = Side::server;
    const auto server = std::make_shared<inspect::Recorder>(options);
    client_.observers = {client};
    server_.observers = {server};
    const std::string number = std::to_string(++connections_);
    client_.seed = "client " + number;
    server_.seed = "server " + number;
    Pair pair(client_, server_);
    pair.complete_handshake();
    pair.client.connection.write(wire::as_bytes("ping"));
    pair.pump();
    pair.server.connection.write(wire::as_bytes("pong"));
    pair.pump();
    pair.client.connection.close();
    pair.pump();
    return {client->recording(), server->recording()};
  }

  std::shared_ptr<handshake::TicketKeys> ticket_keys = std::make_shared<handshake::TicketKeys>();

 private:
  /// RFC 6962, 3.3: a list of one SCT of version 1, with a signature that nobody checks.
  static Bytes one_timestamp() {
    return *wire::unhex(
        "00350033"
        "00" +
        std::string(64, '5') +
        "00000194213a5800"
        "0000"
        "0403"
        "0004"
        "5ca1ab1e");
  }

  std::shared_ptr<handshake::SessionCache> client_sessions_ =
      std::make_shared<handshake::SessionCache>(1);
  std::shared_ptr<handshake::SessionCache> server_sessions_ =
      std::make_shared<handshake::SessionCache>(1);
  ClientOptions client_;
  ServerOptions server_;
  int connections_ = 0;
};

}  // namespace glasstls::test
