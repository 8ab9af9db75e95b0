// The states of a client: what it waits for, and what it knows by then. RFC 5246, 7.3: figure 1, and
// figure 2 for a resumed session.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "crypto/groups.h"
#include "crypto/schemes.h"
#include "crypto/secret.h"
#include "handshake/agreement.h"
#include "handshake/boxed.h"
#include "handshake/flow.h"
#include "handshake/messages/client_hello.h"
#include "handshake/messages/new_session_ticket.h"
#include "handshake/negotiation.h"
#include "handshake/session.h"
#include "handshake/signature.h"
#include "wire/bytes.h"

namespace glasstls::handshake::client {

/// Who the server is.
struct Peer {
  Boxed<Hello> hello;
  JudgedChain chain;      // never empty
  Bytes ocsp_response{};  // empty: none was stapled
};

/// What came of the ServerKeyExchange: its signature is good, its point is on the curve, and a key
/// of ours has answered it.
struct Share {
  crypto::NamedGroup group{};
  crypto::SignatureScheme signature_scheme{};
  Bytes ecdh_Yc;  // our public key
  crypto::PremasterSecret premaster_secret;
};

struct WaitServerHello {
  static constexpr std::string_view name = "WaitServerHello";
  ClientHello offer;
  std::string remark;  // why a session that is kept was not offered
};
struct WaitCertificate {
  static constexpr std::string_view name = "WaitCertificate";
  Boxed<Hello> hello;
  bool session_was_declined = false;
};
/// CertificateStatus is optional even if the server agreed to it (RFC 6066, 8).
struct WaitCertificateStatusOrKeyExchange {
  static constexpr std::string_view name = "WaitCertificateStatusOrKeyExchange";
  Peer peer;
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
  ClientAnswer answer;
};
struct WaitSignature {
  static constexpr std::string_view name = "WaitSignature";
  Boxed<Keys> keys;
  SignatureRequest request;  // for our CertificateVerify
};
struct WaitNewSessionTicket {
  static constexpr std::string_view name = "WaitNewSessionTicket";
  Boxed<Keys> keys;
};
struct WaitChangeCipherSpec {
  static constexpr std::string_view name = "WaitChangeCipherSpec";
  Boxed<Keys> keys;
  NewSessionTicket ticket;  // empty: none came
};
struct WaitFinished {
  static constexpr std::string_view name = "WaitFinished";
  Boxed<Keys> keys;
  NewSessionTicket ticket;
};
struct WaitResumedNewSessionTicket {
  static constexpr std::string_view name = "WaitResumedNewSessionTicket";
  Boxed<Keys> keys;
};
struct WaitResumedChangeCipherSpec {
  static constexpr std::string_view name = "WaitResumedChangeCipherSpec";
  Boxed<Keys> keys;
  NewSessionTicket ticket;
};
struct WaitResumedFinished {
  static constexpr std::string_view name = "WaitResumedFinished";
  Boxed<Keys> keys;
  NewSessionTicket ticket;
};
struct Established {
  static constexpr std::string_view name = "Established";
  Agreement agreement;
  Exporting exporting;
};

using State = std::variant<WaitServerHello, WaitCertificate, WaitCertificateStatusOrKeyExchange,
                           WaitServerKeyExchange, WaitCertificateRequestOrDone, WaitServerHelloDone,
                           WaitSignature, WaitNewSessionTicket, WaitChangeCipherSpec, WaitFinished,
                           WaitResumedNewSessionTicket, WaitResumedChangeCipherSpec,
                           WaitResumedFinished, Established>;

/// Why the machine is in this state, in one line: its choices and verdicts. For observers.
std::string reason_for(const WaitServerHello&);
std::string reason_for(const WaitCertificate&);
std::string reason_for(const WaitCertificateStatusOrKeyExchange&);
std::string reason_for(const WaitServerKeyExchange&);
std::string reason_for(const WaitCertificateRequestOrDone&);
std::string reason_for(const WaitServerHelloDone&);
std::string reason_for(const WaitSignature&);
std::string reason_for(const WaitNewSessionTicket&);
std::string reason_for(const WaitChangeCipherSpec&);
std::string reason_for(const WaitFinished&);
std::string reason_for(const WaitResumedNewSessionTicket&);
std::string reason_for(const WaitResumedChangeCipherSpec&);
std::string reason_for(const WaitResumedFinished&);
std::string reason_for(const Established&);

}  // namespace glasstls::handshake::client
