#include "handshake/registry.h"

#include <gtest/gtest.h>
#include <set>
#include <string>

namespace glasstls::handshake {
namespace {

TEST(Registry, NamesHandshakeTypes) {
  EXPECT_EQ(name_of(HandshakeType(0)), "hello_request");
  EXPECT_EQ(name_of(HandshakeType(1)), "client_hello");
  EXPECT_EQ(name_of(HandshakeType(2)), "server_hello");
  EXPECT_EQ(name_of(HandshakeType(4)), "new_session_ticket");
  EXPECT_EQ(name_of(HandshakeType(11)), "certificate");
  EXPECT_EQ(name_of(HandshakeType(12)), "server_key_exchange");
  EXPECT_EQ(name_of(HandshakeType(13)), "certificate_request");
  EXPECT_EQ(name_of(HandshakeType(14)), "server_hello_done");
  EXPECT_EQ(name_of(HandshakeType(15)), "certificate_verify");
  EXPECT_EQ(name_of(HandshakeType(16)), "client_key_exchange");
  EXPECT_EQ(name_of(HandshakeType(20)), "finished");
  EXPECT_EQ(name_of(HandshakeType(22)), "certificate_status");
  EXPECT_EQ(name_of(HandshakeType(7)), "");
}

TEST(Registry, NamesHandshakeTypesThatWeDoNotSpeak) {
  EXPECT_EQ(name_of(HandshakeType(3)), "hello_verify_request");
  EXPECT_EQ(name_of(HandshakeType(8)), "encrypted_extensions");
  EXPECT_EQ(name_of(HandshakeType(21)), "certificate_url");
  EXPECT_EQ(name_of(HandshakeType(24)), "key_update");
  EXPECT_EQ(name_of(HandshakeType(25)), "compressed_certificate");
  EXPECT_EQ(name_of(HandshakeType(67)), "next_protocol");
  EXPECT_EQ(name_of(HandshakeType(254)), "message_hash");
}

TEST(Registry, NamesExtensions) {
  EXPECT_EQ(name_of(ExtensionType(0)), "server_name");
  EXPECT_EQ(name_of(ExtensionType(5)), "status_request");
  EXPECT_EQ(name_of(ExtensionType(10)), "supported_groups");
  EXPECT_EQ(name_of(ExtensionType(11)), "ec_point_formats");
  EXPECT_EQ(name_of(ExtensionType(13)), "signature_algorithms");
  EXPECT_EQ(name_of(ExtensionType(16)), "application_layer_protocol_negotiation");
  EXPECT_EQ(name_of(ExtensionType(18)), "signed_certificate_timestamp");
  EXPECT_EQ(name_of(ExtensionType(23)), "extended_master_secret");
  EXPECT_EQ(name_of(ExtensionType(28)), "record_size_limit");
  EXPECT_EQ(name_of(ExtensionType(35)), "session_ticket");
  EXPECT_EQ(name_of(ExtensionType(43)), "supported_versions");
  EXPECT_EQ(name_of(ExtensionType(50)), "signature_algorithms_cert");
  EXPECT_EQ(name_of(ExtensionType(0xff01)), "renegotiation_info");
  EXPECT_EQ(name_of(ExtensionType(0xfe0d)), "encrypted_client_hello");
  EXPECT_EQ(name_of(ExtensionType(63)), "");
  EXPECT_EQ(name_of(ExtensionType(40)), "");
}

TEST(Registry, CallsGreaseByItsName) {
  for (unsigned value = 0x0a0a; value <= 0xfafa; value += 0x1010)
    EXPECT_EQ(name_of(ExtensionType(value)), "GREASE") << value;
  EXPECT_EQ(name_of(ExtensionType(0x0a1a)), "");
}

TEST(Registry, NamesTheSmallOnes) {
  EXPECT_EQ(name_of(CompressionMethod(0)), "null");
  EXPECT_EQ(name_of(CompressionMethod(1)), "deflate");
  EXPECT_EQ(name_of(CompressionMethod(2)), "");
  EXPECT_EQ(name_of(CompressionMethod(64)), "LZS");
  EXPECT_EQ(name_of(ECPointFormat(0)), "uncompressed");
  EXPECT_EQ(name_of(ECPointFormat(1)), "ansiX962_compressed_prime");
  EXPECT_EQ(name_of(ECPointFormat(2)), "ansiX962_compressed_char2");
  EXPECT_EQ(name_of(ECPointFormat(3)), "");
  EXPECT_EQ(name_of(ECCurveType(1)), "explicit_prime");
  EXPECT_EQ(name_of(ECCurveType(2)), "explicit_char2");
  EXPECT_EQ(name_of(ECCurveType(3)), "named_curve");
  EXPECT_EQ(name_of(ECCurveType(0)), "");
  EXPECT_EQ(name_of(ClientCertificateType(1)), "rsa_sign");
  EXPECT_EQ(name_of(ClientCertificateType(2)), "dss_sign");
  EXPECT_EQ(name_of(ClientCertificateType(64)), "ecdsa_sign");
  EXPECT_EQ(name_of(ClientCertificateType(3)), "rsa_fixed_dh");
  EXPECT_EQ(name_of(ClientCertificateType(68)), "gost_sign512");
  EXPECT_EQ(name_of(ClientCertificateType(7)), "");
  EXPECT_EQ(name_of(NameType(0)), "host_name");
  EXPECT_EQ(name_of(NameType(1)), "");
  EXPECT_EQ(name_of(CertificateStatusType(1)), "ocsp");
  EXPECT_EQ(name_of(CertificateStatusType(2)), "ocsp_multi");
  EXPECT_EQ(name_of(CertificateStatusType(0)), "");
}

}  // namespace
}  // namespace glasstls::handshake
