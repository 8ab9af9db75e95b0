// Observer calls made by hand: what a recorder is told in these tests.
#pragma once

#include <string>
#include <string_view>

#include "inspect/recorder.h"
#include "wire/bytes.h"
#include "wire/field.h"

namespace glasstls::test {

/// A ServerHello cut after its first fields: one field has no end.
inline void tell_cut_message(Observer& observer) {
  FieldTree fields;
  fields.begin("msg_type", 0);
  fields.number(2, "server_hello");
  fields.end("msg_type", 1);
  fields.begin("session_id", 1);
  const Bytes bytes{2, 9, 7, 7};
  observer.message({Direction::received, "ServerHello", "RFC 5246, 7.4.1.3", bytes, fields});
}

/// A message with one field, whose text is given.
inline void tell_text(Observer& observer, std::string_view text) {
  FieldTree fields;
  fields.begin("host_name", 0);
  fields.text(std::string(text));
  fields.end("host_name", 1);
  const Bytes bytes{0};
  observer.message({Direction::received, "ServerHello", "RFC 5246, 7.4.1.3", bytes, fields});
}

inline void tell_application_data(Observer& observer, Direction direction, View plaintext) {
  const Bytes wire(plaintext.size() + 29, 0xee);
  const Bytes nonce(12, 0x01);
  const Bytes additional_data(13, 0x02);
  wire::RecordSeen seen{direction, ContentType::application_data, ProtocolVersion::tls12, wire,
                        plaintext};
  seen.is_protected = true;
  seen.sequence_number = 7;
  seen.nonce = nonce;
  seen.additional_data = additional_data;
  observer.record(seen);
}

inline void tell_master_secret(Observer& observer, View value) {
  const Bytes client_random(32, 0x0c);
  observer.secret({"master_secret",
                   "RFC 7627, 4",
                   "extended master secret",
                   {"premaster_secret", "session_hash"},
                   value,
                   client_random});
}

inline void tell_transition(Observer& observer, std::string_view reason) {
  observer.transition({"WaitServerHello", "ServerHello", "WaitCertificate", reason});
}

}  // namespace glasstls::test
