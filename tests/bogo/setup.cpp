#include "tests/bogo/setup.h"

#include <utility>

#include "platform/files.h"
#include "tests/bogo/failure.h"
#include "x509/pem.h"
#include "x509/private_key.h"

namespace glasstls::bogo {

namespace {

Bytes read_file(const std::string& file) {
  const auto content = platform::read_file(file);
  if (!content) throw Failure("file", content.error().what);
  return content.bytes();
}

/// -use-custom-verify-callback selects the alert of a no.
handshake::OwnCheck verification_hook(const Settings& settings, Memory& memory,
                                      Verification& verification) {
  const bool says_no = settings.verify_fail;
  const bool matters = settings.verify_peer || settings.require_any_client_certificate;
  const auto alert = settings.use_custom_verify_callback ? AlertDescription::certificate_unknown
                                                         : AlertDescription::handshake_failure;
  return {"the shim's hook",
          [=, &memory, &verification](
              const std::vector<x509::Certificate>&) -> std::optional<AlertDescription> {
            verification.asked = true;
            memory.verified = !says_no;
            verification.rejected = says_no && matters;
            if (!verification.rejected) return std::nullopt;
            return alert;
          }};
}

/// -verify-prefs alone says nothing of what our own key may sign with.
std::vector<crypto::SignatureScheme> signing_schemes(const Settings& settings) {
  if (!settings.signing_prefs.empty()) return settings.signing_prefs;
  std::vector<crypto::SignatureScheme> all;
  for (const auto& scheme : crypto::all_schemes()) all.push_back(scheme.id);
  return all;
}

void set_common(tls::CommonSettings& ours, const Settings& settings, Memory& memory,
                Verification& verification) {
  ours.cipher_suites = settings.cipher;
  ours.groups = settings.curves;
  ours.signature_schemes = settings.verify_prefs;
  ours.signing_schemes = signing_schemes(settings);
  ours.own_check = verification_hook(settings, memory, verification);
  if (settings.max_cert_list) ours.max_handshake_message = *settings.max_cert_list;
  if (settings.max_send_fragment) ours.max_send_fragment = *settings.max_send_fragment;
}

std::shared_ptr<const tls::Config> client_config(
    const Settings& settings, const std::shared_ptr<const handshake::Credential>& credential,
    Memory& memory, Verification& verification) {
  tls::ClientSettings client;
  set_common(client, settings, memory, verification);
  client.verify_peer = false;  // the hook has the only word
  client.sessions = memory.client_sessions;
  client.offer_tickets = !settings.no_ticket;
  client.request_ocsp_response = settings.enable_ocsp_stapling;
  client.application_protocols = settings.advertise_alpn;
  if (credential) client.credentials = {credential};
  client.insist_on_credentials = true;  // the runner's tests give it to be shown
  return std::make_shared<const tls::Config>(std::move(client));
}

handshake::ClientAuthentication client_authentication(const Settings& settings) {
  if (settings.require_any_client_certificate) return handshake::ClientAuthentication::required;
  if (settings.verify_peer) return handshake::ClientAuthentication::requested;
  return handshake::ClientAuthentication::none;
}

/// ALPN: a refusal is a server that speaks only what nobody offers; declining is speaking nothing.
std::vector<std::string> server_protocols(const Settings& settings) {
  if (settings.reject_alpn) return {"nobody offers this"};
  if (settings.decline_alpn || settings.select_alpn.empty()) return {};
  return {settings.select_alpn};
}

std::shared_ptr<const tls::Config> server_config(
    const Settings& settings, const std::shared_ptr<const handshake::Credential>& credential,
    Memory& memory, Verification& verification) {
  if (!credential) throw Failure("no certificate", "a server needs -cert-file and -key-file");
  tls::ServerSettings server;
  set_common(server, settings, memory, verification);
  server.verify_client = false;  // the hook has the only word
  server.client_authentication = client_authentication(settings);
  server.certificate_authorities = settings.use_client_ca_list;
  server.credentials =
      std::make_shared<handshake::Credentials>(handshake::Credentials::List{credential});
  server.sessions = memory.server_sessions;
  if (!settings.no_ticket) server.ticket_keys = memory.ticket_keys;
  server.application_protocols = server_protocols(settings);
  return std::make_shared<const tls::Config>(std::move(server));
}

std::optional<x509::ServerName> host_name(const Settings& settings) {
  if (settings.host_name.empty()) return std::nullopt;
  const auto name = x509::ServerName::parse(settings.host_name);
  if (!name) throw Failure("host name", settings.host_name);
  return name;
}

}  // namespace

std::vector<x509::Certificate> read_certificates(const std::string& file) {
  std::vector<x509::Certificate> certificates;
  const x509::PemText text = x509::parse_pem(wire::as_text(read_file(file)));
  for (const x509::PemBlock& block : text.blocks) {
    if (block.label != "CERTIFICATE") continue;
    auto certificate = x509::Certificate::parse(block.der);
    if (!certificate) throw Failure("certificate", file + ": " + certificate.error().what);
    certificates.push_back(*std::move(certificate));
  }
  if (certificates.empty()) throw Failure("certificate", file + " holds none");
  return certificates;
}

std::shared_ptr<const handshake::Credential> credential_of(const Settings& settings) {
  if (settings.cert_file.empty()) return nullptr;
  auto key = x509::parse_private_key(read_file(settings.key_file));
  if (!key) throw Failure("key", settings.key_file + ": " + key.error().what);
  auto credential = std::make_shared<handshake::Credential>();
  credential->chain = read_certificates(settings.cert_file);
  credential->key = std::make_shared<const crypto::PrivateKey>(*std::move(key));
  credential->ocsp_response = settings.ocsp_response;
  return credential;
}

tls::Connection make_connection(const Settings& settings,
                                std::shared_ptr<const handshake::Credential> credential,
                                Memory& memory, Verification& verification,
                                std::shared_ptr<Seen> seen) {
  if (credential && settings.async) {
    auto without_key = std::make_shared<handshake::Credential>(*credential);
    without_key->key.reset();
    credential = std::move(without_key);
  }
  if (settings.server)
    return tls::Connection::server(server_config(settings, credential, memory, verification),
                                   {std::move(seen)});
  return tls::Connection(client_config(settings, credential, memory, verification),
                         host_name(settings), {std::move(seen)});
}

}  // namespace glasstls::bogo
