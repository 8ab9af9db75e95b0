// Dissecting: a message as fields, as far as it can be read. What cannot be read is a value here:
// this and tls/ are the library's edges, where a ProtocolError ends.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "crypto/suites.h"
#include "wire/alert.h"
#include "wire/bytes.h"
#include "wire/field.h"
#include "wire/side.h"
#include "wire/version.h"

namespace glasstls::inspect {

/// What the connection's hellos settled, as far as it is known.
struct DissectContext {
  Side side{};  // who sent the message
  std::optional<ProtocolVersion> version;
  std::optional<crypto::CipherSuite> cipher_suite;
};

struct DissectionError {
  std::size_t offset = 0;  // in bytes from the message's start
  std::string field, reason, section;
  AlertDescription alert{};
};

struct Dissection {
  std::string name;  // "ServerHello"
  std::string section;
  FieldTree fields;  // up to the bad byte, if there is one
  std::optional<DissectionError> error;
};

/// A whole handshake message, header included.
Dissection dissect_handshake(View message, const DissectContext& context);
Dissection dissect_alert(View fragment);
Dissection dissect_change_cipher_spec(View fragment);

}  // namespace glasstls::inspect
