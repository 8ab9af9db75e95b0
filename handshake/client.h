// The client's side of the handshake. RFC 5246, 7.3, figure 1:
//
//   ClientHello               ──►
//                             ◄──  ServerHello, Certificate, CertificateStatus*, ServerKeyExchange,
//                                  CertificateRequest*, ServerHelloDone
//   Certificate*, ClientKeyExchange, CertificateVerify*,
//   [ChangeCipherSpec], Finished ──►
//                             ◄──  NewSessionTicket*, [ChangeCipherSpec], Finished
//   application data          ◄─►  application data
//
// and figure 2, if the server resumes a session:
//
//   ClientHello               ──►
//                             ◄──  ServerHello, NewSessionTicket*, [ChangeCipherSpec], Finished
//   [ChangeCipherSpec], Finished ──►
//   application data          ◄─►  application data
#pragma once

#include <optional>
#include <string_view>

#include "handshake/client_policy.h"
#include "handshake/client_sessions.h"
#include "handshake/client_states.h"
#include "handshake/endpoint.h"
#include "handshake/exchange.h"
#include "handshake/flow.h"
#include "handshake/machine.h"
#include "handshake/messages.h"
#include "x509/server_name.h"

namespace glasstls::handshake {

/// The machine: what a client checks, does and waits for next. Handlers throw ProtocolError, and
/// CertificateRefused.
class ClientFlow : public Flow {
 public:
  /// `policy` and `exchange` must outlive the flow. Without a `name` no server_name is sent, and no
  /// name is verified.
  ClientFlow(const ClientPolicy& policy, std::optional<x509::ServerName> name, Exchange& exchange)
      : Flow(Side::client, exchange), policy_(policy), name_(std::move(name)) {}

  client::WaitServerHello start();

  OneOf<client::WaitCertificate, client::WaitResumedNewSessionTicket,
        client::WaitResumedChangeCipherSpec>
  on(client::WaitServerHello, const ServerHello&);

  OneOf<client::WaitCertificateStatusOrKeyExchange, client::WaitServerKeyExchange> on(
      client::WaitCertificate, const Certificate&);
  client::WaitServerKeyExchange on(client::WaitCertificateStatusOrKeyExchange,
                                   const CertificateStatus&);
  client::WaitCertificateRequestOrDone on(client::WaitCertificateStatusOrKeyExchange,
                                          const ServerKeyExchange&);
  client::WaitCertificateRequestOrDone on(client::WaitServerKeyExchange, const ServerKeyExchange&);
  client::WaitServerHelloDone on(client::WaitCertificateRequestOrDone, const CertificateRequest&);
  OneOf<client::WaitNewSessionTicket, client::WaitChangeCipherSpec> on(
      client::WaitCertificateRequestOrDone, const ServerHelloDone&);
  OneOf<client::WaitSignature, client::WaitNewSessionTicket, client::WaitChangeCipherSpec> on(
      client::WaitServerHelloDone, const ServerHelloDone&);
  OneOf<client::WaitNewSessionTicket, client::WaitChangeCipherSpec> on(client::WaitSignature,
                                                                       const Signature&);
  client::WaitChangeCipherSpec on(client::WaitNewSessionTicket, const NewSessionTicket&);
  client::WaitFinished on(client::WaitChangeCipherSpec, const ChangeCipherSpec&);
  client::Established on(client::WaitFinished, const Finished&);

  client::WaitResumedChangeCipherSpec on(client::WaitResumedNewSessionTicket,
                                         const NewSessionTicket&);
  client::WaitResumedFinished on(client::WaitResumedChangeCipherSpec, const ChangeCipherSpec&);
  client::Established on(client::WaitResumedFinished, const Finished&);

  template <class S, class M>
  void on(S, const M&) = delete;  // only exact pairs are legal

  /// Takes from the store what this connection offered or put there, and nothing of others.
  void forget_session();
  bool allows_false_start() const { return policy_.false_start; }

 private:
  using AfterFinished = OneOf<client::WaitNewSessionTicket, client::WaitChangeCipherSpec>;

  client::WaitCertificateRequestOrDone take_share(client::Peer peer,
                                                  const ServerKeyExchange& message);
  /// Throws ProtocolError(handshake_failure) if we have certificates, and none of them is to be shown.
  void insist_on(ClientAnswer& answer) const;
  Boxed<Keys> send_key_exchange(client::Peer peer, client::Share share);
  AfterFinished finish_second_flight(Boxed<Keys> keys);
  client::Established establish(Boxed<Keys> keys, NewSessionTicket ticket);
  bool keep_session(const Keys& keys, NewSessionTicket ticket);

  const ClientPolicy& policy_;
  std::optional<x509::ServerName> name_;
  std::shared_ptr<const Session> session_;  // that was offered, or made
};

/// ClientFlow with its state.
class Client final : public Endpoint {
 public:
  Client(const ClientPolicy& policy, std::optional<x509::ServerName> name, Exchange& exchange)
      : flow_(policy, std::move(name), exchange) {}

  void start() override;
  void receive(RawMessage message) override;
  void receive(const ChangeCipherSpec& message) override;
  void receive(const Signature& answer) override;
  const SignatureRequest* signature_request() const override;
  bool established() const override { return std::holds_alternative<client::Established>(state_); }
  bool may_send_early() const override;
  Agreement take_agreement() override;
  const Exporting& exporting() const override;
  void forget_session() override { flow_.forget_session(); }
  std::string_view state_name() const override { return detail::name_of_state(state_); }

 private:
  ClientFlow flow_;
  client::State state_;
};

}  // namespace glasstls::handshake
