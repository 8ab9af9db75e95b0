#include "tests/support/scripted_server.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace glasstls::test {

using handshake::HandshakeType;

namespace {

constexpr std::size_t largest_message = 0xffffff;

const crypto::SuiteParameters& known_suite(crypto::CipherSuite suite) {
  const crypto::SuiteParameters* parameters = crypto::find(suite);
  if (parameters == nullptr) throw std::logic_error("the double speaks known suites only");
  return *parameters;
}

}  // namespace

ScriptedServer::ScriptedServer(Choices choices)
    : choices_(std::move(choices)),
      identity_(test::identity(choices_.identity)),
      random_(choices_.seed),
      suite_(known_suite(choices_.suite)),
      ephemeral_(crypto::EphemeralKey::generate(choices_.group, random_)),
      read_(record::default_record_limit, nullptr),
      write_(record::default_record_limit, nullptr),
      defragmenter_(largest_message),
      transcript_(4 * largest_message) {}

// --- Receiving

void ScriptedServer::receive(View bytes) {
  wire::append(in_, bytes);
  std::size_t used = 0;
  while (in_.size() - used >= record::header_length) {
    const MutableView rest = MutableView(in_).subspan(used);
    const record::Header header = record::parse_header(rest, {false, read_.is_protected()});
    const std::size_t size = record::header_length + header.length;
    if (rest.size() < size) break;
    record_versions_.push_back(header.version);
    on_record(read_.open(header, rest.first(size)));
    used += size;
  }
  in_.erase(in_.begin(), in_.begin() + static_cast<std::ptrdiff_t>(used));
}

void ScriptedServer::on_record(const record::Opened& opened) {
  switch (opened.type) {
    case ContentType::change_cipher_spec:
      static_cast<void>(
          handshake::decode_change_cipher_spec(opened.plaintext, defragmenter_.aligned()));
      return read_.change_cipher_spec();
    case ContentType::alert:
      return alerts_.push_back(tls::receive_alert(opened.plaintext, nullptr));
    case ContentType::application_data:
      received_sizes_.push_back(opened.plaintext.size());
      return wire::append(received_data_, opened.plaintext);
    case ContentType::handshake:
      defragmenter_.add(opened.plaintext);
      while (const auto message = defragmenter_.next()) on_message(*message);
  }
}

void ScriptedServer::on_message(handshake::RawMessage message) {
  messages_.push_back(message.type);
  if (message.type == HandshakeType::finished) {
    const auto finished = handshake::decode<handshake::Finished>(message.bytes);
    client_finished_is_right_ =
        finished.verify_data == key_schedule().derive_verify_data(
                                    handshake::client_finished, master_secret_, transcript_.hash());
  }
  transcript_.add(message.bytes);
  if (message.type == HandshakeType::client_hello)
    client_hello_ = handshake::decode<handshake::ClientHello>(message.bytes);
  if (message.type == HandshakeType::certificate)
    client_certificate_was_empty_ =
        handshake::decode<handshake::Certificate>(message.bytes).certificate_list.empty();
  if (message.type == HandshakeType::client_key_exchange)
    on_client_key_exchange(handshake::decode<handshake::ClientKeyExchange>(message.bytes));
}

handshake::KeySchedule ScriptedServer::key_schedule() const {
  return handshake::KeySchedule(suite_, client_hello().random, server_random_, nullptr);
}

void ScriptedServer::on_client_key_exchange(const handshake::ClientKeyExchange& message) {
  const handshake::KeySchedule schedule = key_schedule();
  const auto premaster = schedule.agree(ephemeral_, message.ecdh_Yc.point);
  master_secret_ = extended_master_secret_
                       ? schedule.derive_extended_master_secret(premaster, transcript_.hash())
                       : schedule.derive_master_secret(premaster);
  const handshake::ConnectionKeys keys = schedule.derive_keys(master_secret_);
  read_.set_pending(keys.client_write);
  write_.set_pending(keys.server_write);
}

// --- Steps

template <class M>
void ScriptedServer::send(M message, const Change<M>& change) {
  if (change) change(message);
  Bytes bytes = handshake::encode(message);
  if (tamper) tamper(M::type, bytes);
  handshake_bytes(bytes);
}

void ScriptedServer::hello(const Change<handshake::ServerHello>& change) {
  handshake::ServerHello message;
  random_.fill(message.random);
  message.cipher_suite = choices_.suite;
  auto& extensions = message.extensions.emplace();
  if (choices_.extended_master_secret &&
      client_hello().extensions->has(handshake::ExtensionType::extended_master_secret))
    extensions.add(handshake::ExtendedMasterSecret{});
  extensions.add(handshake::RenegotiationInfo{});
  if (change) change(message);

  server_random_ = message.random;
  extended_master_secret_ =
      message.extensions &&
      message.extensions->has(handshake::ExtensionType::extended_master_secret);
  send<handshake::ServerHello>(std::move(message), {});
  transcript_.set_hash(suite_.prf_hash);
}

void ScriptedServer::certificate(const Change<handshake::Certificate>& change) {
  handshake::Certificate message;
  for (const Bytes& der : identity_.chain) message.certificate_list.push_back({der});
  send(std::move(message), change);
}

void ScriptedServer::key_exchange(const Change<handshake::ServerKeyExchange>& before,
                                  const Change<handshake::ServerKeyExchange>& after) {
  handshake::ServerKeyExchange message;
  message.params.namedcurve = choices_.group;
  message.params.public_key.point = wire::copy(ephemeral_.public_key());
  if (before) before(message);

  Bytes content;
  wire::append(content, client_hello().random);
  wire::append(content, server_random_);
  wire::append(content, wire::encode(message.params));
  message.signed_params.algorithm = choices_.scheme;
  message.signed_params.signature = identity_.key.sign(choices_.scheme, content, random_);
  send(std::move(message), after);
}

void ScriptedServer::certificate_request() {
  using crypto::SignatureScheme;
  handshake::CertificateRequest message;
  message.certificate_types = {handshake::ClientCertificateType::rsa_sign,
                               handshake::ClientCertificateType::ecdsa_sign};
  message.supported_signature_algorithms = {SignatureScheme::rsa_pss_rsae_sha256,
                                            SignatureScheme::ecdsa_secp256r1_sha256};
  send<handshake::CertificateRequest>(std::move(message), {});
}

void ScriptedServer::done() { send<handshake::ServerHelloDone>({}, {}); }

void ScriptedServer::change_cipher_spec() {
  const std::uint8_t one = 1;
  record(ContentType::change_cipher_spec, View(&one, 1));
  write_.change_cipher_spec();
}

void ScriptedServer::finished(const Change<handshake::Finished>& change) {
  send(handshake::Finished{key_schedule().derive_verify_data(handshake::server_finished,
                                                             master_secret_, transcript_.hash())},
       change);
}

void ScriptedServer::data(View bytes) { record(ContentType::application_data, bytes); }

void ScriptedServer::alert(AlertLevel level, AlertDescription description) {
  record(ContentType::alert, tls::make_alert({level, description}, nullptr));
}

void ScriptedServer::hello_request() {
  record(ContentType::handshake, handshake::encode(handshake::HelloRequest{}));
}

void ScriptedServer::first_flight() {
  hello();
  certificate();
  key_exchange();
  done();
}

void ScriptedServer::second_flight() {
  change_cipher_spec();
  finished();
}

// --- Below the steps

void ScriptedServer::handshake(HandshakeType type, View body) {
  Bytes message;
  wire::Writer writer(message);
  writer.field("msg_type", type);
  writer.opaque("body", wire::copy(body), within<0, 0xffffff>);
  handshake_bytes(message);
}

void ScriptedServer::handshake_bytes(View message) {
  transcript_.add(message);
  if (merging_) return wire::append(merged_, message);
  while (!message.empty()) {
    const View fragment = message.first(std::min(message.size(), fragment_length));
    record(ContentType::handshake, fragment, record_version);
    message = message.subspan(fragment.size());
  }
}

void ScriptedServer::split() {
  merging_ = false;
  record(ContentType::handshake, std::exchange(merged_, {}), record_version);
}

void ScriptedServer::record(ContentType type, View fragment, ProtocolVersion version) {
  const std::size_t at = out_.size();
  out_.resize(at + write_.record_size(fragment.size()));
  write_.seal(type, version, fragment, MutableView(out_).subspan(at));
}

void ScriptedServer::plain_record(ContentType type, View fragment, ProtocolVersion version) {
  const std::size_t at = out_.size();
  out_.resize(at + record::header_length);
  record::write_header({type, version, static_cast<std::uint16_t>(fragment.size())},
                       MutableView(out_).subspan(at));
  raw(fragment);
}

}  // namespace glasstls::test
