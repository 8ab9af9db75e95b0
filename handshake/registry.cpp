#include "handshake/registry.h"

#include "crypto/grease.h"

namespace glasstls::handshake {

std::string_view name_of(HandshakeType type) {
  switch (type) {
    using enum HandshakeType;
    case hello_request: return "hello_request";
    case client_hello: return "client_hello";
    case server_hello: return "server_hello";
    case new_session_ticket: return "new_session_ticket";
    case certificate: return "certificate";
    case server_key_exchange: return "server_key_exchange";
    case certificate_request: return "certificate_request";
    case server_hello_done: return "server_hello_done";
    case certificate_verify: return "certificate_verify";
    case client_key_exchange: return "client_key_exchange";
    case finished: return "finished";
    case certificate_status: return "certificate_status";
  }
  return {};
}

std::string_view name_of(ExtensionType type) {
  switch (type) {
    using enum ExtensionType;
    case server_name: return "server_name";
    case max_fragment_length: return "max_fragment_length";
    case status_request: return "status_request";
    case supported_groups: return "supported_groups";
    case ec_point_formats: return "ec_point_formats";
    case signature_algorithms: return "signature_algorithms";
    case use_srtp: return "use_srtp";
    case heartbeat: return "heartbeat";
    case application_layer_protocol_negotiation: return "application_layer_protocol_negotiation";
    case signed_certificate_timestamp: return "signed_certificate_timestamp";
    case padding: return "padding";
    case encrypt_then_mac: return "encrypt_then_mac";
    case extended_master_secret: return "extended_master_secret";
    case record_size_limit: return "record_size_limit";
    case session_ticket: return "session_ticket";
    case supported_versions: return "supported_versions";
    case psk_key_exchange_modes: return "psk_key_exchange_modes";
    case signature_algorithms_cert: return "signature_algorithms_cert";
    case key_share: return "key_share";
    case renegotiation_info: return "renegotiation_info";
  }
  if (crypto::is_grease(static_cast<std::uint16_t>(type))) return "GREASE";
  return {};
}

std::string_view name_of(CompressionMethod method) {
  switch (method) {
    using enum CompressionMethod;
    case null: return "null";
    case deflate: return "deflate";
  }
  return {};
}

std::string_view name_of(ECPointFormat format) {
  switch (format) {
    using enum ECPointFormat;
    case uncompressed: return "uncompressed";
    case ansiX962_compressed_prime: return "ansiX962_compressed_prime";
    case ansiX962_compressed_char2: return "ansiX962_compressed_char2";
  }
  return {};
}

std::string_view name_of(ECCurveType type) {
  switch (type) {
    using enum ECCurveType;
    case explicit_prime: return "explicit_prime";
    case explicit_char2: return "explicit_char2";
    case named_curve: return "named_curve";
  }
  return {};
}

std::string_view name_of(ClientCertificateType type) {
  switch (type) {
    using enum ClientCertificateType;
    case rsa_sign: return "rsa_sign";
    case dss_sign: return "dss_sign";
    case ecdsa_sign: return "ecdsa_sign";
  }
  return {};
}

std::string_view name_of(NameType type) {
  switch (type) {
    using enum NameType;
    case host_name: return "host_name";
  }
  return {};
}

std::string_view name_of(CertificateStatusType type) {
  switch (type) {
    using enum CertificateStatusType;
    case ocsp: return "ocsp";
  }
  return {};
}

}  // namespace glasstls::handshake
