// Registries of messages and extensions that we do not speak: to be shown by their names.
#pragma once

#include <cstdint>
#include <string_view>

namespace glasstls::handshake {

/// RFC 8446, 4.2.9.
enum class PskKeyExchangeMode : std::uint8_t {};

/// RFC 8879, 7.3.
enum class CertificateCompressionAlgorithm : std::uint16_t {};

/// RFC 5764, 4.1.2; RFC 7714, 14.2; RFC 8723, 10.1; IANA.
enum class SRTPProtectionProfile : std::uint16_t {};

/// RFC 6066, 4: of bytes.
enum class MaxFragmentLength : std::uint8_t {};

/// RFC 6520, 2.
enum class HeartbeatMode : std::uint8_t {};

/// RFC 7250, 3; RFC 6091, 3.1.
enum class CertificateType : std::uint8_t {};

/// RFC 6066, 5.
enum class CertChainType : std::uint8_t {};

/// RFC 6066, 6.
enum class IdentifierType : std::uint8_t {};

/// RFC 8472, 3.
enum class TokenBindingKeyParameters : std::uint8_t {};

/// RFC 7924, 3.
enum class CachedInformationType : std::uint8_t {};

/// RFC 4492, 5.4.
enum class ECBasisType : std::uint8_t {};

/// RFC 9849, 5.
enum class ECHClientHelloType : std::uint8_t {};

/// RFC 9180, 7.2.
enum class HpkeKdfId : std::uint16_t {};

/// RFC 9180, 7.3.
enum class HpkeAeadId : std::uint16_t {};

/// RFC 6962, 3.2.
enum class SctVersion : std::uint8_t {};

/// The RFC's name; empty for what has none.
std::string_view name_of(PskKeyExchangeMode value);
std::string_view name_of(CertificateCompressionAlgorithm value);
std::string_view name_of(SRTPProtectionProfile value);
std::string_view name_of(MaxFragmentLength value);
std::string_view name_of(HeartbeatMode value);
std::string_view name_of(CertificateType value);
std::string_view name_of(CertChainType value);
std::string_view name_of(IdentifierType value);
std::string_view name_of(TokenBindingKeyParameters value);
std::string_view name_of(CachedInformationType value);
std::string_view name_of(ECBasisType value);
std::string_view name_of(ECHClientHelloType value);
std::string_view name_of(HpkeKdfId value);
std::string_view name_of(HpkeAeadId value);
std::string_view name_of(SctVersion value);

}  // namespace glasstls::handshake
