#include "bench/site.h"

#include <stdexcept>

#include "crypto/suites.h"
#include "tests/support/identity.h"

namespace glasstls::bench {

Site::Site(const Kind& kind) : name(*x509::ServerName::parse("server.test")) {
  tls::ServerSettings server_settings;
  server_settings.groups = {kind.group};
  server_settings.credentials = std::make_shared<const handshake::Credentials>(
      handshake::Credentials::List{test::credential(kind.key)});
  if (kind.resume) server_settings.ticket_keys = std::make_shared<handshake::TicketKeys>();
  server_settings.now = test::in_validity;
  server = std::make_shared<const tls::Config>(server_settings);

  using enum crypto::CipherSuite;
  tls::ClientSettings client_settings;
  client_settings.cipher_suites = {kind.key == "rsa" ? TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
                                                     : TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384};
  client_settings.groups = {kind.group};
  if (kind.key == "p256" && kind.group != crypto::NamedGroup::secp256r1)
    client_settings.groups.push_back(crypto::NamedGroup::secp256r1);  // the certificate's own
  client_settings.roots = test::roots();
  client_settings.now = test::in_validity;
  if (kind.resume) client_settings.sessions = std::make_shared<handshake::SessionCache>(1);
  client = std::make_shared<const tls::Config>(client_settings);
}

void expect_complete(const Side& client, const Side& server, bool resumed) {
  if (!client.connection->writable() || !server.connection->writable())
    throw std::runtime_error("the handshake did not complete");
  if (client.resumed != resumed || server.resumed != resumed)
    throw std::runtime_error(resumed ? "the session was not resumed" : "a session was resumed");
}

void shake_hands(const Site& site, Side& client, Side& server, bool resumed) {
  const auto untimed = [](auto&& work) { work(); };
  shake_hands(site, client, server, resumed, untimed, untimed);
}

}  // namespace glasstls::bench
