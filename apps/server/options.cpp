#include "apps/server/options.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <utility>

#include "apps/cert/input_files.h"
#include "apps/credential_files.h"
#include "apps/error.h"
#include "apps/names.h"
#include "handshake/credential.h"
#include "handshake/session_store.h"
#include "handshake/ticket_key_file.h"
#include "handshake/ticket_keys.h"
#include "x509/trust_store.h"

namespace glasstls::apps {

namespace {

constexpr std::size_t sessions_kept = 10'000;
constexpr std::size_t longest_names = 0xffff;  // bytes of certificate_authorities: RFC 5246, 7.4.4

[[noreturn]] void refuse(const std::string& text) { throw CommandError(ExitCode::usage, text); }

/// A SignedCertificateTimestampList begins with the length of the rest: RFC 6962, 3.3.
Bytes read_timestamps(const std::string& path) {
  Bytes list = read_input(path);
  if (list.size() < 4 || static_cast<std::size_t>(list[0] << 8 | list[1]) != list.size() - 2)
    refuse(path + " is not a SignedCertificateTimestampList (RFC 6962, 3.3)");
  return list;
}

/// An OCSPResponse is a SEQUENCE: RFC 6960, 4.2.1.
Bytes read_response(const std::string& path) {
  Bytes response = read_input(path);
  if (response.front() != 0x30) refuse(path + " is not an OCSP response in DER (RFC 6960, 4.2.1)");
  return response;
}

handshake::Credentials::List read_credentials(const ServerOptions& options,
                                              const LabCertificate* lab) {
  const auto certificates = lab ? std::vector{lab->certificate()} : options.certificates;
  const auto keys = lab ? std::vector{lab->key()} : options.keys;
  if (options.ocsp_responses.size() > certificates.size())
    refuse("there are more --ocsp than certificates");
  if (options.timestamps.size() > certificates.size())
    refuse("there are more --sct than certificates");

  handshake::Credentials::List list;
  for (std::size_t i = 0; i < certificates.size(); ++i) {
    handshake::Credential credential =
        *load_credential(certificates[i], keys[i], options.passphrase_file);
    if (i < options.ocsp_responses.size())
      credential.ocsp_response = read_response(options.ocsp_responses[i]);
    if (i < options.timestamps.size())
      credential.signed_certificate_timestamps = read_timestamps(options.timestamps[i]);
    list.push_back(std::make_shared<const handshake::Credential>(std::move(credential)));
  }
  return list;
}

/// Whom clients' certificates may come from, and their names, told to the clients.
void read_client_cas(const std::vector<std::string>& paths, tls::ServerSettings& settings) {
  x509::TrustStore roots;
  std::size_t length = 0;
  for (const std::string& path : paths) {
    for (x509::Certificate& certificate : read_certificates(path)) {
      Bytes name = wire::copy(certificate.parts().subject);
      length += 2 + name.size();
      settings.certificate_authorities.push_back(std::move(name));
      roots.add(std::move(certificate));
    }
  }
  if (length > longest_names) settings.certificate_authorities.clear();  // none is as good as all
  settings.roots = std::make_shared<const x509::TrustStore>(std::move(roots));
}

void set_client_authentication(const ServerOptions& options, const LabCertificate* lab,
                               tls::ServerSettings& settings) {
  using handshake::ClientAuthentication;
  if (!options.asks_client()) {
    if (!options.client_cas.empty())
      refuse("--client-ca means nothing without --request-client-cert or --require-client-cert");
    return;
  }
  settings.client_authentication = options.require_client_certificate
                                       ? ClientAuthentication::required
                                       : ClientAuthentication::requested;
  if (!options.client_cas.empty()) return read_client_cas(options.client_cas, settings);
  if (!lab) refuse("clients' certificates cannot be verified: give --client-ca FILE");
  read_client_cas({lab->ca()}, settings);
}

}  // namespace

std::shared_ptr<handshake::TicketKeys> read_ticket_keys(const std::vector<std::string>& paths) {
  if (paths.empty()) return std::make_shared<handshake::TicketKeys>();
  std::vector<handshake::TicketKey> all;
  std::size_t sealing = 0;
  for (const std::string& path : paths) {
    auto set = handshake::parse_ticket_keys(read_secret_input(path).reveal());
    if (!set) refuse(fault_text(path, set.error()));
    handshake::TicketKeySet keys = *std::move(set);
    if (all.empty()) sealing = keys.sealing;
    std::move(keys.keys.begin(), keys.keys.end(), std::back_inserter(all));
  }
  return std::make_shared<handshake::TicketKeys>(std::move(all), sealing);
}

tls::ServerSettings settings_of(const ServerOptions& options, const LabCertificate* lab) {
  tls::ServerSettings settings;
  settings.cipher_suites = parse_suites(options.suites);
  settings.groups = parse_groups(options.groups);
  settings.signature_schemes = parse_schemes(options.schemes);
  settings.application_protocols = parse_protocols(options.protocols);
  settings.prefer_client_order = options.prefer_client_order;
  settings.strict_server_name = options.strict_server_name;
  settings.require_extended_master_secret = options.require_extended_master_secret;
  settings.record_size_limit = options.record_size_limit;
  settings.finish_writes_after_peer_closed = true;  // what is half said is said to its end
  try {
    settings.credentials =
        std::make_shared<const handshake::Credentials>(read_credentials(options, lab));
    if (!options.no_tickets) settings.ticket_keys = read_ticket_keys(options.ticket_keys);
  } catch (const std::invalid_argument& error) {
    refuse(error.what());
  }
  if (!options.no_sessions)
    settings.sessions = std::make_shared<handshake::SessionCache>(sessions_kept);
  set_client_authentication(options, lab, settings);
  return settings;
}

}  // namespace glasstls::apps
