#include "apps/names.h"

#include <gmock/gmock.h>
#include <string>

#include "apps/error.h"

namespace glasstls::apps {
namespace {

using crypto::CipherSuite;
using crypto::NamedGroup;
using crypto::SignatureScheme;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// What a refused list is answered with.
template <class Parse>
std::string refusal(Parse parse, const std::string& text) {
  try {
    static_cast<void>(parse(text));
    return "accepted";
  } catch (const CommandError& error) {
    EXPECT_EQ(error.code, ExitCode::usage);
    return error.what();
  }
}

TEST(Names, KeepTheirOrder) {
  EXPECT_THAT(parse_suites("TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,"
                           "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
              ElementsAre(CipherSuite::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
                          CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384));
  EXPECT_THAT(parse_groups("secp384r1,x25519"),
              ElementsAre(NamedGroup::secp384r1, NamedGroup::x25519));
  EXPECT_THAT(parse_schemes("ed25519,rsa_pkcs1_sha256"),
              ElementsAre(SignatureScheme::ed25519, SignatureScheme::rsa_pkcs1_sha256));
}

TEST(Names, MayBeSeparatedByColonsAndSpelledAsOpenSslDoes) {
  EXPECT_THAT(parse_suites("ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384"),
              ElementsAre(CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                          CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384));
  EXPECT_THAT(parse_groups("P-256:X25519"), ElementsAre(NamedGroup::secp256r1, NamedGroup::x25519));
}

TEST(Names, AreNoneInAnEmptyText) {
  EXPECT_THAT(parse_suites(""), IsEmpty());
  EXPECT_THAT(parse_groups(""), IsEmpty());
  EXPECT_THAT(parse_schemes(""), IsEmpty());
}

TEST(Names, OfProtocolsAreSeparatedByCommasAlone) {
  EXPECT_THAT(parse_protocols("h2,http/1.1"), ElementsAre("h2", "http/1.1"));
  EXPECT_THAT(parse_protocols("a:b"), ElementsAre("a:b"));
  EXPECT_THAT(parse_protocols(""), IsEmpty());
}

TEST(Names, ThatAreNotKnownAreRefusedWithAListOfThoseThatAre) {
  EXPECT_THAT(refusal(parse_suites, "RC4-MD5"),
              AllOf(HasSubstr("'RC4-MD5'"), HasSubstr("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384")));
  EXPECT_THAT(refusal(parse_groups, "x25519,secp521r1"),
              AllOf(HasSubstr("'secp521r1'"), HasSubstr("secp384r1")));
  EXPECT_THAT(refusal(parse_schemes, "rsa_pkcs1_sha1"),
              AllOf(HasSubstr("'rsa_pkcs1_sha1'"), HasSubstr("rsa_pss_rsae_sha256")));
}

TEST(Names, AreNotEmptyBetweenSeparators) {
  for (const char* text : {",", "x25519,", ",x25519", "x25519,,secp256r1"})
    EXPECT_THAT(refusal(parse_groups, text), HasSubstr("''")) << text;
}

TEST(Names, ThatAreSignalsAreNotSuites) {
  EXPECT_THAT(refusal(parse_suites, "TLS_FALLBACK_SCSV"), HasSubstr("not a cipher suite"));
}

}  // namespace
}  // namespace glasstls::apps
