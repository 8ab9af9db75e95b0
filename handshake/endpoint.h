// Endpoint: one side of a handshake, as tls::Connection drives it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/groups.h"
#include "crypto/schemes.h"
#include "crypto/suites.h"
#include "handshake/codec.h"
#include "handshake/messages/change_cipher_spec.h"
#include "handshake/negotiation.h"
#include "wire/error.h"
#include "x509/certificate.h"
#include "x509/verify.h"

namespace glasstls::handshake {

/// What both sides agreed on: facts for the application.
struct Agreement {
  ProtocolVersion version = ProtocolVersion::tls12;
  crypto::CipherSuite cipher_suite{};
  crypto::NamedGroup group{};
  crypto::SignatureScheme signature_scheme{};  // of the server's signature
  bool extended_master_secret = false;
  bool secure_renegotiation = false;
  DowngradeSentinel sentinel = DowngradeSentinel::none;
  std::vector<x509::Certificate> peer_chain;  // as sent, leaf first
  std::optional<x509::Verdict> verdict;       // none: not verified
};

/// The peer's certificate is not to be trusted. Carries the whole verdict.
struct CertificateRefused : ProtocolError {
  explicit CertificateRefused(x509::Verdict refused)
      : ProtocolError(refused.alert, refused.summary, refused.section),
        verdict(std::move(refused)) {
    message = "Certificate";
  }
  x509::Verdict verdict;
};

class Endpoint {
 public:
  virtual ~Endpoint() = default;

  /// Sends what this side has to say first.
  virtual void start() = 0;
  /// The next message of the handshake. Throws ProtocolError.
  virtual void receive(RawMessage message) = 0;
  virtual void receive(const ChangeCipherSpec& message) = 0;

  virtual bool established() const = 0;
  /// Once established.
  virtual Agreement agreement() const = 0;
  /// What this side waits for: "WaitServerHello".
  virtual std::string_view state_name() const = 0;
};

}  // namespace glasstls::handshake
