#include "apps/cert/making.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "platform/clock.h"
#include "tests/apps/cert/scratch.h"

namespace glasstls::apps {
namespace {

std::string read(const std::string& text) { return x509::to_string(parse_general_name(text)); }

TEST(GeneralNameOption, TellsTheKindsApart) {
  EXPECT_EQ(read("example.test"), "DNS:example.test");
  EXPECT_EQ(read("localhost"), "DNS:localhost");
  EXPECT_EQ(read("192.0.2.1"), "IP:192.0.2.1");
  EXPECT_EQ(read("::1"), "IP:::1");
  EXPECT_EQ(read("[2001:db8::1]"), "IP:2001:db8::1");
  EXPECT_EQ(read("me@example.test"), "email:me@example.test");
  EXPECT_EQ(read("https://example.test/a"), "URI:https://example.test/a");
}

TEST(GeneralNameOption, ObeysAPrefix) {
  EXPECT_EQ(read("DNS:example.test"), "DNS:example.test");
  EXPECT_EQ(read("ip:192.0.2.1"), "IP:192.0.2.1");
  EXPECT_EQ(read("email:me@example.test"), "email:me@example.test");
  EXPECT_EQ(read("URI:urn:isbn:0"), "URI:urn:isbn:0");
  EXPECT_NE(refusal([] { read("IP:example.test"); }), "accepted");
  EXPECT_NE(refusal([] { read("DNS:192.0.2.1"); }), "accepted");
}

TEST(GeneralNameOption, WritesDnsNamesAsTheyAreCompared) {
  EXPECT_EQ(read("Example.TEST."), "DNS:example.test");
  EXPECT_EQ(read("*.example.test"), "DNS:*.example.test");
}

TEST(GeneralNameOption, RefusesWhatNoVerifierTakes) {
  for (const char* text : {"foo_bar.test",
                           "b\xc3\xbc"
                           "cher.test",
                           "*.test", "*", "w*.example.test", "a.*.test", "example.test:443",
                           "-a.test", "a..test", " a.test", "256.0.0.1", "me@", "@example.test",
                           "a b@example.test", "://x", "URI:x", "URI:a b:c", ""})
    EXPECT_NE(refusal([&] { read(text); }), "accepted") << text;
  EXPECT_EQ(
      refusal([] { read("foo_bar"); }),
      "the name 'foo_bar' is not a DNS name (labels of a-z, 0-9 and inner '-', "
      "internationalized ones as xn--..., a wildcard only as '*.' before two labels or more)");
}

TEST(GeneralNameOption, IsTakenOnce) {
  EXPECT_EQ(to_string(parse_general_names({"a.test", "192.0.2.1", "A.test"})),
            "DNS:a.test, IP:192.0.2.1");
  EXPECT_EQ(to_string(parse_general_names({})), "none");
}

TEST(Subject, ReadsInBothForms) {
  EXPECT_EQ(x509::to_string(parse_subject("CN=test,O=Example")), "CN=test,O=Example");
  EXPECT_EQ(x509::to_string(parse_subject("/O=Example/CN=test")), "CN=test,O=Example");
  EXPECT_EQ(refusal([] { parse_subject("test"); }).substr(0, 19), "the subject 'test':");
}

TEST(Subject, IsTheFirstNameUnlessItIsTooLong) {
  EXPECT_EQ(x509::to_string(subject_of(parse_general_names({"192.0.2.1", "a.test"}))),
            "CN=192.0.2.1");
  const std::string long_name =
      std::string(40, 'a') + "." + std::string(40, 'b') + ".test";  // 86 characters
  EXPECT_TRUE(subject_of(parse_general_names({long_name})).empty());
  EXPECT_TRUE(subject_of({}).empty());
}

TEST(KeyKind, NamesWhatItMakes) {
  EXPECT_EQ(key_kinds(), "rsa, rsa3072, rsa4096, ec, p384, ed25519");
  EXPECT_EQ(generate_key("rsa").public_key().bits(), 2048U);
  EXPECT_EQ(generate_key("ec").public_key().group(), crypto::NamedGroup::secp256r1);
  EXPECT_EQ(generate_key("p384").public_key().group(), crypto::NamedGroup::secp384r1);
  EXPECT_EQ(generate_key("ed25519").type(), crypto::KeyType::ed25519);
  EXPECT_EQ(refusal([] { generate_key("dsa"); }),
            "'dsa' is none of rsa, rsa3072, rsa4096, ec, p384, ed25519");
}

TEST(Validity, BeginsALittleEarlierBecauseClocksDiffer) {
  const x509::Time now = platform::now();
  const Validity valid = validity(2);
  EXPECT_LT(valid.not_before, now);
  EXPECT_EQ(valid.not_after.seconds - valid.not_before.seconds, 2 * 86'400 + 300);
}

}  // namespace
}  // namespace glasstls::apps
