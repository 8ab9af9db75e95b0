// How the shim reads its arguments.
#include "tests/bogo/flags.h"

#include <gmock/gmock.h>

#include "tests/bogo/stage.h"
#include "tests/bogo/text.h"

namespace glasstls::bogo {
namespace {

using crypto::NamedGroup;
using crypto::SignatureScheme;
using testing::ElementsAre;

TEST(Flags, OfAllConnectionsReachAll) {
  const Plan plan = parse_flags({"-server", "-port", "4433", "-shim-id", "18446744073709551615"});
  for (const Settings* settings : {&plan.initial, &plan.resume}) {
    EXPECT_TRUE(settings->server);
    EXPECT_EQ(settings->port, 4433);
    EXPECT_EQ(settings->shim_id, UINT64_MAX);
  }
}

TEST(Flags, WithAPrefixReachTheirConnectionsOnly) {
  const Plan plan = parse_flags(
      {"-on-initial-expect-alpn", "a", "-on-resume-no-ticket", "-on-resume-curves", "29"});
  EXPECT_EQ(plan.initial.expect_alpn, "a");
  EXPECT_EQ(plan.resume.expect_alpn, "");
  EXPECT_FALSE(plan.initial.no_ticket);
  EXPECT_TRUE(plan.resume.no_ticket);
  EXPECT_TRUE(plan.initial.curves.empty());
  EXPECT_THAT(plan.resume.curves, ElementsAre(NamedGroup::x25519));
}

TEST(Flags, OfListsAppendAndOfOthersTheLastWins) {
  const Plan plan = parse_flags({"-curves", "24", "-curves", "29", "-signing-prefs", "2055",
                                 "-signing-prefs", "1025", "-read-size", "7", "-read-size", "9"});
  EXPECT_THAT(plan.initial.curves, ElementsAre(NamedGroup::secp384r1, NamedGroup::x25519));
  EXPECT_THAT(plan.initial.signing_prefs,
              ElementsAre(SignatureScheme::ed25519, SignatureScheme::rsa_pkcs1_sha256));
  EXPECT_EQ(plan.initial.read_size, 9U);
}

TEST(Flags, OfPreferencesPassOverWhatWeLackAsLongAsSomethingIsLeft) {
  constexpr const char *sha1 = "513", *sha256 = "1025";
  for (const char* flag : {"-signing-prefs", "-verify-prefs"}) {
    const Plan plan = parse_flags({flag, sha1, flag, sha256, flag, sha1});
    EXPECT_THAT((std::string(flag) == "-signing-prefs" ? plan.initial.signing_prefs
                                                       : plan.resume.verify_prefs),
                ElementsAre(SignatureScheme::rsa_pkcs1_sha256));
    EXPECT_THROW(parse_flags({flag, sha1}), Unimplemented) << flag;
    EXPECT_THROW(parse_flags({flag, sha256, flag, "x"}), Unimplemented) << flag;
  }
}

TEST(Flags, MayHaveEmptyAndOddValues) {
  const Plan plan =
      parse_flags({"-export-label", "", "-export-context", "-server", "-advertise-alpn",
                   "\x03"
                   "foo"
                   "\x03"
                   "bar"});
  EXPECT_EQ(plan.initial.export_label, "");
  EXPECT_EQ(plan.initial.export_context, "-server");
  EXPECT_FALSE(plan.initial.server);
  EXPECT_THAT(plan.initial.advertise_alpn, ElementsAre("foo", "bar"));
}

TEST(Flags, ClampVersionsToOurs) {
  for (const Words& good :
       {Words{"-max-version", "771"}, Words{"-max-version", "772"}, Words{"-min-version", "771"},
        Words{"-min-version", "769"}, Words{"-no-tls1", "-no-tls11", "-no-tls13"}})
    EXPECT_NO_THROW(parse_flags(good)) << good[0];
  for (const Words& bad : {Words{"-max-version", "770"}, Words{"-max-version", "773"},
                           Words{"-min-version", "772"}, Words{"-no-tls12"}})
    EXPECT_THROW(parse_flags(bad), Unimplemented) << bad[0];
}

TEST(Flags, WithCipherKnowOneList) {
  EXPECT_THAT(parse_flags({"-cipher", "DEFAULT:!AES"}).initial.cipher,
              ElementsAre(crypto::CipherSuite::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
                          crypto::CipherSuite::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256));
  EXPECT_THROW(parse_flags({"-cipher", "ALL"}), Unimplemented);
}

TEST(Flags, ReadListsOfAuthorities) {
  EXPECT_THAT(parse_ca_list("3000,3100"), ElementsAre(Bytes{0x30, 0}, Bytes{0x31, 0}));
  EXPECT_TRUE(parse_ca_list("<NULL>").empty());
  EXPECT_TRUE(parse_ca_list("<EMPTY>").empty());
  for (const char* bad : {"", "30,", "3", "zz", "30,,31"})
    EXPECT_THROW(parse_ca_list(bad), Unimplemented) << bad;
}

TEST(Flags, ReadListsOfProtocols) {
  EXPECT_THAT(parse_alpn(Bytes{1, 'a', 2, 'b', 'c'}), ElementsAre("a", "bc"));
  EXPECT_EQ(alpn_list({"a", "bc"}), (Bytes{1, 'a', 2, 'b', 'c'}));
  for (const Bytes& bad : {Bytes{0}, Bytes{1}, Bytes{2, 'a'}, Bytes{1, 'a', 1}})
    EXPECT_THROW(parse_alpn(bad), Unimplemented) << wire::hex(bad);
}

TEST(Flags, ThatWeDoNotKnowOrCannotDoAreUnimplemented) {
  const Words bad[] = {{"-handshaker-path", "x"}, {"server"},
                       {"-on-retry-server"},      {"-on-shim-server"},
                       {"-on-handshaker-server"}, {"-port"},
                       {"-port", "65536"},        {"-port", "1x"},
                       {"-shim-id", "-1"},        {"-curves", "25"},
                       {"-verify-prefs", "513"},  {"-expect-curve-id", "30"},
                       {"-read-size", "0"},       {"-ocsp-response", "%%"}};
  for (const Words& flags : bad) EXPECT_THROW(parse_flags(flags), Unimplemented) << flags[0];
}

// --- The process

Outcome run_shim(Words arguments) {
  test::Process shim(Words{GLASSTLS_BOGO_SHIM} + arguments);
  const int exit_code = shim.wait();
  return {exit_code, shim.output(), shim.error()};
}

TEST(Shim, SaysThatItIsNoHandshaker) {
  const Outcome outcome = run_shim({"-nonsense", "-is-handshaker-supported"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.output, "No\n");
  EXPECT_EQ(outcome.error, "");
}

TEST(Shim, EndsWith89WithoutConnectingForAFlagThatItLacks) {
  const Outcome outcome = run_shim({"-port", "1", "-channel-id"});
  EXPECT_EQ(outcome.exit_code, 89);
  EXPECT_EQ(outcome.error, "bogo_shim: an unknown flag: -channel-id\n");
}

TEST(Shim, FailsWhereNobodyListens) {
  const Outcome outcome = run_shim({"-port", "1", "-shim-id", "1"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.error, failure_line("dead"));
}

}  // namespace
}  // namespace glasstls::bogo
