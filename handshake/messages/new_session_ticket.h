// NewSessionTicket: the session, sealed by the server, for the client to bring along. RFC
// 5077, 3.3.
#pragma once

#include <cstdint>

#include "handshake/registry.h"
#include "wire/bounds.h"
#include "wire/bytes.h"
#include "wire/error.h"

namespace glasstls::handshake {

struct NewSessionTicket {
  static constexpr HandshakeType type = HandshakeType::new_session_ticket;
  static constexpr Spec spec{"NewSessionTicket", "RFC 5077, 3.3"};

  std::uint32_t ticket_lifetime_hint = 0;  // seconds; 0: not said
  Bytes ticket;

  static void fields(auto& ar, auto& self) {
    ar.field("ticket_lifetime_hint", self.ticket_lifetime_hint);
    ar.opaque("ticket", self.ticket, within<0, 0xffff>);
  }
};

}  // namespace glasstls::handshake
