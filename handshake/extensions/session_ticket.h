// session_ticket: the client brings its ticket along, or asks for one. RFC 5077, 3.2.
#pragma once

#include "handshake/registry.h"
#include "wire/bytes.h"
#include "wire/error.h"

namespace glasstls::handshake {

/// In the client's hello: a ticket, or nothing to ask for one. The ticket is the whole of
/// extension_data, without a length of its own.
struct SessionTicket {
  static constexpr ExtensionType type = ExtensionType::session_ticket;
  static constexpr Spec spec{"session_ticket", "RFC 5077, 3.2"};

  Bytes ticket;

  static void fields(auto& ar, auto& self) { ar.rest("ticket", self.ticket); }
};

/// In the server's hello: NewSessionTicket will come. Empty.
struct SessionTicketAcknowledged {
  static constexpr ExtensionType type = ExtensionType::session_ticket;
  static constexpr Spec spec{"session_ticket", "RFC 5077, 3.2"};

  static void fields(auto&, auto&) {}
};

}  // namespace glasstls::handshake
