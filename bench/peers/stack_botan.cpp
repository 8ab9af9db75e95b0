// Botan as a Stack: TLS::Client and TLS::Server, which talk to Callbacks of ours.
#include <botan/auto_rng.h>
#include <botan/certstor.h>
#include <botan/credentials_manager.h>
#include <botan/data_src.h>
#include <botan/pkcs8.h>
#include <botan/tls_callbacks.h>
#include <botan/tls_client.h>
#include <botan/tls_policy.h>
#include <botan/tls_server.h>
#include <botan/tls_session_manager.h>
#include <botan/version.h>
#include <botan/x509cert.h>
#include <stdexcept>
#include <vector>

#include "bench/peers/stack.h"

namespace glasstls::bench {

namespace {

namespace TLS = Botan::TLS;

/// The suite and group of the site, and nothing that is no part of TLS.
class SitePolicy final : public TLS::Policy {
 public:
  explicit SitePolicy(const Site& site) : site_(site) {}

  std::vector<std::string> allowed_ciphers() const override { return {"AES-256/GCM"}; }
  std::vector<std::string> allowed_macs() const override { return {"AEAD"}; }
  std::vector<std::string> allowed_key_exchange_methods() const override { return {"ECDH"}; }
  std::vector<std::string> allowed_signature_methods() const override {
    return {site_.key == "rsa" ? "RSA" : "ECDSA"};
  }
  std::vector<TLS::Group_Params> key_exchange_groups() const override {
    if (site_.group != "x25519") return {TLS::Group_Params::SECP256R1};
    if (site_.key == "rsa") return {TLS::Group_Params::X25519};
    return {TLS::Group_Params::X25519, TLS::Group_Params::SECP256R1};  // of the certificate
  }
  bool allow_tls10() const override { return false; }
  bool allow_tls11() const override { return false; }
  bool allow_dtls10() const override { return false; }
  bool allow_dtls12() const override { return false; }
  bool require_cert_revocation_info() const override { return false; }  // the lab has no CRL

 private:
  const Site& site_;
};

class Credentials final : public Botan::Credentials_Manager {
 public:
  explicit Credentials(const Site& site) : resume_(site.resume) {
    roots_.add_certificate(Botan::X509_Certificate(site.lab + "/root.pem"));
    const std::string start = site.lab + "/" + site.key;
    Botan::DataSource_Stream chain(start + "-chain.pem");
    while (!chain.end_of_data()) try {
        chain_.emplace_back(chain);
      } catch (const Botan::Exception&) {
        break;  // what follows the last one
      }
    Botan::DataSource_Stream key(start + "-key.pem");
    key_ = Botan::PKCS8::load_key(key);
  }

  /// A server that had some would ask for a client certificate.
  std::vector<Botan::Certificate_Store*> trusted_certificate_authorities(
      const std::string& type, const std::string&) override {
    if (type != "tls-client") return {};
    return {&roots_};
  }
  std::vector<Botan::X509_Certificate> cert_chain(const std::vector<std::string>& types,
                                                  const std::string&, const std::string&) override {
    for (const std::string& type : types)
      if (type == key_->algo_name()) return chain_;
    return {};
  }
  Botan::Private_Key* private_key_for(const Botan::X509_Certificate&, const std::string&,
                                      const std::string&) override {
    return key_.get();
  }
  Botan::SymmetricKey psk(const std::string& type, const std::string& context,
                          const std::string&) override {
    if (resume_ && type == "tls-server" && context == "session-ticket") return ticket_key_;
    throw std::runtime_error("Botan: there is no such key");  // no tickets then
  }

 private:
  bool resume_;
  Botan::Certificate_Store_In_Memory roots_;
  std::vector<Botan::X509_Certificate> chain_;
  std::unique_ptr<Botan::Private_Key> key_;
  Botan::SymmetricKey ticket_key_{std::string(64, 'a')};
};

class BotanEnd final : public End, private TLS::Callbacks {
 public:
  BotanEnd(bool is_client, bool resume, TLS::Session_Manager& sessions, Credentials& credentials,
           const TLS::Policy& policy, Botan::RandomNumberGenerator& random)
      : is_client_(is_client), resume_(resume) {
    TLS::Callbacks& callbacks = *this;
    if (is_client)
      channel_ = std::make_unique<TLS::Client>(callbacks, sessions, credentials, policy, random,
                                               TLS::Server_Information(server_name),
                                               TLS::Protocol_Version::TLS_V12);
    else
      channel_ = std::make_unique<TLS::Server>(callbacks, sessions, credentials, policy, random);
  }

  void go_on(View input, Bytes& output) override {
    try {
      channel_->received_data(input.data(), input.size());
    } catch (const Botan::Exception& error) {
      throw std::runtime_error(std::string("Botan: ") + error.what());
    }
    output.insert(output.end(), sent_.begin(), sent_.end());
    sent_.clear();
  }
  bool established() const override { return channel_->is_active(); }
  /// A session that is resumed was verified when it was made.
  bool verified() const override { return verified_ || (is_client_ && resumed_); }

  void seal(View plaintext, Bytes& record) override {
    channel_->send(plaintext.data(), plaintext.size());
    record.insert(record.end(), sent_.begin(), sent_.end());
    sent_.clear();
  }
  std::size_t open(View record, Bytes& plaintext) override {
    opened_ = &plaintext;
    plaintext.clear();
    channel_->received_data(record.data(), record.size());
    return plaintext.size();
  }

 private:
  void tls_emit_data(const std::uint8_t data[], std::size_t size) override {
    sent_.insert(sent_.end(), data, data + size);
  }
  void tls_record_received(std::uint64_t, const std::uint8_t data[], std::size_t size) override {
    opened_->insert(opened_->end(), data, data + size);
  }
  void tls_alert(TLS::Alert) override {}
  bool tls_session_established(const TLS::Session&) override { return resume_; }
  void tls_session_activated() override { resumed_ = is_client_ && !verified_; }
  void tls_verify_cert_chain(const std::vector<Botan::X509_Certificate>& chain,
                             const std::vector<std::shared_ptr<const Botan::OCSP::Response>>& ocsp,
                             const std::vector<Botan::Certificate_Store*>& roots,
                             Botan::Usage_Type usage, const std::string& hostname,
                             const TLS::Policy& policy) override {
    TLS::Callbacks::tls_verify_cert_chain(chain, ocsp, roots, usage, hostname, policy);
    verified_ = true;  // else it has thrown
  }

  bool is_client_, resume_;
  bool verified_ = false, resumed_ = false;
  std::vector<std::uint8_t> sent_;
  Bytes* opened_ = nullptr;
  std::unique_ptr<TLS::Channel> channel_;
};

class BotanStack final : public Stack {
 public:
  explicit BotanStack(const Site& site) : site_(site), policy_(site_), credentials_(site_) {}

  std::unique_ptr<End> client() override { return end(true); }
  std::unique_ptr<End> server() override { return end(false); }

 private:
  std::unique_ptr<End> end(bool is_client) {
    TLS::Session_Manager& none = none_;
    TLS::Session_Manager& kept = is_client ? client_sessions_ : server_sessions_;
    return std::make_unique<BotanEnd>(is_client, site_.resume, site_.resume ? kept : none,
                                      credentials_, policy_, random_);
  }

  Site site_;
  SitePolicy policy_;
  Credentials credentials_;
  Botan::AutoSeeded_RNG random_;
  TLS::Session_Manager_In_Memory client_sessions_{random_}, server_sessions_{random_};
  TLS::Session_Manager_Noop none_;
};

}  // namespace

About about() {
  std::string day = std::to_string(Botan::version_datestamp());
  const std::string of = day.size() == 8 ? day.insert(6, "-").insert(4, "-") : "";
  return {"Botan", Botan::short_version_string(), of, true};
}

std::unique_ptr<Stack> make_stack(const Site& site) { return std::make_unique<BotanStack>(site); }

}  // namespace glasstls::bench
