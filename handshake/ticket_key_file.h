// Ticket keys as nginx and HAProxy keep them in files, so that our servers can share theirs with a
// fleet of their own kind. Key files, not ticket formats: our tickets are our own.
#pragma once

#include <cstddef>
#include <vector>

#include "handshake/ticket_keys.h"
#include "wire/bytes.h"
#include "x509/result.h"

namespace glasstls::handshake {

struct TicketKeySet {
  std::vector<TicketKey> keys;  // in the file's order
  std::size_t sealing = 0;      // index of the one to seal with
};

/// nginx's ssl_session_ticket_key: 48 or 80 raw bytes, one key (of several files, the first seals).
/// HAProxy's tls-ticket-keys: lines of base64, each 48 or 80 bytes, all of one size; the last but
/// one seals, as the last may not have reached all servers yet; a file of one key seals with it.
/// The first 16 bytes are key_name, the secret is the whole of it. Malformed for anything else,
/// with the offset of the line at fault.
x509::Result<TicketKeySet> parse_ticket_keys(View file);

}  // namespace glasstls::handshake
