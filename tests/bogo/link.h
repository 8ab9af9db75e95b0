// Link: a connection of the library on its transport, driven from event to event.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>

#include "handshake/agreement.h"
#include "handshake/credential.h"
#include "tests/bogo/failure.h"
#include "tests/bogo/transport.h"
#include "tls/connection.h"

namespace glasstls::bogo {

class Link {
 public:
  /// `credential` answers the signatures that are asked for; null: none are.
  Link(Transport& transport, tls::Connection connection,
       std::shared_ptr<const handshake::Credential> credential)
      : transport_(transport),
        connection_(std::move(connection)),
        credential_(std::move(credential)) {}

  /// Drives the handshake to its end; once it is complete a call does nothing. nullptr: it failed,
  /// see failed().
  const handshake::Agreement* handshake();

  /// What the peer sent, one record's data; empty: it has sent close_notify, or the connection has
  /// failed. The view is valid until the next call.
  View read();
  /// Writes all of it, and sends it.
  void write(View data);
  /// Sends close_notify.
  void close();
  /// Sends a fatal alert, and nothing more.
  void abort(AlertDescription alert);

  tls::Connection& connection() { return connection_; }
  bool peer_closed() const { return peer_closed_; }
  bool renegotiation_refused() const { return renegotiation_refused_; }
  const std::optional<tls::Failed>& failed() const { return failed_; }

 private:
  /// The next event that is not dealt with here; nullopt: there will be none.
  std::optional<tls::Event> next();
  bool deal_with(const tls::Event& event);
  void receive();
  void flush();

  Transport& transport_;
  tls::Connection connection_;
  std::shared_ptr<const handshake::Credential> credential_;
  std::optional<handshake::Agreement> agreement_;
  bool ended_ = false;  // nothing will be read any more
  bool peer_closed_ = false;
  bool renegotiation_refused_ = false;
  std::optional<tls::Failed> failed_;
};

}  // namespace glasstls::bogo
