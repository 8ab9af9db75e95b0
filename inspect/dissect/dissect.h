// Dissection: every byte of a handshake message, alert, ChangeCipherSpec or SSL 2 hello as fields,
// whoever sent it and whether or not we speak it.
//
// Messages are read by the declarations that the protocol code reads them by (handshake/messages/),
// with more extensions and more forms (inspect/dissect/). What breaks a rule is shown all the same as
// far as the bytes make sense, with the rule that it breaks.
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

/// What the hellos of the connection settled, as far as it is known.
struct DissectContext {
  Side side{};                                      // who sent the message
  std::optional<ProtocolVersion> version;           // negotiated; unknown: as TLS 1.2
  std::optional<crypto::CipherSuite> cipher_suite;  // negotiated; unknown: key exchanges are opaque
};

struct DissectionError {
  std::size_t offset = 0;  // in the dissected bytes
  std::string field;
  std::string reason;
  std::string section;     // the rule that was broken, "RFC 5246, 7.4.1.4"
  AlertDescription alert;  // what an endpoint of ours would send
};

struct Dissection {
  std::string name;     // "ServerHello", "HelloRetryRequest"
  std::string section;  // where it is defined
  FieldTree fields;     // offsets into the dissected bytes
  /// Where reading had to stop: then `fields` is not complete, and ends there. Otherwise the first
  /// rule that was broken without keeping the rest from being read.
  std::optional<DissectionError> error;
};

/// Messages that are longer, in bytes, are not taken apart.
inline constexpr std::size_t max_dissected_message = std::size_t{1} << 20;

/// A whole message, header included. Of types that we do not know, and of the messages that TLS 1.3
/// encrypts, the body is one field.
Dissection dissect_handshake(View message, const DissectContext& context);

/// The fragment of an alert record that is not encrypted.
Dissection dissect_alert(View fragment);

/// The fragment of a change_cipher_spec record.
Dissection dissect_change_cipher_spec(View fragment);

/// A ClientHello in SSL 2's form, with its two bytes of length. RFC 5246, E.2.
Dissection dissect_ssl2_hello(View record);

}  // namespace glasstls::inspect
