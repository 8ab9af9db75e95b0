#include "handshake/negotiation.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "handshake/listed.h"
#include "wire/error.h"

namespace glasstls::handshake {

namespace {

constexpr std::string_view server_hello_section = ServerHello::spec.section;

ProtocolNameList protocol_list(const std::vector<std::string>& names) {
  ProtocolNameList list;
  for (const std::string& name : names)
    list.protocol_name_list.push_back({wire::copy(wire::as_bytes(name))});
  return list;
}

/// RFC 7301, 3.1: the server names one, and one that was offered.
std::string chosen_protocol(const ClientHello& offer, const ServerHello& answer) {
  const auto* chosen = answer.find<ProtocolNameList>();
  if (chosen == nullptr) return {};
  require(chosen->protocol_name_list.size() == 1, AlertDescription::decode_error,
          "the server chose more than one application protocol", ProtocolNameList::spec.section,
          "protocol_name_list");
  const Bytes& name = chosen->protocol_name_list.front().name;
  const auto& offered = offer.find<ProtocolNameList>()->protocol_name_list;
  require(std::any_of(offered.begin(), offered.end(),
                      [&](const ProtocolName& one) { return one.name == name; }),
          AlertDescription::illegal_parameter,
          "the server chose an application protocol that was not offered",
          ProtocolNameList::spec.section, "ProtocolName");
  return std::string(wire::as_text(name));
}

void check_extensions(const ClientHello& offer, const ServerHello& answer) {
  if (!answer.extensions) return;
  for (const auto& extension : answer.extensions->list) {
    require(offer.extensions && offer.extensions->has(extension.type()),
            AlertDescription::unsupported_extension,
            "the server sent an extension that was not offered", "RFC 5246, 7.4.1.4", "extensions");
    require(extension.type() != ExtensionType::signature_algorithms,
            AlertDescription::unsupported_extension,
            "the server sent signature_algorithms, which is the client's alone",
            "RFC 5246, 7.4.1.4.1", "extensions");
  }
  if (const auto* formats = answer.extensions->find<ECPointFormats>())
    require(formats->has_uncompressed(), AlertDescription::illegal_parameter,
            "ec_point_formats lacks the uncompressed form", ECPointFormats::spec.section,
            "ec_point_format_list");
  if (const auto* info = answer.extensions->find<RenegotiationInfo>())
    require(info->renegotiated_connection.empty(), AlertDescription::handshake_failure,
            "renegotiation_info is not empty in a first handshake", "RFC 5746, 3.4",
            "renegotiated_connection");
}

}  // namespace

ClientHello make_client_hello(const Offer& offer, const Random& random, const Random& session_id) {
  ClientHello hello;
  hello.random = random;
  hello.cipher_suites = offer.cipher_suites;
  hello.compression_methods = {CompressionMethod::null};

  ClientExtensions& extensions = hello.extensions.emplace();
  if (!offer.server_name.empty())
    extensions.add(
        ServerNameList{{{NameType::host_name, wire::copy(wire::as_bytes(offer.server_name))}}});
  if (offer.extended_master_secret) extensions.add(ExtendedMasterSecret{});
  extensions.add(RenegotiationInfo{});
  extensions.add(SupportedGroups{offer.groups});
  extensions.add(ECPointFormats{{ECPointFormat::uncompressed}});
  extensions.add(SignatureAlgorithms{offer.signature_schemes});
  if (offer.status_request) extensions.add(CertificateStatusRequest{});
  if (offer.signed_certificate_timestamps) extensions.add(SignedCertificateTimestampRequest{});
  if (!offer.application_protocols.empty())
    extensions.add(protocol_list(offer.application_protocols));
  if (offer.record_size_limit != 0) extensions.add(RecordSizeLimit{offer.record_size_limit});

  const bool by_ticket = offer.session && !offer.session->ticket.empty();
  if (offer.session_ticket)
    extensions.add(SessionTicket{by_ticket ? offer.session->ticket : Bytes()});
  if (by_ticket)
    hello.session_id = wire::copy(session_id);
  else if (offer.session)
    hello.session_id = offer.session->session_id;
  return hello;
}

DowngradeSentinel downgrade_sentinel(const Random& server_random) {
  const std::string_view last = wire::as_text(View(server_random).last(8));
  if (last == std::string_view("DOWNGRD\x01", 8)) return DowngradeSentinel::tls12;
  if (last == std::string_view("DOWNGRD\x00", 8)) return DowngradeSentinel::tls11;
  return DowngradeSentinel::none;
}

Hello accept_server_hello(ClientHello offer, ServerHello answer,
                          bool require_extended_master_secret) {
  Hello hello;
  require(answer.server_version == ProtocolVersion::tls12, AlertDescription::protocol_version,
          "the server chose another version than TLS 1.2", server_hello_section, "server_version");
  hello.sentinel = downgrade_sentinel(answer.random);
  require(hello.sentinel != DowngradeSentinel::tls11, AlertDescription::illegal_parameter,
          "the server's random says that it was made to choose a version below TLS 1.2",
          "RFC 8446, 4.1.3", "random");

  hello.suite = crypto::find(answer.cipher_suite);
  require(hello.suite != nullptr && contains(offer.cipher_suites, answer.cipher_suite),
          AlertDescription::illegal_parameter,
          "the server chose a cipher suite that was not offered", server_hello_section,
          "cipher_suite");
  require(answer.compression_method == CompressionMethod::null, AlertDescription::illegal_parameter,
          "the server chose a compression method that was not offered", server_hello_section,
          "compression_method");
  check_extensions(offer, answer);

  const auto echoed = [&](ExtensionType type) {
    return answer.extensions && answer.extensions->has(type);
  };
  hello.extended_master_secret = echoed(ExtensionType::extended_master_secret);
  hello.secure_renegotiation = echoed(ExtensionType::renegotiation_info);
  require(hello.extended_master_secret || !require_extended_master_secret,
          AlertDescription::handshake_failure,
          "the server lacks extended_master_secret, which our settings require", "RFC 7627, 5.3",
          "extensions");
  if (const auto* names = offer.find<ServerNameList>())
    hello.server_name = wire::as_text(names->server_name_list.front().name);
  hello.application_protocol = chosen_protocol(offer, answer);
  hello.ticket_follows = echoed(ExtensionType::session_ticket);
  hello.status_may_follow = echoed(ExtensionType::status_request);
  if (const auto* limit = answer.find<RecordSizeLimit>())
    hello.peer_record_size_limit = limit->record_size_limit;
  hello.offer = std::move(offer);
  hello.answer = std::move(answer);
  return hello;
}

bool resumes(const Hello& hello, const Session* session) {
  if (session == nullptr || hello.offer.session_id.empty() ||
      hello.answer.session_id != hello.offer.session_id)
    return false;
  require(hello.suite->id == session->cipher_suite, AlertDescription::illegal_parameter,
          "the server resumes the session with another cipher suite", server_hello_section,
          "cipher_suite");
  require(hello.extended_master_secret == session->extended_master_secret,
          AlertDescription::handshake_failure,
          hello.extended_master_secret
              ? "the server resumes with extended_master_secret a session that lacks it"
              : "the server resumes without extended_master_secret a session that has it",
          "RFC 7627, 5.3", "extensions");
  return true;
}

void check_leaf(const Hello& hello, const x509::Certificate& leaf) {
  const x509::SubjectPublicKey& subject = leaf.public_key();
  if (!subject.key)
    throw ProtocolError(AlertDescription::unsupported_certificate,
                        "the server's key (" + subject.name + ") cannot be used: " + subject.reason,
                        "RFC 5246, 7.4.2");

  require(hello.suite->authentication == crypto::authentication_of(subject.key->type()),
          AlertDescription::illegal_parameter,
          "the server's key is of another type than the cipher suite asks for", "RFC 5246, 7.4.2",
          "certificate_list");
  if (const auto group = subject.key->group())
    require(contains(hello.offer.extensions->find<SupportedGroups>()->named_group_list, *group),
            AlertDescription::illegal_parameter,
            "the server's key is on a curve that was not offered", "RFC 8422, 5.3",
            "certificate_list");
  const auto& usage = leaf.extensions().key_usage;
  require(!usage || usage->has(x509::KeyUsageBit::digitalSignature),
          AlertDescription::unsupported_certificate,
          "the keyUsage of the server's certificate does not allow signatures", "RFC 5246, 7.4.2",
          "certificate_list");
}

void check_server_key_exchange(const Hello& hello, const crypto::PublicKey& leaf_key,
                               const ServerKeyExchange& message) {
  const ClientExtensions& offered = *hello.offer.extensions;
  require(contains(offered.find<SupportedGroups>()->named_group_list, message.params.namedcurve),
          AlertDescription::illegal_parameter, "the server chose a group that was not offered",
          "RFC 8422, 5.4", "namedcurve");
  const crypto::SignatureScheme scheme = message.signed_params.algorithm;
  require(contains(offered.find<SignatureAlgorithms>()->supported_signature_algorithms, scheme),
          AlertDescription::illegal_parameter,
          "the server signed with a scheme that was not offered", "RFC 5246, 7.4.3", "algorithm");
  const crypto::SchemeParameters* parameters = crypto::find(scheme);
  require(parameters != nullptr && parameters->key_type == leaf_key.type(),
          AlertDescription::illegal_parameter, "the signature scheme does not fit the server's key",
          "RFC 5246, 7.4.3", "algorithm");
}

namespace {

/// RFC 8017, 9.1.1: hash, salt of the same length and two bytes, in one bit less than the modulus.
bool is_long_enough(const crypto::PublicKey& key, const crypto::SchemeParameters& scheme) {
  return scheme.algorithm != crypto::SignatureAlgorithm::rsa_pss ||
         (key.bits() - 1 + 7) / 8 >= 2 * crypto::digest_size(*scheme.hash) + 2;
}

}  // namespace

std::optional<crypto::SignatureScheme> scheme_for(
    const crypto::PublicKey& key, const std::vector<crypto::SignatureScheme>& schemes,
    const std::vector<crypto::SignatureScheme>& accepted, const std::string& unless,
    std::vector<std::string>& eliminations) {
  for (const crypto::SignatureScheme scheme : schemes) {
    const crypto::SchemeParameters* known = crypto::find(scheme);
    if (known == nullptr || known->key_type != key.type()) continue;
    const bool is_accepted = contains(accepted, scheme);
    if (is_accepted && is_long_enough(key, *known)) return scheme;
    std::string reason =
        std::string(known->name) + ": " + (is_accepted ? "the key is too short for it" : unless);
    if (!contains(eliminations, reason))  // a peer's list may repeat itself
      eliminations.push_back(std::move(reason));
  }
  return std::nullopt;
}

ClientCertificateType type_for(crypto::KeyType key) {
  return key == crypto::KeyType::rsa ? ClientCertificateType::rsa_sign
                                     : ClientCertificateType::ecdsa_sign;
}

namespace {

bool is_issued_by_one_of(const Credential& credential,
                         const std::vector<DistinguishedName>& authorities) {
  return std::any_of(
      credential.chain.begin(), credential.chain.end(), [&](const x509::Certificate& certificate) {
        return std::any_of(authorities.begin(), authorities.end(), [&](const auto& name) {
          return wire::equal(name.der, certificate.parts().issuer);
        });
      });
}

}  // namespace

ClientAnswer answer_to(const CertificateRequest& request,
                       const std::vector<std::shared_ptr<const Credential>>& credentials,
                       const std::vector<crypto::SignatureScheme>& schemes) {
  ClientAnswer answer;
  for (const auto& credential : credentials) {
    const std::string which = "the certificate of " + x509::to_string(credential->leaf());
    if (!contains(request.certificate_types, type_for(credential->public_key().type()))) {
      answer.eliminations.push_back(which + ": the server does not ask for one of its type");
      continue;
    }
    const auto scheme =
        scheme_for(credential->public_key(), schemes, request.supported_signature_algorithms,
                   "the server does not offer it", answer.eliminations);
    if (!scheme) {
      answer.eliminations.push_back(which + ": its key fits no signature scheme in common");
      continue;
    }
    const bool wanted = is_issued_by_one_of(*credential, request.certificate_authorities);
    if (!wanted && !request.certificate_authorities.empty())
      answer.eliminations.push_back(which + ": no CA that the server names has issued it");
    if (!wanted && answer.credential) continue;
    answer.credential = credential;
    answer.scheme = *scheme;
    if (wanted) break;
  }
  return answer;
}

std::string terms_of(const Hello& hello) {
  std::string text = "TLS 1.2, " + std::string(hello.suite->name);
  text += hello.extended_master_secret ? ", extended_master_secret" : ", no extended_master_secret";
  if (!hello.application_protocol.empty()) text += ", ALPN " + hello.application_protocol;
  if (hello.sentinel == DowngradeSentinel::tls12)
    text += "; the random ends in DOWNGRD 01: the server could do TLS 1.3";
  return text;
}

Bytes signed_content(const Hello& hello, const ServerKeyExchange& message) {
  Bytes content;
  content.reserve(2 * sizeof(Random) + message.params_bytes.size());
  wire::append(content, hello.offer.random);
  wire::append(content, hello.answer.random);
  wire::append(content, message.params_bytes);
  return content;
}

}  // namespace glasstls::handshake
