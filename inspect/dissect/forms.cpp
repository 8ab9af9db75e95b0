#include "inspect/dissect/forms.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <utility>

#include "handshake/messages.h"
#include "inspect/dissect/messages/certificates.h"
#include "inspect/dissect/messages/hellos.h"
#include "inspect/dissect/messages/key_exchanges.h"
#include "inspect/dissect/messages/others.h"
#include "inspect/dissect/messages/signature.h"

namespace glasstls::inspect {
namespace {

using handshake::HandshakeType;
using wire::Reader;

ProtocolVersion version_of(const DissectContext& context) {
  return context.version.value_or(ProtocolVersion::tls12);
}

/// Drafts too.
bool is_tls13(const DissectContext& context) {
  return name_of(version_of(context)).starts_with("TLS 1.3");
}

KeyExchange exchange_in(const DissectContext& context) {
  return context.cipher_suite ? key_exchange_of(*context.cipher_suite) : KeyExchange{};
}

/// On the heap: GCC 12 takes an empty optional on the stack for uninitialized.
template <class Body>
void read_as(Reader& reader, const DissectContext&) {
  const auto body = std::make_unique<Body>();
  Body::fields(reader, *body);
}

void read_server_key_exchange(Reader& reader, const DissectContext& context) {
  shown::ServerKeyExchange body(exchange_in(context), version_of(context));
  if (!body.has_form()) return read_as<shown::Opaque>(reader, context);
  shown::ServerKeyExchange::fields(reader, body);
}

void read_client_key_exchange(Reader& reader, const DissectContext& context) {
  shown::ClientKeyExchange body;
  body.method = exchange_in(context).method;
  body.version = version_of(context);
  body.is_implicit = reader.done() && (body.method == KeyExchangeMethod::dh ||
                                       body.method == KeyExchangeMethod::ecdh);
  if (!body.has_form()) return read_as<shown::Opaque>(reader, context);
  shown::ClientKeyExchange::fields(reader, body);
}

void read_certificate_request(Reader& reader, const DissectContext& context) {
  if (shown::tells_algorithm(version_of(context)))
    return read_as<handshake::CertificateRequest>(reader, context);
  read_as<shown::OldCertificateRequest>(reader, context);
}

void read_certificate_verify(Reader& reader, const DissectContext& context) {
  shown::CertificateVerify body;
  body.signature.version = version_of(context);
  shown::CertificateVerify::fields(reader, body);
}

void read_finished(Reader& reader, const DissectContext& context) {
  if (version_of(context) == ProtocolVersion::ssl30)
    return read_as<shown::OldFinished>(reader, context);
  read_as<handshake::Finished>(reader, context);
}

Form server_hello_form(View message) {
  constexpr std::size_t random_at = 6;  // behind msg_type, length and version
  constexpr View random(shown::hello_retry_random);
  const bool is_retry = message.size() >= random_at + random.size() &&
                        wire::equal(message.subspan(random_at, random.size()), random);
  if (is_retry)
    return {{"HelloRetryRequest", "RFC 8446, 4.1.4"}, read_as<shown::HelloRetryRequest>};
  return {handshake::ServerHello::spec, read_as<shown::ServerHello>};
}

/// What is encrypted in TLS 1.3, and what we have no form for.
constexpr std::pair<unsigned, Spec> opaque_messages[] = {
    {3, {"HelloVerifyRequest", "RFC 6347, 4.2.1"}},
    {4, {"NewSessionTicket", "RFC 8446, 4.6.1"}},
    {5, {"EndOfEarlyData", "RFC 8446, 4.5"}},
    {8, {"EncryptedExtensions", "RFC 8446, 4.3.1"}},
    {11, {"Certificate", "RFC 8446, 4.4.2"}},
    {13, {"CertificateRequest", "RFC 8446, 4.3.2"}},
    {15, {"CertificateVerify", "RFC 8446, 4.4.3"}},
    {20, {"Finished", "RFC 8446, 4.4.4"}},
    {24, {"KeyUpdate", "RFC 8446, 4.6.3"}},
    {25, {"CompressedCertificate", "RFC 8879, 4"}},
    {203, {"EncryptedExtensions", "draft-balfanz-tls-channelid-01, 3"}},
    {254, {"message_hash", "RFC 8446, 4.4.1"}},
};

Form opaque_form(unsigned type) {
  const auto* row = std::find_if(std::begin(opaque_messages), std::end(opaque_messages),
                                 [type](const auto& r) { return r.first == type; });
  const bool known = row != std::end(opaque_messages);
  return {known ? row->second : Spec{"unknown handshake message", "RFC 5246, 7.4"},
          read_as<shown::Opaque>};
}

/// The messages of TLS 1.2 and before.
Form form_of_type(View message) {
  switch (static_cast<HandshakeType>(message[0])) {
    using enum HandshakeType;
    case hello_request: return {handshake::HelloRequest::spec, read_as<handshake::HelloRequest>};
    case client_hello: return {handshake::ClientHello::spec, read_as<shown::ClientHello>};
    case server_hello: return server_hello_form(message);
    case new_session_ticket:
      return {handshake::NewSessionTicket::spec, read_as<handshake::NewSessionTicket>};
    case certificate: return {handshake::Certificate::spec, read_as<handshake::Certificate>};
    case server_key_exchange: return {handshake::ServerKeyExchange::spec, read_server_key_exchange};
    case certificate_request:
      return {handshake::CertificateRequest::spec, read_certificate_request};
    case server_hello_done:
      return {handshake::ServerHelloDone::spec, read_as<handshake::ServerHelloDone>};
    case certificate_verify: return {handshake::CertificateVerify::spec, read_certificate_verify};
    case client_key_exchange: return {handshake::ClientKeyExchange::spec, read_client_key_exchange};
    case finished: return {handshake::Finished::spec, read_finished};
    case certificate_status:
      return {handshake::CertificateStatus::spec, read_as<shown::CertificateStatus>};
  }
  switch (message[0]) {
    case 21: return {shown::CertificateURL::spec, read_as<shown::CertificateURL>};
    case 23: return {shown::SupplementalData::spec, read_as<shown::SupplementalData>};
    case 67: return {shown::NextProtocol::spec, read_as<shown::NextProtocol>};
    default: return opaque_form(message[0]);
  }
}

}  // namespace

Form form_of(View message, const DissectContext& context) {
  if (message.empty()) return opaque_form(256);
  const auto type = static_cast<HandshakeType>(message[0]);
  const bool is_hello = type == HandshakeType::client_hello || type == HandshakeType::server_hello;
  if (is_tls13(context) && !is_hello) return opaque_form(message[0]);
  Form form = form_of_type(message);
  if (message.size() > max_dissected_message) form.read = read_as<shown::Opaque>;
  return form;
}

}  // namespace glasstls::inspect
