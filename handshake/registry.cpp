#include "handshake/registry.h"

#include "wire/grease.h"
#include "wire/number_name.h"

namespace glasstls::handshake {
namespace {

// RFC 5246, 5077, 6066, 4680; the others are those of TLS 1.3 and DTLS (RFC 8446, 8879, 9147, 8870)
// and of the drafts draft-agl-tls-nextprotoneg and draft-balfanz-tls-channelid.
constexpr wire::NumberName handshake_types[] = {
    {0, "hello_request"},
    {1, "client_hello"},
    {2, "server_hello"},
    {3, "hello_verify_request"},
    {4, "new_session_ticket"},
    {5, "end_of_early_data"},
    {6, "hello_retry_request_RESERVED"},
    {8, "encrypted_extensions"},
    {9, "request_connection_id"},
    {10, "new_connection_id"},
    {11, "certificate"},
    {12, "server_key_exchange"},
    {13, "certificate_request"},
    {14, "server_hello_done"},
    {15, "certificate_verify"},
    {16, "client_key_exchange"},
    {17, "client_certificate_request"},
    {20, "finished"},
    {21, "certificate_url"},
    {22, "certificate_status"},
    {23, "supplemental_data"},
    {24, "key_update"},
    {25, "compressed_certificate"},
    {26, "ekt_key"},
    {67, "next_protocol"},
    {203, "channel_id"},
    {254, "message_hash"},
};
static_assert(wire::is_ascending(handshake_types));

// IANA's registry "TLS ExtensionType Values"; from 13172 on, drafts too.
constexpr wire::NumberName extension_types[] = {
    {0, "server_name"},
    {1, "max_fragment_length"},
    {2, "client_certificate_url"},
    {3, "trusted_ca_keys"},
    {4, "truncated_hmac"},
    {5, "status_request"},
    {6, "user_mapping"},
    {7, "client_authz"},
    {8, "server_authz"},
    {9, "cert_type"},
    {10, "supported_groups"},
    {11, "ec_point_formats"},
    {12, "srp"},
    {13, "signature_algorithms"},
    {14, "use_srtp"},
    {15, "heartbeat"},
    {16, "application_layer_protocol_negotiation"},
    {17, "status_request_v2"},
    {18, "signed_certificate_timestamp"},
    {19, "client_certificate_type"},
    {20, "server_certificate_type"},
    {21, "padding"},
    {22, "encrypt_then_mac"},
    {23, "extended_master_secret"},
    {24, "token_binding"},
    {25, "cached_info"},
    {26, "tls_lts"},
    {27, "compress_certificate"},
    {28, "record_size_limit"},
    {29, "pwd_protect"},
    {30, "pwd_clear"},
    {31, "password_salt"},
    {32, "ticket_pinning"},
    {33, "tls_cert_with_extern_psk"},
    {34, "delegated_credential"},
    {35, "session_ticket"},
    {36, "TLMSP"},
    {37, "TLMSP_proxying"},
    {38, "TLMSP_delegate"},
    {39, "supported_ekt_ciphers"},
    {41, "pre_shared_key"},
    {42, "early_data"},
    {43, "supported_versions"},
    {44, "cookie"},
    {45, "psk_key_exchange_modes"},
    {47, "certificate_authorities"},
    {48, "oid_filters"},
    {49, "post_handshake_auth"},
    {50, "signature_algorithms_cert"},
    {51, "key_share"},
    {52, "transparency_info"},
    {53, "connection_id (deprecated)"},
    {54, "connection_id"},
    {55, "external_id_hash"},
    {56, "external_session_id"},
    {57, "quic_transport_parameters"},
    {58, "ticket_request"},
    {59, "dnssec_chain"},
    {60, "sequence_number_encryption_algorithms"},
    {61, "rrc"},
    {62, "tls_flags"},
    {13172, "next_protocol_negotiation"},
    {17513, "application_settings"},
    {17613, "application_settings"},
    {30031, "channel_id_old"},
    {30032, "channel_id"},
    {51764, "trust_anchors"},
    {64768, "ech_outer_extensions"},
    {65037, "encrypted_client_hello"},
    {65281, "renegotiation_info"},
    {65445, "quic_transport_parameters (drafts)"},
    {65486, "encrypted_server_name"},
};
static_assert(wire::is_ascending(extension_types));

// IANA's registry "TLS ClientCertificateType Identifiers", and drafts that were used.
constexpr wire::NumberName client_certificate_types[] = {
    {1, "rsa_sign"},
    {2, "dss_sign"},
    {3, "rsa_fixed_dh"},
    {4, "dss_fixed_dh"},
    {5, "rsa_ephemeral_dh_RESERVED"},
    {6, "dss_ephemeral_dh_RESERVED"},
    {20, "fortezza_dms_RESERVED"},
    {21, "gost_sign (draft)"},
    {22, "gost_sign01 (draft)"},
    {64, "ecdsa_sign"},
    {65, "rsa_fixed_ecdh"},
    {66, "ecdsa_fixed_ecdh"},
    {67, "gost_sign256"},
    {68, "gost_sign512"},
    {80, "ibc_params"},
};
static_assert(wire::is_ascending(client_certificate_types));

}  // namespace

std::string_view name_of(HandshakeType type) {
  return wire::name_in(handshake_types, static_cast<std::uint8_t>(type));
}

std::string_view name_of(ExtensionType type) {
  const auto number = static_cast<std::uint16_t>(type);
  return wire::is_grease(number) ? "GREASE" : wire::name_in(extension_types, number);
}

std::string_view name_of(CompressionMethod method) {
  switch (method) {
    using enum CompressionMethod;
    case null: return "null";
    case deflate: return "deflate";
  }
  return static_cast<std::uint8_t>(method) == 64 ? "LZS" : std::string_view{};  // RFC 3943
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
  return wire::name_in(client_certificate_types, static_cast<std::uint8_t>(type));
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
  return static_cast<std::uint8_t>(type) == 2 ? "ocsp_multi" : std::string_view{};  // RFC 6961
}

}  // namespace glasstls::handshake
