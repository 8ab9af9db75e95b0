// The client's side of a full handshake. RFC 5246, 7.3, figure 1:
//
//   ClientHello               ──►
//                             ◄──  ServerHello, Certificate, ServerKeyExchange,
//                                  CertificateRequest*, ServerHelloDone
//   Certificate*, ClientKeyExchange,
//   [ChangeCipherSpec], Finished ──►
//                             ◄──  [ChangeCipherSpec], Finished
//   application data          ◄─►  application data
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "crypto/random.h"
#include "handshake/client_states.h"
#include "handshake/endpoint.h"
#include "handshake/exchange.h"
#include "handshake/key_schedule.h"
#include "handshake/machine.h"
#include "handshake/messages.h"
#include "handshake/negotiation.h"
#include "x509/crl.h"
#include "x509/server_name.h"
#include "x509/time.h"
#include "x509/trust_store.h"
#include "x509/verify.h"

namespace glasstls::handshake {

/// What a client wants and whom it believes. Immutable while in use.
struct ClientPolicy {
  Offer offer;  // server_name is filled in for each connection
  bool require_extended_master_secret = false;
  bool verify_certificate = true;
  std::shared_ptr<const x509::TrustStore> roots;  // not null if certificates are verified
  x509::Profile certificate_profile = x509::Profile::standard;
  std::vector<x509::CertificateList> crls;
  bool require_crl = false;
  std::function<x509::Time()> now;
  crypto::RandomSource* random = nullptr;
};

/// The machine: what a client checks, does and waits for next. Handlers throw ProtocolError, and
/// CertificateRefused.
class ClientFlow {
 public:
  /// `policy` and `exchange` must outlive the flow. Without a `name` no server_name is sent, and no
  /// name is verified.
  ClientFlow(const ClientPolicy& policy, std::optional<x509::ServerName> name, Exchange& exchange)
      : policy_(policy), name_(std::move(name)), exchange_(exchange) {}

  WaitServerHello start();

  WaitCertificate on(WaitServerHello, const ServerHello&);
  WaitServerKeyExchange on(WaitCertificate, const Certificate&);
  WaitCertificateRequestOrDone on(WaitServerKeyExchange, const ServerKeyExchange&);
  WaitServerHelloDone on(WaitCertificateRequestOrDone, const CertificateRequest&);
  WaitChangeCipherSpec on(WaitCertificateRequestOrDone, const ServerHelloDone&);
  WaitChangeCipherSpec on(WaitServerHelloDone, const ServerHelloDone&);
  WaitFinished on(WaitChangeCipherSpec, const ChangeCipherSpec&);
  Established on(WaitFinished, const Finished&);

  template <class S, class M>
  void on(S, const M&) = delete;  // only exact pairs are legal

  Exchange& exchange() { return exchange_; }

 private:
  KeySchedule key_schedule(const Hello& hello) const;
  crypto::MasterSecret derive_master_secret(const Hello& hello, const KeySchedule& schedule,
                                            const crypto::PremasterSecret& premaster);
  WaitChangeCipherSpec send_second_flight(Peer peer, Share share);

  const ClientPolicy& policy_;
  std::optional<x509::ServerName> name_;
  Exchange& exchange_;
};

/// ClientFlow with its state.
class Client final : public Endpoint {
 public:
  Client(const ClientPolicy& policy, std::optional<x509::ServerName> name, Exchange& exchange)
      : flow_(policy, std::move(name), exchange) {}

  void start() override;
  void receive(RawMessage message) override;
  void receive(const ChangeCipherSpec& message) override;
  bool established() const override { return std::holds_alternative<Established>(state_); }
  Agreement agreement() const override;
  std::string_view state_name() const override { return detail::name_of_state(state_); }

 private:
  ClientFlow flow_;
  ClientState state_;
};

}  // namespace glasstls::handshake
