// Observer calls made by hand: what a recorder is told in these tests.
#pragma once

#include <string_view>

#include "inspect/recorder.h"
#include "wire/bytes.h"

namespace glasstls::test {

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
