#include "tests/differential/inputs.h"

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <utility>

#include "handshake/codec.h"
#include "handshake/negotiation.h"
#include "tests/support/data_files.h"
#include "wire/writer.h"
#include "x509/pem.h"

namespace glasstls::differential {

namespace {

using handshake::ClientHello;
using handshake::ExtensionType;

/// Files of a folder of tests/, by name.
std::vector<std::string> files_of(const std::string& folder) {
  std::vector<std::string> names;
  const auto root = std::filesystem::path(GLASSTLS_TEST_DATA) / folder;
  for (const auto& entry : std::filesystem::directory_iterator(root))
    if (entry.is_regular_file()) names.push_back(folder + "/" + entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

bool is_client_hello(View bytes) { return bytes.size() > 4 && bytes[0] == 1 && bytes[1] == 0; }

/// What we neither send nor speak, each well formed.
void add_a_crowd(ClientHello& hello) {
  const std::pair<unsigned, const char*> crowd[] = {
      {0x0a0a, ""},                // GREASE
      {1, "04"},                   // max_fragment_length: 2^12
      {15, "01"},                  // heartbeat: peer_allowed_to_send
      {22, ""},                    // encrypt_then_mac
      {0x3374, ""},                // next_protocol_negotiation
      {17, "000701000400000000"},  // status_request_v2: ocsp, no responders
      {21, "00000000"},            // padding
      {43, "0403030302"},          // supported_versions: TLS 1.2 and 1.1
      {50, "000404030804"},        // signature_algorithms_cert
      {0x1a1a, "00"},              // GREASE again, with a byte
  };
  for (const auto& [type, data] : crowd)
    hello.extensions->add(
        handshake::UnknownExtension{static_cast<ExtensionType>(type), wire::unhex(data).value()});
}

void add_recorded(std::vector<NamedInput>& all) {
  for (const std::string& file : files_of("data/inspect/hellos")) {
    std::istringstream lines(test::read_data(file));
    for (std::string line; std::getline(lines, line);) {
      if (!line.starts_with("client 01")) continue;
      all.push_back({file, wire::unhex(line.substr(7)).value()});
      break;
    }
  }
  constexpr std::size_t suite_and_version = 4;  // what an input of fuzz_dissect begins with
  for (const std::string& file : files_of("fuzz/corpus/dissect")) {
    const std::string content = test::read_data(file);
    if (content.size() <= suite_and_version) continue;
    const View message = wire::as_bytes(content).subspan(suite_and_version);
    if (is_client_hello(message)) all.push_back({file, wire::copy(message)});
  }
  const std::string hello = "fuzz/corpus/message/0-ClientHello";  // a selector, then the body
  const std::string content = test::read_data(hello);
  Bytes message{1};
  wire::Writer(message).opaque("body", wire::copy(wire::as_bytes(content).subspan(1)),
                               within<0, 0xffffff>);
  all.push_back({hello, std::move(message)});
}

void add_ours(std::vector<NamedInput>& all) {
  handshake::Offer offer;
  offer.cipher_suites = {crypto::CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
                         crypto::CipherSuite::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256};
  offer.groups = {crypto::NamedGroup::x25519, crypto::NamedGroup::secp256r1};
  offer.signature_schemes = {crypto::SignatureScheme::ecdsa_secp256r1_sha256,
                             crypto::SignatureScheme::rsa_pss_rsae_sha256};
  offer.extended_master_secret = false;
  all.push_back({"ours, plain", handshake::encode(handshake::make_client_hello(offer, {}))});
  offer.application_protocols = {"h2", "http/1.1"};
  offer.server_name = "server.test";
  offer.extended_master_secret = offer.status_request = offer.signed_certificate_timestamps = true;
  offer.record_size_limit = 1 << 14;
  offer.session_ticket = true;
  ClientHello full = handshake::make_client_hello(offer, {});
  all.push_back({"ours, in full", handshake::encode(full)});
  add_a_crowd(full);
  all.push_back({"many extensions", handshake::encode(full)});
  full.extensions.reset();
  all.push_back({"ours, without extensions", handshake::encode(full)});
}

}  // namespace

std::vector<NamedInput> client_hellos() {
  std::vector<NamedInput> all;
  add_ours(all);
  add_recorded(all);
  return all;
}

std::vector<NamedInput> certificates() {
  std::vector<NamedInput> all;
  for (const std::string& file : files_of("fuzz/corpus/certificate"))
    all.push_back({file, wire::copy(wire::as_bytes(test::read_data(file)))});
  for (const char* folder : {"data/x509", "data/tls"}) {
    for (const std::string& file : files_of(folder)) {
      if (!file.ends_with(".pem")) continue;
      for (x509::PemBlock& block : x509::parse_pem(test::read_data(file)).blocks)
        if (block.label == "CERTIFICATE") all.push_back({file, std::move(block.der)});
    }
  }
  return all;
}

}  // namespace glasstls::differential
