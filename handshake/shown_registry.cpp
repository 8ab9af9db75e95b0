#include "handshake/shown_registry.h"

#include "wire/number_name.h"

namespace glasstls::handshake {
namespace {

using wire::NumberName;

constexpr NumberName psk_key_exchange_modes[] = {{0, "psk_ke"}, {1, "psk_dhe_ke"}};
static_assert(wire::is_ascending(psk_key_exchange_modes));

constexpr NumberName certificate_compression_algorithms[] = {
    {1, "zlib"}, {2, "brotli"}, {3, "zstd"}};
static_assert(wire::is_ascending(certificate_compression_algorithms));

constexpr NumberName srtp_protection_profiles[] = {{1, "SRTP_AES128_CM_HMAC_SHA1_80"},
                                                   {2, "SRTP_AES128_CM_HMAC_SHA1_32"},
                                                   {5, "SRTP_NULL_HMAC_SHA1_80"},
                                                   {6, "SRTP_NULL_HMAC_SHA1_32"},
                                                   {7, "SRTP_AEAD_AES_128_GCM"},
                                                   {8, "SRTP_AEAD_AES_256_GCM"},
                                                   {9, "DOUBLE_AEAD_AES_128_GCM_AEAD_AES_128_GCM"},
                                                   {10, "DOUBLE_AEAD_AES_256_GCM_AEAD_AES_256_GCM"},
                                                   {11, "SRTP_ARIA_128_CTR_HMAC_SHA1_80"},
                                                   {12, "SRTP_ARIA_128_CTR_HMAC_SHA1_32"},
                                                   {13, "SRTP_ARIA_256_CTR_HMAC_SHA1_80"},
                                                   {14, "SRTP_ARIA_256_CTR_HMAC_SHA1_32"},
                                                   {15, "SRTP_AEAD_ARIA_128_GCM"},
                                                   {16, "SRTP_AEAD_ARIA_256_GCM"}};
static_assert(wire::is_ascending(srtp_protection_profiles));

constexpr NumberName max_fragment_lengths[] = {{1, "2^9"}, {2, "2^10"}, {3, "2^11"}, {4, "2^12"}};
static_assert(wire::is_ascending(max_fragment_lengths));

constexpr NumberName heartbeat_modes[] = {{1, "peer_allowed_to_send"},
                                          {2, "peer_not_allowed_to_send"}};
static_assert(wire::is_ascending(heartbeat_modes));

constexpr NumberName certificate_types[] = {
    {0, "X509"}, {1, "OpenPGP_RESERVED"}, {2, "RawPublicKey"}, {3, "1609Dot2"}};
static_assert(wire::is_ascending(certificate_types));

constexpr NumberName cert_chain_types[] = {{0, "individual_certs"}, {1, "pkipath"}};
static_assert(wire::is_ascending(cert_chain_types));

constexpr NumberName identifier_types[] = {
    {0, "pre_agreed"}, {1, "key_sha1_hash"}, {2, "x509_name"}, {3, "cert_sha1_hash"}};
static_assert(wire::is_ascending(identifier_types));

constexpr NumberName token_binding_key_parameters[] = {
    {0, "rsa2048_pkcs1.5"}, {1, "rsa2048_pss"}, {2, "ecdsap256"}};
static_assert(wire::is_ascending(token_binding_key_parameters));

constexpr NumberName cached_information_types[] = {{1, "cert"}, {2, "cert_req"}};
static_assert(wire::is_ascending(cached_information_types));

constexpr NumberName ec_basis_types[] = {{1, "ec_basis_trinomial"}, {2, "ec_basis_pentanomial"}};
static_assert(wire::is_ascending(ec_basis_types));

constexpr NumberName ech_client_hello_types[] = {{0, "outer"}, {1, "inner"}};
static_assert(wire::is_ascending(ech_client_hello_types));

constexpr NumberName hpke_kdf_ids[] = {{1, "HKDF-SHA256"}, {2, "HKDF-SHA384"}, {3, "HKDF-SHA512"}};
static_assert(wire::is_ascending(hpke_kdf_ids));

constexpr NumberName hpke_aead_ids[] = {
    {1, "AES-128-GCM"}, {2, "AES-256-GCM"}, {3, "ChaCha20Poly1305"}, {65535, "Export-only"}};
static_assert(wire::is_ascending(hpke_aead_ids));

constexpr NumberName sct_versions[] = {{0, "v1"}};
static_assert(wire::is_ascending(sct_versions));

}  // namespace

std::string_view name_of(PskKeyExchangeMode value) {
  return wire::name_in(psk_key_exchange_modes, static_cast<std::uint8_t>(value));
}

std::string_view name_of(CertificateCompressionAlgorithm value) {
  return wire::name_in(certificate_compression_algorithms, static_cast<std::uint16_t>(value));
}

std::string_view name_of(SRTPProtectionProfile value) {
  return wire::name_in(srtp_protection_profiles, static_cast<std::uint16_t>(value));
}

std::string_view name_of(MaxFragmentLength value) {
  return wire::name_in(max_fragment_lengths, static_cast<std::uint8_t>(value));
}

std::string_view name_of(HeartbeatMode value) {
  return wire::name_in(heartbeat_modes, static_cast<std::uint8_t>(value));
}

std::string_view name_of(CertificateType value) {
  return wire::name_in(certificate_types, static_cast<std::uint8_t>(value));
}

std::string_view name_of(CertChainType value) {
  return wire::name_in(cert_chain_types, static_cast<std::uint8_t>(value));
}

std::string_view name_of(IdentifierType value) {
  return wire::name_in(identifier_types, static_cast<std::uint8_t>(value));
}

std::string_view name_of(TokenBindingKeyParameters value) {
  return wire::name_in(token_binding_key_parameters, static_cast<std::uint8_t>(value));
}

std::string_view name_of(CachedInformationType value) {
  return wire::name_in(cached_information_types, static_cast<std::uint8_t>(value));
}

std::string_view name_of(ECBasisType value) {
  return wire::name_in(ec_basis_types, static_cast<std::uint8_t>(value));
}

std::string_view name_of(ECHClientHelloType value) {
  return wire::name_in(ech_client_hello_types, static_cast<std::uint8_t>(value));
}

std::string_view name_of(HpkeKdfId value) {
  return wire::name_in(hpke_kdf_ids, static_cast<std::uint16_t>(value));
}

std::string_view name_of(HpkeAeadId value) {
  return wire::name_in(hpke_aead_ids, static_cast<std::uint16_t>(value));
}

std::string_view name_of(SctVersion value) {
  return wire::name_in(sct_versions, static_cast<std::uint8_t>(value));
}

}  // namespace glasstls::handshake
