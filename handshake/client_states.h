// The states of a client: what it waits for, and what it knows by then. RFC 5246, 7.3, figure 1.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "crypto/groups.h"
#include "crypto/schemes.h"
#include "crypto/secret.h"
#include "handshake/messages/client_hello.h"
#include "handshake/negotiation.h"
#include "wire/bytes.h"
#include "x509/certificate.h"
#include "x509/verify.h"

namespace glasstls::handshake {

/// Who the server is.
struct Peer {
  Hello hello;
  std::vector<x509::Certificate> chain;  // as sent, leaf first; never empty
  std::optional<x509::Verdict> verdict;  // none: verification is switched off
};

/// What came of the ServerKeyExchange: its signature is good, its point is on the curve, and a key
/// of ours has answered it.
struct Share {
  crypto::NamedGroup group{};
  crypto::SignatureScheme signature_scheme{};
  Bytes ecdh_Yc;  // our public key
  crypto::PremasterSecret premaster_secret;
};

/// What protects the connection.
struct Keys {
  Peer peer;
  crypto::NamedGroup group{};
  crypto::SignatureScheme signature_scheme{};
  crypto::MasterSecret master_secret;
};

struct WaitServerHello {
  static constexpr std::string_view name = "WaitServerHello";
  ClientHello offer;
};
struct WaitCertificate {
  static constexpr std::string_view name = "WaitCertificate";
  Hello hello;
};
struct WaitServerKeyExchange {
  static constexpr std::string_view name = "WaitServerKeyExchange";
  Peer peer;
};
struct WaitCertificateRequestOrDone {
  static constexpr std::string_view name = "WaitCertificateRequestOrDone";
  Peer peer;
  Share share;
};
struct WaitServerHelloDone {
  static constexpr std::string_view name = "WaitServerHelloDone";
  Peer peer;
  Share share;
};
struct WaitChangeCipherSpec {
  static constexpr std::string_view name = "WaitChangeCipherSpec";
  Keys keys;
};
struct WaitFinished {
  static constexpr std::string_view name = "WaitFinished";
  Keys keys;
};
struct Established {
  static constexpr std::string_view name = "Established";
  Keys keys;
};

using ClientState = std::variant<WaitServerHello, WaitCertificate, WaitServerKeyExchange,
                                 WaitCertificateRequestOrDone, WaitServerHelloDone,
                                 WaitChangeCipherSpec, WaitFinished, Established>;

/// Why the machine is in this state, in one line: its choices and verdicts. For observers.
std::string reason_for(const WaitServerHello&);
std::string reason_for(const WaitCertificate&);
std::string reason_for(const WaitServerKeyExchange&);
std::string reason_for(const WaitCertificateRequestOrDone&);
std::string reason_for(const WaitServerHelloDone&);
std::string reason_for(const WaitChangeCipherSpec&);
std::string reason_for(const WaitFinished&);
std::string reason_for(const Established&);

}  // namespace glasstls::handshake
