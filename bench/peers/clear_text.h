// What one side of a TLS 1.2 handshake sent before its ChangeCipherSpec, and how much after it. For
// an onlooker without keys. RFC 5246, 6.2 and 7.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "handshake/registry.h"
#include "wire/bytes.h"

namespace glasstls::bench {

struct ClearText {
  struct Message {
    handshake::HandshakeType type{};
    Bytes bytes;  // header included
  };
  std::vector<Message> messages;
  bool changed_cipher_spec = false;
  std::size_t sealed_handshake_records = 0;  // after it
};

/// Whole records. Throws std::runtime_error for anything else, for a record of another version than
/// TLS 1.2 (a ClientHello's excepted), and for one that is no part of a handshake (an alert).
ClearText read_clear_text(View records);

/// "ClientHello, ClientKeyExchange"
std::string names_of(const ClearText& clear);

}  // namespace glasstls::bench
