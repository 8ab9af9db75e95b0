#include "tls/config.h"

#include <algorithm>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>

#include "crypto/hash.h"
#include "handshake/negotiation.h"
#include "handshake/session.h"
#include "platform/clock.h"
#include "platform/random.h"

namespace glasstls::tls {

namespace {

constexpr std::size_t smallest_handshake_bound = 1024;
constexpr std::size_t largest_handshake_bound = (std::size_t{1} << 24) - 1;
constexpr std::size_t smallest_record = handshake::RecordSizeLimit::minimum;
constexpr std::uint64_t min_record_limit = 4;  // Finished, some data, close_notify

[[noreturn]] void refuse(const std::string& reason) {
  throw std::invalid_argument("Config: " + reason);
}

/// The list itself, or all of the table if it is empty. Every value must be in the table, once.
template <class Value, class Parameters>
std::vector<Value> checked(std::vector<Value> list, std::span<const Parameters> table,
                           const char* what) {
  if (list.empty())
    for (const Parameters& row : table) list.push_back(row.id);
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (crypto::find(list[i]) == nullptr) refuse(std::string("an unknown ") + what + " is listed");
    if (std::find(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(i), list[i]) !=
        list.begin() + static_cast<std::ptrdiff_t>(i))
      refuse(std::string("a ") + what + " is listed twice: " + std::string(name_of(list[i])));
  }
  return list;
}

bool can_be_served(crypto::CipherSuite suite, const std::vector<crypto::SignatureScheme>& schemes) {
  return std::any_of(schemes.begin(), schemes.end(), [&](crypto::SignatureScheme scheme) {
    return crypto::find(suite)->authentication ==
           crypto::authentication_of(crypto::find(scheme)->key_type);
  });
}

/// Suites that no offered scheme could serve are left out if they were not asked for, else refused.
std::vector<crypto::CipherSuite> suites_for(std::vector<crypto::CipherSuite> asked,
                                            const std::vector<crypto::SignatureScheme>& schemes) {
  const bool by_default = asked.empty();
  std::vector<crypto::CipherSuite> suites;
  for (const crypto::CipherSuite suite :
       checked(std::move(asked), crypto::all_suites(), "cipher suite")) {
    if (can_be_served(suite, schemes))
      suites.push_back(suite);
    else if (!by_default)
      refuse("no signature scheme is offered that " + std::string(name_of(suite)) + " could use");
  }
  return suites;
}

std::vector<crypto::NamedGroup> groups_of(const CommonSettings& settings) {
  return checked(settings.groups, crypto::all_groups(), "group");
}

std::vector<crypto::SignatureScheme> schemes_of(const CommonSettings& settings) {
  return checked(settings.signature_schemes, crypto::all_schemes(), "signature scheme");
}

std::vector<crypto::SignatureScheme> signing_schemes_of(const CommonSettings& settings) {
  if (settings.signing_schemes.empty()) return schemes_of(settings);
  return checked(settings.signing_schemes, crypto::all_schemes(), "signature scheme");
}

std::vector<std::string> protocols_of(const CommonSettings& settings) {
  const std::vector<std::string>& names = settings.application_protocols;
  std::size_t length = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].empty() || names[i].size() > 255)
      refuse("an application protocol's name has 1 to 255 bytes");
    if (std::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i), names[i]) !=
        names.begin() + static_cast<std::ptrdiff_t>(i))
      refuse("an application protocol is listed twice: " + names[i]);
    length += 1 + names[i].size();
  }
  if (length > 0xffff) refuse("the application protocols do not fit into one extension");
  return names;
}

/// `DistinguishedName certificate_authorities<0..2^16-1>` (RFC 5246, 7.4.4).
void check_authorities(const std::vector<Bytes>& names) {
  std::size_t length = 0;
  for (const Bytes& name : names) {
    if (name.empty()) refuse("the name of a certificate authority is empty");
    length += 2 + name.size();
  }
  if (length > 0xffff) refuse("the names of the certificate authorities do not fit into a message");
}

void check_limits(const x509::Limits& limits) {
  if (limits.paths == 0 || limits.signature_checks == 0 || limits.build_steps == 0 ||
      limits.certificates == 0)
    refuse("certificate_limits do not let a single path be tried");
}

handshake::PeerVerification verification_of(CommonSettings& settings, bool verify) {
  if (verify && (!settings.roots || settings.roots->empty()))
    refuse("certificates are to be verified, but there is no root to trust");
  check_limits(settings.certificate_limits);
  handshake::PeerVerification verification;
  verification.verify = verify;
  verification.roots = std::move(settings.roots);
  verification.profile = settings.certificate_profile;
  verification.crls = std::move(settings.crls);
  verification.require_crl = settings.require_crl;
  verification.own_check = std::move(settings.own_check);
  verification.limits = settings.certificate_limits;
  verification.now = settings.now ? std::move(settings.now) : platform::now;
  return verification;
}

handshake::Offer make_offer(const ClientSettings& settings) {
  handshake::Offer offer;
  offer.groups = groups_of(settings);
  offer.signature_schemes = schemes_of(settings);
  offer.cipher_suites = suites_for(settings.cipher_suites, offer.signature_schemes);
  offer.application_protocols = protocols_of(settings);
  offer.extended_master_secret = settings.offer_extended_master_secret;
  offer.status_request = settings.request_ocsp_response;
  offer.signed_certificate_timestamps = settings.request_signed_certificate_timestamps;
  offer.record_size_limit = settings.record_size_limit;
  offer.session_ticket = settings.sessions && settings.offer_tickets;
  return offer;
}

/// Whom a session's maker trusted, and who it was itself.
Bytes session_context(std::string_view side, const handshake::PeerVerification& verification,
                      View more) {
  crypto::Hash hash(crypto::HashAlgorithm::sha256);
  hash.update(wire::as_bytes(side));
  hash.update(digest_of(verification));
  hash.update(more);
  return wire::copy(hash.finish().view());
}

Bytes leaves_of(const std::vector<std::shared_ptr<const handshake::Credential>>& credentials) {
  Bytes all;
  for (const auto& credential : credentials)
    wire::append(all, crypto::hash(crypto::HashAlgorithm::sha256, credential->leaf().der()).view());
  return all;
}

/// Credentials may change later; those of the start must be of some use.
void check_serves(const handshake::ServerPolicy& server) {
  const auto credentials = server.credentials->get();
  const bool served = std::any_of(
      server.cipher_suites.begin(), server.cipher_suites.end(), [&](crypto::CipherSuite suite) {
        return std::any_of(credentials->begin(), credentials->end(), [&](const auto& credential) {
          const crypto::PublicKey& key = credential->public_key();
          std::vector<std::string> reasons;  // told to nobody
          return crypto::find(suite)->authentication == crypto::authentication_of(key.type()) &&
                 handshake::scheme_for(key, server.signing_schemes, server.signing_schemes, "",
                                       reasons);
        });
      });
  if (!served)
    refuse("no certificate's key fits any of the cipher suites with any of the signature schemes");
}

}  // namespace

Config::Config(const CommonSettings& settings)
    : random_(settings.random != nullptr ? settings.random : &platform::system_random()),
      max_handshake_message_(settings.max_handshake_message),
      max_send_fragment_(settings.max_send_fragment),
      record_limit_(settings.record_limit),
      patience_(settings.patience),
      finish_writes_after_peer_closed_(settings.finish_writes_after_peer_closed) {
  if (max_handshake_message_ < smallest_handshake_bound ||
      max_handshake_message_ > largest_handshake_bound)
    refuse("max_handshake_message must be within 1024..16777215");
  if (record_limit_ < min_record_limit || record_limit_ > record::default_record_limit)
    refuse("record_limit must be within 4..23726566");
  if (max_send_fragment_ < smallest_record || max_send_fragment_ > record::max_plaintext_length)
    refuse("max_send_fragment must be within 64..16384");
  if (settings.record_size_limit != 0 &&
      (settings.record_size_limit < smallest_record ||
       settings.record_size_limit > record::max_plaintext_length))
    refuse("record_size_limit must be within 64..16384");
}

Config::Config(ClientSettings settings) : Config(static_cast<const CommonSettings&>(settings)) {
  if (settings.require_extended_master_secret && !settings.offer_extended_master_secret)
    refuse("extended_master_secret cannot be required without being offered");
  for (const auto& credential : settings.credentials) {
    if (!credential) refuse("a credential is missing");
    handshake::check(*credential);
  }

  auto& client = policy_.emplace<handshake::ClientPolicy>();
  client.offer = make_offer(settings);
  client.require_extended_master_secret = settings.require_extended_master_secret;
  client.verification = verification_of(settings, settings.verify_peer);
  if (settings.sessions)
    client.session_context =
        session_context("client", client.verification, leaves_of(settings.credentials));
  client.signing_schemes = signing_schemes_of(settings);
  client.credentials = std::move(settings.credentials);
  client.insist_on_credentials = settings.insist_on_credentials;
  client.sessions = std::move(settings.sessions);
  client.false_start = settings.false_start;
  client.random = random_;
}

Config::Config(ServerSettings settings) : Config(static_cast<const CommonSettings&>(settings)) {
  if (!settings.credentials) refuse("a server needs a certificate and its key");
  if (settings.require_extended_master_secret && !settings.support_extended_master_secret)
    refuse("extended_master_secret cannot be required without being supported");
  if (settings.session_lifetime.count() < 1 ||
      settings.session_lifetime > handshake::max_session_lifetime)
    refuse("session_lifetime must be within 1 second and 24 hours");
  check_authorities(settings.certificate_authorities);
  const bool asks = settings.client_authentication != handshake::ClientAuthentication::none;

  auto& server = policy_.emplace<handshake::ServerPolicy>();
  server.groups = groups_of(settings);
  server.signature_schemes = schemes_of(settings);
  server.signing_schemes = signing_schemes_of(settings);
  server.cipher_suites = suites_for(settings.cipher_suites, server.signing_schemes);
  server.application_protocols = protocols_of(settings);
  server.prefer_client_order = settings.prefer_client_order;
  server.credentials = std::move(settings.credentials);
  server.strict_server_name = settings.strict_server_name;
  server.support_extended_master_secret = settings.support_extended_master_secret;
  server.require_extended_master_secret = settings.require_extended_master_secret;
  if (settings.record_size_limit != 0) server.record_size_limit = settings.record_size_limit;
  server.client_authentication = settings.client_authentication;
  server.verification = verification_of(settings, asks && settings.verify_client);
  server.certificate_authorities = std::move(settings.certificate_authorities);
  server.ticket_keys = std::move(settings.ticket_keys);
  server.sessions = std::move(settings.sessions);
  server.session_lifetime = settings.session_lifetime;
  const auto mode = static_cast<std::uint8_t>(settings.client_authentication);
  server.session_context = session_context("server", server.verification, View(&mode, 1));
  server.random = random_;
  check_serves(server);
}

Config::Config(const Config& other, crypto::RandomSource& random, std::function<x509::Time()> now)
    : Config(other) {
  random_ = &random;
  std::visit(
      [&](auto& policy) {
        policy.random = random_;
        policy.verification.now = std::move(now);
      },
      policy_);
}

const handshake::ClientPolicy& Config::client() const {
  if (is_server()) throw std::logic_error("a server's Config was used for a client");
  return std::get<handshake::ClientPolicy>(policy_);
}

const handshake::ServerPolicy& Config::server() const {
  if (!is_server()) throw std::logic_error("a client's Config was used for a server");
  return std::get<handshake::ServerPolicy>(policy_);
}

}  // namespace glasstls::tls
