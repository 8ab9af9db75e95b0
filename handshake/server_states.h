// The states of a server: what it waits for, and what it knows by then. RFC 5246, 7.3: figure 1, and
// figure 2 for a resumed session.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "crypto/key_exchange.h"
#include "handshake/agreement.h"
#include "handshake/boxed.h"
#include "handshake/flow.h"
#include "handshake/messages/server_key_exchange.h"
#include "handshake/signature.h"

namespace glasstls::handshake::server {

/// Our half of the key exchange, which waits for the client's.
struct Share {
  Boxed<Keys> keys;                         // no secrets yet
  std::optional<crypto::EphemeralKey> own;  // there is one
};

struct WaitClientHello {
  static constexpr std::string_view name = "WaitClientHello";
};
struct WaitSignature {
  static constexpr std::string_view name = "WaitSignature";
  Share share;
  ServerKeyExchange message;  // without its signature
  SignatureRequest request;
};
struct WaitClientCertificate {
  static constexpr std::string_view name = "WaitClientCertificate";
  Share share;
};
struct WaitClientKeyExchange {
  static constexpr std::string_view name = "WaitClientKeyExchange";
  Share share;
};
struct WaitCertificateVerify {
  static constexpr std::string_view name = "WaitCertificateVerify";
  Boxed<Keys> keys;
};
struct WaitChangeCipherSpec {
  static constexpr std::string_view name = "WaitChangeCipherSpec";
  Boxed<Keys> keys;
};
struct WaitFinished {
  static constexpr std::string_view name = "WaitFinished";
  Boxed<Keys> keys;
};
struct WaitResumedChangeCipherSpec {
  static constexpr std::string_view name = "WaitResumedChangeCipherSpec";
  Boxed<Keys> keys;
};
struct WaitResumedFinished {
  static constexpr std::string_view name = "WaitResumedFinished";
  Boxed<Keys> keys;
};
struct Established {
  static constexpr std::string_view name = "Established";
  Agreement agreement;
  Exporting exporting;
};

using State =
    std::variant<WaitClientHello, WaitSignature, WaitClientCertificate, WaitClientKeyExchange,
                 WaitCertificateVerify, WaitChangeCipherSpec, WaitFinished,
                 WaitResumedChangeCipherSpec, WaitResumedFinished, Established>;

/// Why the machine is in this state, in one line: its choices and verdicts. For observers.
std::string reason_for(const WaitClientHello&);
std::string reason_for(const WaitSignature&);
std::string reason_for(const WaitClientCertificate&);
std::string reason_for(const WaitClientKeyExchange&);
std::string reason_for(const WaitCertificateVerify&);
std::string reason_for(const WaitChangeCipherSpec&);
std::string reason_for(const WaitFinished&);
std::string reason_for(const WaitResumedChangeCipherSpec&);
std::string reason_for(const WaitResumedFinished&);
std::string reason_for(const Established&);

}  // namespace glasstls::handshake::server
