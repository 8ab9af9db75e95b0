// ServerKeyExchange and ClientKeyExchange under each key exchange: of real peers where one of ours
// was found that speaks it, else by hand.
#include <gtest/gtest.h>

#include "inspect/dissect/dissect.h"
#include "tests/inspect/dissect/conversation.h"
#include "tests/inspect/dissect/shown.h"

namespace glasstls::inspect {
namespace {

constexpr std::string_view header = "msg_type=";

/// The body's fields.
std::string body_of(const Dissection& dissection) {
  const std::string line = test::shown(dissection.fields);
  const std::size_t length = line.find(" length=");
  const std::size_t body = line.find(' ', length + 1);
  EXPECT_TRUE(line.starts_with(header)) << line;
  return body == std::string::npos ? "" : line.substr(body + 1);
}

std::string body_of(const test::Utterance& said) {
  const Dissection dissection = dissect_handshake(said.message, said.context);
  EXPECT_FALSE(dissection.error) << dissection.error->reason;
  EXPECT_TRUE(test::uncovered(dissection.fields, said.message.size()).empty());
  return body_of(dissection);
}

struct Case {
  std::string_view conversation;
  std::string_view server_key_exchange;  // empty: there is none
  std::string_view client_key_exchange;
};

// clang-format off
const Case cases[] = {
    {"rsa", "", "EncryptedPreMasterSecret[256]"},
    {"dhe_rsa", "params{dh_p[256] dh_g[1] dh_Ys[256]} signed_params{algorithm=2052:rsa_pss_rsae_sha256 signature[256]}", "dh_Yc[256]"},
    {"dhe_rsa_tls10", "params{dh_p[256] dh_g[1] dh_Ys[256]} signed_params{signature[256]}", "dh_Yc[256]"},
    {"dh_anon", "params{dh_p[128] dh_g[1] dh_Ys[128]}", "dh_Yc[128]"},
    {"ecdh_anon", "params{curve_type=3:named_curve namedcurve=29:x25519 public{point[32]}}", "ecdh_Yc{point[32]}"},
    {"ecdhe_ecdsa", "params{curve_type=3:named_curve namedcurve=29:x25519 public{point[32]}} signed_params{algorithm=1027:ecdsa_secp256r1_sha256 signature[70]}", "ecdh_Yc{point[32]}"},
    {"ecdhe_rsa_tls11", "params{curve_type=3:named_curve namedcurve=29:x25519 public{point[32]}} signed_params{signature[256]}", "ecdh_Yc{point[32]}"},
    {"psk", "psk_identity_hint[6]", "psk_identity[15]"},
    {"rsa_psk", "psk_identity_hint[6]", "psk_identity[15] EncryptedPreMasterSecret[256]"},
    {"dhe_psk", "psk_identity_hint[6] params{dh_p[128] dh_g[1] dh_Ys[128]}", "psk_identity[15] dh_Yc[128]"},
    {"ecdhe_psk", "psk_identity_hint[0] params{curve_type=3:named_curve namedcurve=29:x25519 public{point[32]}}", "psk_identity[15] ecdh_Yc{point[32]}"},
};
// clang-format on

TEST(DissectKeyExchanges, OfRealPeers) {
  for (const Case& example : cases) {
    SCOPED_TRACE(example.conversation);
    const auto all = test::conversation(example.conversation);
    if (!example.server_key_exchange.empty()) {
      EXPECT_EQ(body_of(test::message_in(all, Side::server, 12)), example.server_key_exchange);
    }
    EXPECT_EQ(body_of(test::message_in(all, Side::client, 16)), example.client_key_exchange);
  }
}

TEST(DissectKeyExchanges, CertificateMessagesOfBothVersions) {
  const auto now = test::conversation("mutual");
  EXPECT_TRUE(body_of(test::message_in(now, Side::client, 15))
                  .starts_with("handshake_messages{algorithm=2052:rsa_pss_rsae_sha256 signature["));
  const std::string request = body_of(test::message_in(now, Side::server, 13));
  EXPECT_TRUE(
      request.starts_with("certificate_types{certificate_types=1:rsa_sign "
                          "certificate_types=2:dss_sign certificate_types=64:ecdsa_sign} "
                          "supported_signature_algorithms{"))
      << request;
  EXPECT_NE(request.find("type=\"commonName\" value=\"CN=server.test\""), std::string::npos)
      << request;
  const auto then = test::conversation("dhe_rsa_tls10");
  EXPECT_EQ(body_of(test::message_in(then, Side::client, 15)),
            "handshake_messages{signature[256]}");
  EXPECT_TRUE(body_of(test::message_in(then, Side::server, 13))
                  .starts_with("certificate_types{certificate_types=1:rsa_sign "
                               "certificate_types=2:dss_sign certificate_types=64:ecdsa_sign} "
                               "certificate_authorities{"));
}

Dissection dissect(unsigned type, std::string_view body, unsigned suite,
                   ProtocolVersion version = ProtocolVersion::tls12) {
  return dissect_handshake(
      test::message_of(type, body),
      {type == 12 ? Side::server : Side::client, version, static_cast<crypto::CipherSuite>(suite)});
}

TEST(DissectKeyExchanges, OfSrp) {
  const Dissection server = dissect(12,
                                    "0002aabb"
                                    "000102"
                                    "02cccc"
                                    "0001dd"
                                    "0401"
                                    "0001ee",
                                    0xc01e);
  EXPECT_FALSE(server.error);
  EXPECT_EQ(body_of(server),
            "params{srp_N[2] srp_g[1] srp_s[2] srp_B[1]} "
            "signed_params{algorithm=1025:rsa_pkcs1_sha256 signature[1]}");
  EXPECT_EQ(body_of(dissect(12,
                            "0002aabb"
                            "000102"
                            "02cccc"
                            "0001dd",
                            0xc01d)),
            "params{srp_N[2] srp_g[1] srp_s[2] srp_B[1]}");
  EXPECT_EQ(body_of(dissect(16, "0002aabb", 0xc01d)), "srp_A[2]");
}

TEST(DissectKeyExchanges, OfExportSuites) {
  EXPECT_EQ(body_of(dissect(12,
                            "0002aabb"
                            "0003010001"
                            "0001ee",
                            0x0003, ProtocolVersion::tls10)),
            "params{rsa_modulus[2] rsa_exponent[3]} signed_params{signature[1]}");
  EXPECT_EQ(body_of(dissect(12,
                            "0001aa"
                            "0001bb"
                            "0001cc"
                            "0001ee",
                            0x0014, ProtocolVersion::tls10)),
            "params{dh_p[1] dh_g[1] dh_Ys[1]} signed_params{signature[1]}");
}

TEST(DissectKeyExchanges, WithExplicitCurves) {
  const Dissection prime = dissect(12,
                                   "01"
                                   "01aa"
                                   "01bb"
                                   "01cc"
                                   "0204dd"
                                   "01ee"
                                   "0101"
                                   "0204ff"
                                   "0403"
                                   "0001ee",
                                   0xc02b);
  ASSERT_TRUE(prime.error);
  EXPECT_EQ(prime.error->alert, AlertDescription::illegal_parameter);
  EXPECT_EQ(prime.error->section, "RFC 8422, 5.4");
  EXPECT_TRUE(prime.fields.complete());
  EXPECT_EQ(
      body_of(prime),
      "params{curve_type=1:explicit_prime prime_p[1] curve{a[1] b[1]} base{point[2]} order[1] "
      "cofactor[1] public{point[2]}} "
      "signed_params{algorithm=1027:ecdsa_secp256r1_sha256 signature[1]}");
  const std::string rest =
      "01bb"
      "01cc"
      "0204dd"
      "01ee"
      "0101"
      "0204ff";
  EXPECT_EQ(body_of(dissect(12,
                            "02"
                            "00a3"
                            "01"
                            "0107" +
                                rest,
                            0xc018)),
            "params{curve_type=2:explicit_char2 m=163 basis=1:ec_basis_trinomial k[1] curve{a[1] "
            "b[1]} base{point[2]} order[1] cofactor[1] public{point[2]}}");
  EXPECT_EQ(
      body_of(dissect(12,
                      "02"
                      "00a3"
                      "02"
                      "010301060107" +
                          rest,
                      0xc018)),
      "params{curve_type=2:explicit_char2 m=163 basis=2:ec_basis_pentanomial k1[1] k2[1] k3[1] "
      "curve{a[1] b[1]} base{point[2]} order[1] cofactor[1] public{point[2]}}");
}

TEST(DissectKeyExchanges, StopAtACurveTypeThatIsUnknown) {
  const Dissection dissection = dissect(12, "09001d0101", 0xc018);
  ASSERT_TRUE(dissection.error);
  EXPECT_EQ(dissection.error->field, "curve_type");
  EXPECT_EQ(dissection.error->offset, 5U);
  EXPECT_FALSE(dissection.fields.complete());
}

TEST(DissectKeyExchanges, OfSsl30) {
  EXPECT_EQ(body_of(dissect(16, "aabbcc", 0x0005, ProtocolVersion::ssl30)),
            "EncryptedPreMasterSecret[3]");
  EXPECT_EQ(body_of(dissect(20, std::string(72, 'a'), 0x0005, ProtocolVersion::ssl30)),
            "md5_hash[16] sha_hash[20]");
}

TEST(DissectKeyExchanges, WithKeysInTheClientsCertificate) {
  for (const unsigned suite : {0x0031U, 0xc00eU}) {
    const Dissection dissection = dissect(16, "", suite);
    EXPECT_FALSE(dissection.error) << suite;
    EXPECT_EQ(body_of(dissection), "");
  }
  EXPECT_TRUE(dissect(16, "", 0xc030).error);
}

TEST(DissectKeyExchanges, WithoutAKnownSuiteAreOneField) {
  for (const unsigned type : {12U, 16U}) {
    const Bytes message = test::message_of(type, "0102030405");
    const Dissection dissection = dissect_handshake(message, {});
    EXPECT_FALSE(dissection.error);
    EXPECT_EQ(body_of(dissection), "body[5]");
    EXPECT_EQ(body_of(dissect(type, "0102030405", 0x001e)), "body[5]");  // Kerberos
    EXPECT_EQ(body_of(dissect(type, "0102030405", 0x0047)), "body[5]");  // none at all
  }
}

}  // namespace
}  // namespace glasstls::inspect
