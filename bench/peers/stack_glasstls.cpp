// This project as a Stack, used as its users use it: one Config for each side, shared by all
// connections.
#include <filesystem>
#include <glasstls/version.h>
#include <optional>
#include <stdexcept>
#include <utility>

#include "bench/peers/glass_end.h"
#include "bench/peers/stack.h"
#include "platform/files.h"
#include "tls/config.h"
#include "tls/connection.h"
#include "x509/certificate.h"
#include "x509/parse_all.h"
#include "x509/private_key.h"

namespace glasstls::bench {

namespace {

Bytes read(const std::string& path) {
  platform::FileContent file = platform::read_file(path);
  if (!file) throw std::runtime_error(file.error().what);
  return file.bytes();
}

template <class T>
T value_of(x509::Result<T> result, const std::string& path) {
  if (!result) throw std::runtime_error(path + ": " + result.error().what);
  return *std::move(result);
}

handshake::Credential credential(const Site& site) {
  const std::string chain = site.lab + "/" + site.key + "-chain.pem";
  const std::string key = site.lab + "/" + site.key + "-key.pem";
  handshake::Credential made;
  made.chain = value_of(
      x509::parse_all<x509::Certificate>(read(chain), "CERTIFICATE", "certificate"), chain);
  made.key =
      std::make_shared<const crypto::PrivateKey>(value_of(x509::parse_private_key(read(key)), key));
  return made;
}

void choose(tls::CommonSettings& settings, const Site& site) {
  using enum crypto::CipherSuite;
  settings.cipher_suites = {site.key == "rsa" ? TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
                                              : TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384};
  settings.groups = {*crypto::group_by_name(site.group)};
  if (site.key == "p256" && site.group != "secp256r1")
    settings.groups.push_back(crypto::NamedGroup::secp256r1);  // of the certificate
}

class GlassStack final : public Stack {
 public:
  explicit GlassStack(const Site& site) {
    tls::ServerSettings server;
    choose(server, site);
    server.credentials =
        std::make_shared<const handshake::Credentials>(handshake::Credentials::List{
            std::make_shared<const handshake::Credential>(credential(site))});
    if (site.resume) server.ticket_keys = std::make_shared<handshake::TicketKeys>();
    server_ = std::make_shared<const tls::Config>(std::move(server));

    tls::ClientSettings client;
    choose(client, site);
    auto roots = std::make_shared<x509::TrustStore>();
    roots->add(read(site.lab + "/root.pem"));
    client.roots = std::move(roots);
    if (site.resume) client.sessions = std::make_shared<handshake::SessionCache>(1);
    client_ = std::make_shared<const tls::Config>(std::move(client));
  }

  std::unique_ptr<End> client() override {
    return std::make_unique<GlassEnd>(tls::Connection(client_, name_));
  }
  std::unique_ptr<End> server() override {
    return std::make_unique<GlassEnd>(tls::Connection::server(server_));
  }

 private:
  std::shared_ptr<const tls::Config> client_, server_;
  const std::optional<x509::ServerName> name_ = x509::ServerName::parse(server_name);
};

}  // namespace

About about() { return {"GlassTLS", std::string(library_version), "", true}; }

std::unique_ptr<Stack> make_stack(const Site& site) { return std::make_unique<GlassStack>(site); }

}  // namespace glasstls::bench
