// One example of every handshake message, with every field set to something that is not its
// default.
#pragma once

#include "handshake/messages.h"
#include "tests/support/identity.h"

namespace glasstls::handshake::example {

inline Random random() {
  Random random{};
  for (std::size_t i = 0; i < random.size(); ++i) random[i] = static_cast<std::uint8_t>(0xa0 + i);
  return random;
}

inline DigitallySigned digitally_signed() {
  return {crypto::SignatureScheme::rsa_pss_rsae_sha384, Bytes{1, 2, 3, 4, 5}};
}

template <class M>
M message();

template <>
inline ClientHello message() {
  ClientHello m;
  m.client_version = ProtocolVersion::tls11;
  m.random = random();
  m.session_id = Bytes(32, 7);
  m.cipher_suites = {crypto::CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
                     crypto::CipherSuite{0x1a1a}};
  m.compression_methods = {CompressionMethod::deflate, CompressionMethod::null};
  ClientExtensions& extensions = m.extensions.emplace();
  extensions.add(ServerNameList{{{NameType::host_name, Bytes{'a', '.', 'b'}}}});
  extensions.add(SupportedGroups{{crypto::NamedGroup::secp384r1, crypto::NamedGroup::x25519}});
  extensions.add(
      ECPointFormats{{ECPointFormat::uncompressed, ECPointFormat::ansiX962_compressed_prime}});
  extensions.add(SignatureAlgorithms{
      {crypto::SignatureScheme::ed25519, crypto::SignatureScheme::rsa_pkcs1_sha256}});
  extensions.add(ExtendedMasterSecret{});
  extensions.add(RenegotiationInfo{Bytes{9, 8}});
  extensions.add(
      CertificateStatusRequest{CertificateStatusType::ocsp, {{Bytes{1, 2}}}, Bytes{3, 4}, {}});
  extensions.add(ProtocolNameList{{{Bytes{'h', '2'}}, {Bytes{'x'}}}});
  extensions.add(SignedCertificateTimestampRequest{});
  extensions.add(RecordSizeLimit{0x0102});
  extensions.add(SessionTicket{Bytes{7, 7, 7}});
  extensions.add(SupportedVersions{{ProtocolVersion{0x0304}, ProtocolVersion::tls12}});
  extensions.add(SignatureAlgorithmsCert{{crypto::SignatureScheme::rsa_pss_rsae_sha512}});
  extensions.add(UnknownExtension{ExtensionType{0x7a7a}, Bytes{5, 5, 5}});
  return m;
}

template <>
inline ServerHello message() {
  ServerHello m;
  m.server_version = ProtocolVersion::tls11;
  m.random = random();
  m.session_id = Bytes{1, 2, 3};
  m.cipher_suite = crypto::CipherSuite::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256;
  m.compression_method = CompressionMethod::deflate;
  ServerExtensions& extensions = m.extensions.emplace();
  extensions.add(ServerNameAcknowledged{});
  extensions.add(ECPointFormats{{ECPointFormat::uncompressed}});
  extensions.add(ExtendedMasterSecret{});
  extensions.add(RenegotiationInfo{Bytes{4}});
  extensions.add(StatusRequestAcknowledged{});
  extensions.add(ProtocolNameList{{{Bytes{'h', '2'}}}});
  extensions.add(SignedCertificateTimestamps{Bytes{0, 3, 1, 2, 3}});
  extensions.add(RecordSizeLimit{0x0201});
  extensions.add(SessionTicketAcknowledged{});
  extensions.add(UnknownExtension{ExtensionType{0x7a7a}, Bytes{5}});
  return m;
}

template <>
inline Certificate message() {
  return {{{test::identity("rsa").chain[0]}, {test::identity("ed25519").chain[0]}}};
}

template <>
inline ServerKeyExchange message() {
  ServerKeyExchange m;
  m.params.namedcurve = crypto::NamedGroup::secp256r1;
  m.params.public_key.point = Bytes(65, 4);
  m.params_bytes = wire::encode(m.params);
  m.signed_params = digitally_signed();
  return m;
}

template <>
inline CertificateRequest message() {
  CertificateRequest m;
  m.certificate_types = {ClientCertificateType::ecdsa_sign, ClientCertificateType::rsa_sign};
  m.supported_signature_algorithms = {crypto::SignatureScheme::ecdsa_secp256r1_sha256,
                                      crypto::SignatureScheme::ed25519};
  m.certificate_authorities = {
      {Bytes{0x30, 0}},
      {Bytes{0x30, 13, 0x31, 11, 0x30, 9, 6, 3, 0x55, 4, 3, 12, 2, 'C', 'A'}}};  // CN=CA
  return m;
}

template <>
inline ServerHelloDone message() {
  return {};
}

template <>
inline ClientKeyExchange message() {
  return {{Bytes(32, 9)}};
}

template <>
inline CertificateVerify message() {
  return {digitally_signed()};
}

template <>
inline NewSessionTicket message() {
  return {0x01020304, Bytes{5, 6, 7}};
}

template <>
inline CertificateStatus message() {
  return {CertificateStatusType{9}, Bytes{1, 2}};
}

template <>
inline Finished message() {
  return {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}};
}

}  // namespace glasstls::handshake::example
