#include "handshake/shown_registry.h"

#include <gtest/gtest.h>

namespace glasstls::handshake {
namespace {

TEST(ShownRegistry, NamesTheNumbersOfExtensionsThatWeDoNotSpeak) {
  EXPECT_EQ(name_of(PskKeyExchangeMode(0)), "psk_ke");
  EXPECT_EQ(name_of(PskKeyExchangeMode(1)), "psk_dhe_ke");
  EXPECT_EQ(name_of(CertificateCompressionAlgorithm(2)), "brotli");
  EXPECT_EQ(name_of(SRTPProtectionProfile(1)), "SRTP_AES128_CM_HMAC_SHA1_80");
  EXPECT_EQ(name_of(SRTPProtectionProfile(8)), "SRTP_AEAD_AES_256_GCM");
  EXPECT_EQ(name_of(MaxFragmentLength(4)), "2^12");
  EXPECT_EQ(name_of(HeartbeatMode(1)), "peer_allowed_to_send");
  EXPECT_EQ(name_of(CertificateType(2)), "RawPublicKey");
  EXPECT_EQ(name_of(CertChainType(1)), "pkipath");
  EXPECT_EQ(name_of(IdentifierType(2)), "x509_name");
  EXPECT_EQ(name_of(TokenBindingKeyParameters(2)), "ecdsap256");
  EXPECT_EQ(name_of(CachedInformationType(1)), "cert");
  EXPECT_EQ(name_of(ECBasisType(1)), "ec_basis_trinomial");
  EXPECT_EQ(name_of(ECHClientHelloType(0)), "outer");
  EXPECT_EQ(name_of(HpkeKdfId(1)), "HKDF-SHA256");
  EXPECT_EQ(name_of(HpkeAeadId(3)), "ChaCha20Poly1305");
  EXPECT_EQ(name_of(SctVersion(0)), "v1");
}

TEST(ShownRegistry, HasNoNameForUnassignedNumbers) {
  EXPECT_EQ(name_of(PskKeyExchangeMode(2)), "");
  EXPECT_EQ(name_of(SRTPProtectionProfile(3)), "");
  EXPECT_EQ(name_of(MaxFragmentLength(0)), "");
  EXPECT_EQ(name_of(HpkeAeadId(4)), "");
}

}  // namespace
}  // namespace glasstls::handshake
