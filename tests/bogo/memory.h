// What the connections of one process leave to those after them.
#pragma once

#include <memory>
#include <optional>

#include "crypto/schemes.h"
#include "handshake/session_store.h"
#include "handshake/ticket_keys.h"

namespace glasstls::bogo {

struct Memory {
  // A client offers the newest session; a server keeps all, and one set of ticket keys.
  std::shared_ptr<handshake::SessionCache> client_sessions =
      std::make_shared<handshake::SessionCache>(1);
  std::shared_ptr<handshake::SessionCache> server_sessions =
      std::make_shared<handshake::SessionCache>(100);
  std::shared_ptr<handshake::TicketKeys> ticket_keys = std::make_shared<handshake::TicketKeys>();

  // Of the last full handshake; they belong to its session.
  bool verified = true;  // what the verification hook said; nobody asked it: yes
  std::optional<crypto::SignatureScheme> peer_signature_scheme;
};

}  // namespace glasstls::bogo
