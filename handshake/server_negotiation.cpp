#include "handshake/server_negotiation.h"

#include <algorithm>
#include <utility>

#include "handshake/listed.h"
#include "handshake/negotiation.h"
#include "wire/error.h"
#include "x509/server_name.h"

namespace glasstls::handshake {

namespace {

constexpr std::string_view client_hello_section = ClientHello::spec.section;
constexpr const char* not_ours = "our settings leave it out";
constexpr const char* not_the_clients = "the client does not offer it";
constexpr std::size_t longest_dns_name = 255;  // RFC 1035, 2.3.4; sessions keep the name

/// Names, each once: a client's list may be long, and repeat itself.
template <class T>
std::string joined(const std::vector<T>& values) {
  std::vector<std::string_view> names;
  std::string text;
  for (const T& value : values) {
    const std::string_view name = name_of(value);
    if (name.empty() || name == "GREASE" || contains(names, name)) continue;
    names.push_back(name);
    text += (text.empty() ? "" : ", ") + std::string(name);
  }
  return text.empty() ? "none that we know" : text;
}

std::string_view text_of(const std::string& protocol) { return protocol; }
std::string_view text_of(const ProtocolName& protocol) { return wire::as_text(protocol.name); }

/// The first few protocols. What is not plain ASCII becomes '?'.
template <class Protocol>
std::string first_of(const std::vector<Protocol>& protocols) {
  constexpr std::size_t most = 8;
  std::string text;
  for (std::size_t i = 0; i < std::min(protocols.size(), most); ++i) {
    if (i != 0) text += ", ";
    for (const char c : text_of(protocols[i])) text += c > ' ' && c <= '~' ? c : '?';
  }
  if (protocols.size() > most) text += " and " + std::to_string(protocols.size() - most) + " more";
  return text;
}

/// What the client's lists say, as one thing to ask.
struct Client {
  const ClientHello& hello;
  std::vector<crypto::NamedGroup> groups;
  std::vector<crypto::SignatureScheme> schemes;       // of our signature
  std::vector<crypto::SignatureScheme> cert_schemes;  // of the signatures in certificates
};

Client lists_of(const ClientHello& hello) {
  Client client{hello, {crypto::NamedGroup::secp256r1}, {}, {}};
  if (const auto* groups = hello.find<SupportedGroups>()) client.groups = groups->named_group_list;
  if (const auto* schemes = hello.find<SignatureAlgorithms>())
    client.schemes = schemes->supported_signature_algorithms;
  client.cert_schemes = client.schemes;
  if (const auto* schemes = hello.find<SignatureAlgorithmsCert>())
    client.cert_schemes = schemes->supported_signature_algorithms;
  return client;
}

std::vector<crypto::CipherSuite> suites_in_order(const ClientHello& hello,
                                                 const ServerPolicy& policy) {
  std::vector<crypto::CipherSuite> common;  // in the client's order
  for (const crypto::CipherSuite suite : hello.cipher_suites)
    if (contains(policy.cipher_suites, suite) && !contains(common, suite)) common.push_back(suite);
  const auto is_chacha20 = [](crypto::CipherSuite suite) {
    return crypto::find(suite)->aead == crypto::AeadAlgorithm::chacha20_poly1305;
  };
  std::vector<crypto::CipherSuite> order = policy.cipher_suites;
  if (policy.prefer_client_order) {
    order = common;
    for (const crypto::CipherSuite suite : policy.cipher_suites)
      if (!contains(order, suite)) order.push_back(suite);
  } else if (!common.empty() && is_chacha20(common.front())) {
    std::stable_partition(order.begin(), order.end(), is_chacha20);
  }
  return order;
}

/// Whether the client says that it can verify all signatures of the chain. That of a self-issued
/// certificate is nobody's to verify.
bool can_be_verified(const Credential& credential, const Client& client) {
  return std::all_of(
      credential.chain.begin(), credential.chain.end(), [&](const x509::Certificate& certificate) {
        const auto& signature = certificate.signature_algorithm().usable;
        if (certificate.is_self_issued()) return true;
        return signature &&
               std::any_of(client.cert_schemes.begin(), client.cert_schemes.end(),
                           [&](crypto::SignatureScheme scheme) {
                             const auto* known = crypto::find(scheme);
                             return known != nullptr && known->algorithm == signature->algorithm &&
                                    known->hash.value_or(signature->hash) == signature->hash;
                           });
      });
}

/// Why a credential cannot serve a suite; nothing if it can, and `choice` is filled in then.
std::string try_credential(const std::shared_ptr<const Credential>& credential,
                           const crypto::SuiteParameters& suite, const Client& client,
                           const ServerPolicy& policy, Choice& choice) {
  const crypto::PublicKey& key = credential->public_key();
  if (suite.authentication != crypto::authentication_of(key.type()))
    return "its key is " + std::string(name_of(key.type()));
  if (const auto group = key.group(); group && !contains(client.groups, *group))
    return "its key is on " + std::string(name_of(*group)) + ", which the client does not offer";
  const auto& ours = policy.signing_schemes;
  std::vector<std::string> passed_over;
  const auto scheme = policy.prefer_client_order
                          ? scheme_for(key, client.schemes, ours, not_ours, passed_over)
                          : scheme_for(key, ours, client.schemes, not_the_clients, passed_over);
  if (!scheme)
    return "its key fits none of the signature schemes in common (the client offers " +
           joined(client.schemes) + ")";
  choice.suite = &suite;
  choice.credential = credential;
  choice.scheme = *scheme;
  std::move(passed_over.begin(), passed_over.end(), std::back_inserter(choice.eliminations));
  return {};
}

/// Those for the name, else all; those that the client can verify first.
Credentials::List in_order(const Credentials::List& list, const Client& client,
                           const std::string& server_name, Choice& choice) {
  Credentials::List candidates;
  std::copy_if(list.begin(), list.end(), std::back_inserter(candidates),
               [&](const auto& credential) {
                 return !server_name.empty() && credential->is_for(server_name);
               });
  choice.server_name_used = !candidates.empty();
  if (candidates.empty()) candidates = list;
  if (candidates.size() < list.size())
    choice.eliminations.push_back(std::to_string(list.size() - candidates.size()) +
                                  " of our certificates: not for the name that is asked for");
  const auto doubtful = std::stable_partition(
      candidates.begin(), candidates.end(),
      [&](const auto& credential) { return can_be_verified(*credential, client); });
  if (doubtful != candidates.begin())
    for (auto credential = doubtful; credential != candidates.end(); ++credential)
      choice.eliminations.push_back("the certificate of " + x509::to_string((*credential)->leaf()) +
                                    " first: the client does not say that it can verify its chain");
  return candidates;
}

[[noreturn]] void refuse(AlertDescription alert, const char* reason, std::string_view section,
                         std::string_view field, std::vector<std::string> eliminations) {
  ProtocolError error(alert, reason, section);
  error.field = field;
  error.eliminations = std::move(eliminations);
  throw error;
}

void choose_group(const Client& client, const ServerPolicy& policy, Choice& choice) {
  const auto& first = policy.prefer_client_order ? client.groups : policy.groups;
  const auto& second = policy.prefer_client_order ? policy.groups : client.groups;
  for (const crypto::NamedGroup group : first) {
    if (contains(second, group)) {
      choice.group = group;
      return;
    }
    if (crypto::find(group) == nullptr) continue;
    std::string reason = std::string(name_of(group)) + ": " +
                         (policy.prefer_client_order ? not_ours : not_the_clients);
    if (!contains(choice.eliminations, reason)) choice.eliminations.push_back(std::move(reason));
  }
  choice.eliminations.push_back("a group: the client offers " + joined(client.groups) +
                                "; we speak " + joined(policy.groups));
  refuse(AlertDescription::handshake_failure, "no group of the client's is one of ours",
         "RFC 8422, 5.1", "named_group_list", std::move(choice.eliminations));
}

}  // namespace

void check_client_hello(const ClientHello& hello, const ServerPolicy& policy) {
  if (const auto* versions = hello.find<SupportedVersions>()) {
    require(hello.client_version > ProtocolVersion::ssl30, AlertDescription::protocol_version,
            "the client's version is SSL 3.0 or older", "RFC 7568, 3", "client_version");
    require(contains(versions->versions, ProtocolVersion::tls12),
            AlertDescription::protocol_version, "TLS 1.2 is not among the client's versions",
            SupportedVersions::spec.section, "versions");
  } else {
    require(hello.client_version >= ProtocolVersion::tls12, AlertDescription::protocol_version,
            "the client's version is below TLS 1.2", "RFC 5246, E.1", "client_version");
  }
  require(contains(hello.compression_methods, CompressionMethod::null),
          AlertDescription::illegal_parameter, "null compression is not offered",
          client_hello_section, "compression_methods");
  if (const auto* formats = hello.find<ECPointFormats>())
    require(formats->has_uncompressed(), AlertDescription::illegal_parameter,
            "ec_point_formats lacks the uncompressed form", ECPointFormats::spec.section,
            "ec_point_format_list");
  if (const auto* info = hello.find<RenegotiationInfo>())
    require(info->renegotiated_connection.empty(), AlertDescription::handshake_failure,
            "renegotiation_info is not empty in a first handshake", "RFC 5746, 3.6",
            "renegotiated_connection");
  require(!policy.require_extended_master_secret || hello.find<ExtendedMasterSecret>() != nullptr,
          AlertDescription::handshake_failure,
          "the client lacks extended_master_secret, which our settings require", "RFC 7627, 5.2",
          "extensions");
}

bool offers_secure_renegotiation(const ClientHello& hello) {
  return hello.find<RenegotiationInfo>() != nullptr ||
         contains(hello.cipher_suites, crypto::CipherSuite::TLS_EMPTY_RENEGOTIATION_INFO_SCSV);
}

std::string requested_server_name(const ClientHello& hello) {
  const auto* names = hello.find<ServerNameList>();
  if (names == nullptr) return {};
  std::string requested;
  std::vector<NameType> types;
  for (const ServerName& name : names->server_name_list) {
    require(!contains(types, name.name_type), AlertDescription::illegal_parameter,
            "server_name holds two names of one type", ServerNameList::spec.section,
            "server_name_list");
    types.push_back(name.name_type);
    if (name.name_type == NameType::host_name) requested = wire::as_text(name.name);
  }
  if (const auto parsed = x509::ServerName::parse(requested)) return parsed->text();
  // No name that we would ask for, and perhaps one that a wildcard is for all the same.
  if (requested.ends_with('.')) requested.pop_back();
  requested.resize(std::min(requested.size(), longest_dns_name));
  std::transform(requested.begin(), requested.end(), requested.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return requested;
}

std::string choose_application_protocol(const ClientHello& hello,
                                        const std::vector<std::string>& ours) {
  const auto* offered = hello.find<ProtocolNameList>();
  if (offered == nullptr || ours.empty()) return {};
  for (const std::string& name : ours)
    for (const ProtocolName& one : offered->protocol_name_list)
      if (text_of(one) == name) return name;
  refuse(AlertDescription::no_application_protocol,
         "none of the client's application protocols is one of ours", "RFC 7301, 3.2",
         "protocol_name_list",
         {"a protocol: the client offers " + first_of(offered->protocol_name_list) + "; we speak " +
          first_of(ours)});
}

Choice choose(const ClientHello& hello, const ServerPolicy& policy, const Credentials::List& list,
              const std::string& server_name) {
  require(hello.find<SignatureAlgorithms>() != nullptr, AlertDescription::handshake_failure,
          "the client sends no signature_algorithms, and SHA-1 is not to be assumed", "RFC 9155, 2",
          "extensions");
  const Client client = lists_of(hello);
  Choice choice;
  const Credentials::List candidates = in_order(list, client, server_name, choice);
  require(choice.server_name_used || server_name.empty() || !policy.strict_server_name,
          AlertDescription::unrecognized_name, "no certificate of ours is for the name asked for",
          ServerNameList::spec.section, "host_name");

  for (const crypto::CipherSuite id : suites_in_order(hello, policy)) {
    const crypto::SuiteParameters& suite = *crypto::find(id);
    if (!contains(hello.cipher_suites, id)) {
      choice.eliminations.push_back(std::string(suite.name) + ": " + not_the_clients);
      continue;
    }
    for (const auto& credential : candidates) {
      const std::string reason = try_credential(credential, suite, client, policy, choice);
      if (!reason.empty()) {
        choice.eliminations.push_back(std::string(suite.name) + " with the certificate of " +
                                      x509::to_string(credential->leaf()) + ": " + reason);
        continue;
      }
      choose_group(client, policy, choice);
      return choice;
    }
  }
  refuse(AlertDescription::handshake_failure, "no cipher suite can be agreed on",
         "RFC 5246, 7.4.1.3", "cipher_suites", std::move(choice.eliminations));
}

namespace {

bool serves(const ServerPolicy& policy, const std::string& server_name) {
  const auto list = policy.credentials->get();
  return std::any_of(list->begin(), list->end(),
                     [&](const auto& credential) { return credential->is_for(server_name); });
}

}  // namespace

Acceptance accepts(const Session& session, const ClientHello& hello, const ServerPolicy& policy,
                   const std::string& server_name, x509::Time now) {
  const bool offers_ems = hello.find<ExtendedMasterSecret>() != nullptr;
  if (!session.is_current(now))
    return {false, "the session has expired, or the client's certificates have"};
  if (session.context != policy.session_context)
    return {false, "the session was made under other rules for clients"};
  if (session.server_name != server_name) return {false, "the session is of another server_name"};
  if (!contains(policy.cipher_suites, session.cipher_suite) ||
      !contains(hello.cipher_suites, session.cipher_suite))
    return {false, "the session's cipher suite is not offered, or not ours any more"};
  if (policy.strict_server_name && !server_name.empty() && !serves(policy, server_name))
    return {false, "no certificate of ours is for the session's server_name any more"};
  if (session.extended_master_secret && !policy.support_extended_master_secret)
    return {false, "the session has extended_master_secret, which our settings leave out"};
  if (!session.extended_master_secret && offers_ems && policy.support_extended_master_secret)
    return {false, "the session lacks extended_master_secret, which the client offers now"};
  require(!session.extended_master_secret || offers_ems, AlertDescription::handshake_failure,
          "the session has extended_master_secret, and the hello that offers it has not",
          "RFC 7627, 5.3", "extensions");
  return {true, {}};
}

}  // namespace glasstls::handshake
