#include "tests/fuzz/witness.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "crypto/hash.h"
#include "crypto/prf.h"
#include "crypto/signature.h"
#include "handshake/messages.h"
#include "tests/fuzz/invariant.h"
#include "tests/fuzz/reach.h"
#include "x509/certificate.h"

namespace glasstls::fuzz {

using handshake::HandshakeType;

// --- Seeing

void Witness::record(const wire::RecordSeen& seen) noexcept {
  if (seen.direction == Direction::sent) ++records_sent_;
}

void Witness::message(const wire::MessageSeen& seen) noexcept {
  if (seen.name == "Alert") {
    if (seen.direction != Direction::sent) return;
    require(seen.bytes.size() == 2, "an alert has two bytes");
    alert_sent_ = static_cast<AlertDescription>(seen.bytes[1]);
    if (seen.bytes[0] == static_cast<std::uint8_t>(AlertLevel::fatal)) ++fatal_alerts_sent_;
    return;
  }
  // RFC 5246, 7.4.1.1 and 7.4.9: what is not part of the transcript.
  if (seen.name == "ChangeCipherSpec" || seen.name == "HelloRequest" || finished_ == 2) return;
  const auto type = static_cast<HandshakeType>(seen.bytes[0]);
  if (type == HandshakeType::finished) ++finished_;
  const Side from = seen.direction == Direction::sent ? own_ : wire::other(own_);
  messages_.push_back({from, type, wire::copy(seen.bytes)});
}

void Witness::secret(const wire::SecretSeen& seen) noexcept {
  if (seen.name == "master_secret") master_secret_ = wire::copy(seen.value);
}

// --- Judging

Bytes Witness::before(std::size_t index) const {
  Bytes transcript;
  for (std::size_t i = 0; i < index; ++i) wire::append(transcript, messages_[i].bytes);
  return transcript;
}

Bytes Witness::transcript() const {
  std::size_t size = 0;
  while (size < messages_.size()) {
    const Message& last = messages_[size++];
    if (last.type == HandshakeType::finished && last.from != own_) break;
  }
  return before(size);
}

const Witness::Message* Witness::find(HandshakeType type) const {
  const auto found = std::find_if(messages_.begin(), messages_.end(),
                                  [&](const Message& message) { return message.type == type; });
  return found == messages_.end() ? nullptr : &*found;
}

std::size_t Witness::index_of(const Message& message) const {
  return static_cast<std::size_t>(&message - messages_.data());
}

template <class M>
M Witness::get() const {
  const Message* found = find(M::type);
  require(found != nullptr, "no handshake is complete without this message");
  return handshake::decode<M>(found->bytes);
}

void Witness::check(const handshake::Agreement& agreement, bool verified) const {
  check_finished(agreement);
  check_hellos(agreement);
  const bool full = find(HandshakeType::server_key_exchange) != nullptr;
  require(full == (agreement.resumed == handshake::Resumption::none),
          "a handshake without key exchange is a resumed one");
  reached(full ? "handshake completed" : "session resumed");
  if (!full) return;
  check_server_signature(agreement);
  if (own_ == Side::server) check_client_signature(agreement, verified);
  if (own_ == Side::client && verified)
    require(agreement.verdict && agreement.verdict->trusted,
            "a server is trusted before it is used");
}

/// RFC 5246, 7.4.9: PRF(master_secret, finished_label, Hash(handshake_messages)).
void Witness::check_finished(const handshake::Agreement& agreement) const {
  require(finished_ == 2, "both sides have finished");
  const crypto::SuiteParameters* suite = crypto::find(agreement.cipher_suite);
  require(suite != nullptr && master_secret_.size() == 48, "there is a suite and a master secret");
  for (std::size_t i = 0; i < messages_.size(); ++i) {
    const Message& message = messages_[i];
    if (message.type != HandshakeType::finished) continue;
    const std::string_view label =
        message.from == Side::client ? "client finished" : "server finished";
    std::array<std::uint8_t, 12> expected{};
    crypto::prf(suite->prf_hash, master_secret_, label,
                {crypto::hash(suite->prf_hash, before(i)).view()}, expected);
    require(wire::equal(View(message.bytes).subspan(handshake::message_header_length), expected),
            "a Finished that was accepted, or sent, is the right one");
  }
}

/// RFC 5246, 7.4.1.3: the server chooses among what the client offered.
void Witness::check_hellos(const handshake::Agreement& agreement) const {
  const auto client = get<handshake::ClientHello>();
  const auto server = get<handshake::ServerHello>();
  require(server.server_version == ProtocolVersion::tls12, "the version is TLS 1.2");
  require(server.cipher_suite == agreement.cipher_suite, "the agreement is of this handshake");
  require(std::find(client.cipher_suites.begin(), client.cipher_suites.end(),
                    server.cipher_suite) != client.cipher_suites.end(),
          "the suite was offered");
  require(server.compression_method == handshake::CompressionMethod::null, "nothing is compressed");
  const bool both = client.find<handshake::ExtendedMasterSecret>() != nullptr &&
                    server.find<handshake::ExtendedMasterSecret>() != nullptr;
  require(agreement.extended_master_secret == both, "both sides wanted extended_master_secret");
  if (!server.extensions) return;
  for (const auto& extension : server.extensions->list) {
    const bool signalled = extension.type() == handshake::ExtensionType::renegotiation_info;
    require(signalled || (client.extensions && client.extensions->has(extension.type())),
            "the server answers what the client offered");
  }
}

/// RFC 5246, 7.4.3; RFC 8422, 5.4.
void Witness::check_server_signature(const handshake::Agreement& agreement) const {
  const auto message = get<handshake::ServerKeyExchange>();
  const auto sent = get<handshake::Certificate>();
  require(!sent.certificate_list.empty(), "a server shows a certificate");
  if (own_ == Side::client)
    require(!agreement.peer_chain.empty() &&
                wire::equal(agreement.peer_chain[0].der(), sent.certificate_list[0].der),
            "the agreement is with who was shown");
  const auto leaf = x509::Certificate::parse(sent.certificate_list[0].der);
  require(leaf && leaf->public_key().key.has_value(), "with a key");
  Bytes content = wire::copy(get<handshake::ClientHello>().random);
  wire::append(content, get<handshake::ServerHello>().random);
  wire::append(content, message.params_bytes);
  require(crypto::verify(*leaf->public_key().key, message.signed_params.algorithm, content,
                         message.signed_params.signature),
          "the server has signed this key exchange");
}

/// RFC 5246, 7.4.8.
void Witness::check_client_signature(const handshake::Agreement& agreement, bool verified) const {
  const Message* proof = find(HandshakeType::certificate_verify);
  if (agreement.peer_chain.empty()) {
    require(proof == nullptr, "who shows no certificate proves nothing");
    return;
  }
  require(proof != nullptr, "a client's certificate comes with its proof");
  const auto verify = handshake::decode<handshake::CertificateVerify>(proof->bytes);
  const auto& key = agreement.peer_chain[0].public_key().key;
  require(key && crypto::verify(*key, verify.handshake_messages.algorithm, before(index_of(*proof)),
                                verify.handshake_messages.signature),
          "the client has signed this handshake");
  require(!verified || (agreement.verdict && agreement.verdict->trusted),
          "a client that shows a certificate is trusted before it is served");
  reached("client authenticated");
}

}  // namespace glasstls::fuzz
