// The numbers of the handshake protocol that have names. RFC 5246, A.4; RFC 8422; IANA's TLS
// registries.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace glasstls::handshake {

/// RFC 5246, 7.4; later ones with their source.
enum class HandshakeType : std::uint8_t {
  hello_request = 0,
  client_hello = 1,
  server_hello = 2,
  new_session_ticket = 4,  // RFC 5077, 3.3
  certificate = 11,
  server_key_exchange = 12,
  certificate_request = 13,
  server_hello_done = 14,
  certificate_verify = 15,
  client_key_exchange = 16,
  finished = 20,
  certificate_status = 22,  // RFC 6066, 8
};

/// RFC 5246, 7.4.1.4; the rest from IANA's registry.
enum class ExtensionType : std::uint16_t {
  server_name = 0,
  max_fragment_length = 1,
  status_request = 5,
  supported_groups = 10,
  ec_point_formats = 11,
  signature_algorithms = 13,
  use_srtp = 14,
  heartbeat = 15,
  application_layer_protocol_negotiation = 16,
  signed_certificate_timestamp = 18,
  padding = 21,
  encrypt_then_mac = 22,
  extended_master_secret = 23,
  record_size_limit = 28,
  session_ticket = 35,
  supported_versions = 43,
  psk_key_exchange_modes = 45,
  signature_algorithms_cert = 50,
  key_share = 51,
  renegotiation_info = 0xff01,
};

/// RFC 5246, 7.4.1.2. Nothing but null is ever used here (CRIME).
enum class CompressionMethod : std::uint8_t { null = 0, deflate = 1 };

/// RFC 8422, 5.1.2. Only uncompressed is used.
enum class ECPointFormat : std::uint8_t {
  uncompressed = 0,
  ansiX962_compressed_prime = 1,
  ansiX962_compressed_char2 = 2,
};

/// RFC 8422, 5.4. Only named_curve is used.
enum class ECCurveType : std::uint8_t { explicit_prime = 1, explicit_char2 = 2, named_curve = 3 };

/// RFC 5246, 7.4.4; RFC 8422, 5.5.
enum class ClientCertificateType : std::uint8_t {
  rsa_sign = 1,
  dss_sign = 2,
  ecdsa_sign = 64,
};

/// RFC 6066, 3.
enum class NameType : std::uint8_t { host_name = 0 };

/// RFC 6066, 8.
enum class CertificateStatusType : std::uint8_t { ocsp = 1 };

/// RFC 5246, 7.4.1.2: gmt_unix_time and random_bytes, which nobody tells apart any more.
using Random = std::array<std::uint8_t, 32>;

/// The RFC's name, of numbers that we do not speak too: all of IANA's, and those of some drafts;
/// "GREASE" for RFC 8701's values of ExtensionType; empty for what has none.
std::string_view name_of(HandshakeType type);
std::string_view name_of(ExtensionType type);
std::string_view name_of(CompressionMethod method);
std::string_view name_of(ECPointFormat format);
std::string_view name_of(ECCurveType type);
std::string_view name_of(ClientCertificateType type);
std::string_view name_of(NameType type);
std::string_view name_of(CertificateStatusType type);

}  // namespace glasstls::handshake
