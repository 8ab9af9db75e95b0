// Endpoint: one side of a handshake, as tls::Connection drives it.
#pragma once

#include <string_view>

#include "handshake/agreement.h"
#include "handshake/codec.h"
#include "handshake/messages/change_cipher_spec.h"
#include "handshake/signature.h"

namespace glasstls::handshake {

class Endpoint {
 public:
  virtual ~Endpoint() = default;

  /// Sends what this side has to say first.
  virtual void start() = 0;
  /// The next message of the handshake. Throws ProtocolError. Not while a signature is awaited.
  virtual void receive(RawMessage message) = 0;
  virtual void receive(const ChangeCipherSpec& message) = 0;
  /// The answer to signature_request(); with another id std::logic_error.
  virtual void receive(const Signature& answer) = 0;

  /// What must be signed before anything else may be received; nullptr: nothing.
  virtual const SignatureRequest* signature_request() const = 0;

  virtual bool established() const = 0;
  /// Whether application data may be sent before the peer's Finished has come (RFC 7918).
  virtual bool may_send_early() const = 0;
  /// Once established. The first call gets it, and it is forgotten.
  virtual Agreement take_agreement() = 0;
  /// Once established.
  virtual const Exporting& exporting() const = 0;

  /// A fatal alert was sent or received: the session must not be used again (RFC 5246, 7.2.2).
  virtual void forget_session() = 0;

  /// What this side waits for: "WaitServerHello".
  virtual std::string_view state_name() const = 0;
};

}  // namespace glasstls::handshake
