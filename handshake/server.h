// The server's side of the handshake. RFC 5246, 7.3, figure 1:
//
//   ClientHello               ──►
//                             ◄──  ServerHello, Certificate, CertificateStatus*, ServerKeyExchange,
//                                  CertificateRequest*, ServerHelloDone
//   Certificate*, ClientKeyExchange, CertificateVerify*,
//   [ChangeCipherSpec], Finished ──►
//                             ◄──  NewSessionTicket*, [ChangeCipherSpec], Finished
//   application data          ◄─►  application data
//
// and figure 2, if a session is resumed:
//
//   ClientHello               ──►
//                             ◄──  ServerHello, NewSessionTicket*, [ChangeCipherSpec], Finished
//   [ChangeCipherSpec], Finished ──►
//   application data          ◄─►  application data
//
// A session that cannot be resumed, for whatever reason, means a full handshake and never an alert;
// RFC 7627, 5.3 has the one exception.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "handshake/endpoint.h"
#include "handshake/exchange.h"
#include "handshake/flow.h"
#include "handshake/machine.h"
#include "handshake/messages.h"
#include "handshake/server_negotiation.h"
#include "handshake/server_policy.h"
#include "handshake/server_states.h"

namespace glasstls::handshake {

/// The machine: what a server checks, does and waits for next. Handlers throw ProtocolError, and
/// CertificateRefused.
class ServerFlow : public Flow {
 public:
  /// `policy` and `exchange` must outlive the flow.
  ServerFlow(const ServerPolicy& policy, Exchange& exchange)
      : Flow(Side::server, exchange), policy_(policy) {}

  OneOf<server::WaitSignature, server::WaitResumedChangeCipherSpec> on(server::WaitClientHello,
                                                                       const ClientHello&);
  OneOf<server::WaitClientCertificate, server::WaitClientKeyExchange> on(server::WaitSignature,
                                                                         const Signature&);
  server::WaitClientKeyExchange on(server::WaitClientCertificate, const Certificate&);
  OneOf<server::WaitCertificateVerify, server::WaitChangeCipherSpec> on(
      server::WaitClientKeyExchange, const ClientKeyExchange&);
  server::WaitChangeCipherSpec on(server::WaitCertificateVerify, const CertificateVerify&);
  server::WaitFinished on(server::WaitChangeCipherSpec, const ChangeCipherSpec&);
  server::Established on(server::WaitFinished, const Finished&);

  server::WaitResumedFinished on(server::WaitResumedChangeCipherSpec, const ChangeCipherSpec&);
  server::Established on(server::WaitResumedFinished, const Finished&);

  template <class S, class M>
  void on(S, const M&) = delete;  // only exact pairs are legal

  void forget_session();

 private:
  /// The session that the client offers, if it can be resumed, and why it cannot be.
  struct Found {
    std::shared_ptr<const Session> session;
    Resumption how = Resumption::none;
    bool renew_ticket = false;
    std::string remark;
  };

  x509::Time now() const { return policy_.verification.now(); }
  Found find_session(const ClientHello& message, const std::string& server_name) const;
  Hello begin_hello(const ClientHello& message, std::string server_name) const;
  void send_hello(Hello& hello);
  void send_certificate(const Hello& hello, const Credential& credential);
  server::WaitSignature start_full(Hello hello);
  server::WaitResumedChangeCipherSpec resume(Hello hello, Found found);
  CertificateRequest make_certificate_request() const;
  void send_ticket(const Keys& keys);
  server::Established establish(Boxed<Keys> keys);

  const ServerPolicy& policy_;
  Resumption resumed_ = Resumption::none;
  bool ticket_sent_ = false;  // and it was not an empty one
  Bytes session_id_;          // of a session that is in the store, or may come to be
};

/// ServerFlow with its state.
class Server final : public Endpoint {
 public:
  Server(const ServerPolicy& policy, Exchange& exchange) : flow_(policy, exchange) {}

  void start() override {}
  void receive(RawMessage message) override;
  void receive(const ChangeCipherSpec& message) override;
  void receive(const Signature& answer) override;
  const SignatureRequest* signature_request() const override;
  bool established() const override { return std::holds_alternative<server::Established>(state_); }
  bool may_send_early() const override { return false; }
  Agreement take_agreement() override;
  const Exporting& exporting() const override;
  void forget_session() override { flow_.forget_session(); }
  std::string_view state_name() const override { return detail::name_of_state(state_); }

 private:
  ServerFlow flow_;
  server::State state_;
};

}  // namespace glasstls::handshake
