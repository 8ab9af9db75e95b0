#include "handshake/server_negotiation.h"

#include <functional>
#include <gtest/gtest.h>

#include "handshake/negotiation.h"
#include "tests/handshake/sessions.h"
#include "tests/support/lab.h"
#include "tests/support/refusal.h"

namespace glasstls::handshake {
namespace {

using crypto::CipherSuite;
using crypto::NamedGroup;
using crypto::SignatureScheme;
using test::refusal_of;
using enum crypto::CipherSuite;
using Lines = std::vector<std::string>;

/// A hello of a client that can do all that we can, changed.
ClientHello hello_with(const std::function<void(Offer&)>& change = {}) {
  Offer offer;
  for (const auto& suite : crypto::all_suites()) offer.cipher_suites.push_back(suite.id);
  for (const auto& group : crypto::all_groups()) offer.groups.push_back(group.id);
  for (const auto& scheme : crypto::all_schemes()) offer.signature_schemes.push_back(scheme.id);
  if (change) change(offer);
  return make_client_hello(offer, {});
}

ClientHello without(ExtensionType type, ClientHello hello = hello_with()) {
  std::erase_if(hello.extensions->list, [type](const auto& e) { return e.type() == type; });
  return hello;
}

/// A server of two suites, two groups and two schemes.
ServerPolicy policy_with(const std::function<void(ServerPolicy&)>& change = {}) {
  ServerPolicy policy;
  policy.cipher_suites = {TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
                          TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256};
  policy.groups = {NamedGroup::x25519, NamedGroup::secp256r1};
  policy.signature_schemes = {SignatureScheme::rsa_pss_rsae_sha256,
                              SignatureScheme::ecdsa_secp256r1_sha256};
  policy.signing_schemes = policy.signature_schemes;
  if (change) change(policy);
  return policy;
}

Credentials::List held(const Lines& names) {
  Credentials::List list;
  for (const std::string& name : names) list.push_back(test::credential(name));
  return list;
}

// --- choose

TEST(Choose, TakesTheFirstOfEverythingAndHasNothingToExplain) {
  const Credentials::List list = held({"rsa", "p256"});
  const Choice choice = choose(hello_with(), policy_with(), list, "");
  EXPECT_EQ(choice.suite->id, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384);
  EXPECT_EQ(choice.group, NamedGroup::x25519);
  EXPECT_EQ(choice.scheme, SignatureScheme::rsa_pss_rsae_sha256);
  EXPECT_EQ(choice.credential, list[0]);
  EXPECT_FALSE(choice.server_name_used);
  EXPECT_EQ(choice.eliminations, Lines{});
}

TEST(Choose, SaysWhichSuiteTheClientDoesNotOffer) {
  const ClientHello hello = hello_with(
      [](Offer& offer) { offer.cipher_suites = {TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256}; });
  const Choice choice = choose(hello, policy_with(), held({"rsa", "p256"}), "");
  EXPECT_EQ(choice.suite->id, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256);
  EXPECT_EQ(choice.eliminations,
            (Lines{"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384: the client does not offer it",
                   "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 with the certificate of "
                   "CN=server.test: its key is RSA"}));
}

TEST(Choose, SaysWhichCertificateHasAnotherKindOfKey) {
  const std::string begin =
      "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 with the certificate of CN=server.test: its key is ";
  const Choice choice = choose(hello_with(), policy_with(), held({"p384", "p256", "rsa"}), "");
  EXPECT_EQ(choice.suite->id, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384);
  EXPECT_EQ(choice.eliminations, (Lines{begin + "EC", begin + "EC"}));
}

TEST(Choose, SaysWhichKeyFitsNoScheme) {
  const ClientHello hello = hello_with([](Offer& offer) {
    offer.cipher_suites = {TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256};
    offer.signature_schemes = {SignatureScheme::ecdsa_secp256r1_sha256, SignatureScheme::ed25519};
  });
  const Choice choice = choose(hello, policy_with(), held({"ed25519", "p256"}), "");
  EXPECT_EQ(choice.scheme, SignatureScheme::ecdsa_secp256r1_sha256);
  EXPECT_EQ(choice.eliminations.at(1),
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 with the certificate of CN=server.test: its "
            "key fits none of the signature schemes in common (the client offers "
            "ecdsa_secp256r1_sha256, ed25519)");
}

TEST(Choose, SaysWhichCurveTheClientDoesNotOffer) {
  const ClientHello hello = hello_with([](Offer& offer) { offer.groups = {NamedGroup::x25519}; });
  const Choice choice = choose(hello, policy_with([](ServerPolicy& p) {
                                 std::swap(p.cipher_suites[0], p.cipher_suites[1]);
                               }),
                               held({"p256", "rsa"}), "");
  EXPECT_EQ(choice.suite->id, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384);
  EXPECT_EQ(choice.eliminations.at(0),
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 with the certificate of CN=server.test: its "
            "key is on secp256r1, which the client does not offer");
}

TEST(Choose, SaysWhichGroupTheClientDoesNotOffer) {
  const ClientHello hello = hello_with([](Offer& offer) {
    offer.groups = {NamedGroup::secp384r1, NamedGroup::secp256r1};
  });
  const Choice choice = choose(hello, policy_with(), held({"rsa"}), "");
  EXPECT_EQ(choice.group, NamedGroup::secp256r1);
  EXPECT_EQ(choice.eliminations, Lines{"x25519: the client does not offer it"});
}

TEST(Choose, TakesSecp256r1WithoutSupportedGroups) {
  const Choice choice =
      choose(without(ExtensionType::supported_groups), policy_with(), held({"rsa"}), "");
  EXPECT_EQ(choice.group, NamedGroup::secp256r1);
}

TEST(Choose, FollowsTheClientInEverythingIfThePolicySaysSo) {
  const ClientHello hello = hello_with([](Offer& offer) {
    offer.cipher_suites = {TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                           TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384};
    offer.groups = {NamedGroup::secp256r1, NamedGroup::x25519};
    offer.signature_schemes = {SignatureScheme::ecdsa_secp384r1_sha384,
                               SignatureScheme::ecdsa_secp256r1_sha256};
  });
  const auto policy = [](bool follow) {
    return policy_with([follow](ServerPolicy& p) {
      p.prefer_client_order = follow;
      p.signing_schemes = {SignatureScheme::ecdsa_secp256r1_sha256,
                           SignatureScheme::ecdsa_secp384r1_sha384,
                           SignatureScheme::rsa_pss_rsae_sha256};
    });
  };
  const Credentials::List list = held({"rsa", "p256"});
  const Choice clients = choose(hello, policy(true), list, "");
  EXPECT_EQ(clients.suite->id, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256);
  EXPECT_EQ(clients.group, NamedGroup::secp256r1);
  EXPECT_EQ(clients.scheme, SignatureScheme::ecdsa_secp384r1_sha384);
  const Choice ours = choose(hello, policy(false), list, "");
  EXPECT_EQ(ours.group, NamedGroup::x25519);
  EXPECT_EQ(ours.scheme, SignatureScheme::ecdsa_secp256r1_sha256);
}

TEST(Choose, LetsTheNameDecideBeforeTheOrder) {
  test::Lab lab;
  const Credentials::List list{test::credential("rsa"), lab.server({"a.test"}, "rsa")};
  const Choice named = choose(hello_with(), policy_with(), list, "a.test");
  EXPECT_EQ(named.credential, list[1]);
  EXPECT_TRUE(named.server_name_used);
  const Choice unknown = choose(hello_with(), policy_with(), list, "b.test");
  EXPECT_EQ(unknown.credential, list[0]);
  EXPECT_FALSE(unknown.server_name_used);
}

// --- choose, refusing

void expect_no_choice(const ClientHello& hello, const ServerPolicy& policy,
                      const Credentials::List& list, std::string_view field,
                      const Lines& eliminations) {
  const ProtocolError error = refusal_of([&] { choose(hello, policy, list, ""); });
  EXPECT_EQ(error.alert, AlertDescription::handshake_failure) << error.what();
  EXPECT_EQ(error.field, field);
  EXPECT_EQ(error.eliminations, eliminations);
}

TEST(NoChoice, ExplainsEverySuite) {
  expect_no_choice(
      hello_with([](Offer& offer) {
        offer.cipher_suites = {TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite{0x1301}};
      }),
      policy_with(), held({"rsa"}), "cipher_suites",
      {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384: the client does not offer it",
       "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 with the certificate of CN=server.test: its key "
       "is RSA"});
}

TEST(NoChoice, ExplainsTheGroups) {
  const auto policy = policy_with([](ServerPolicy& p) { p.groups = {NamedGroup::x25519}; });
  expect_no_choice(hello_with([](Offer& offer) {
                     offer.groups = {NamedGroup{0x1a1a}, NamedGroup::secp384r1,
                                     NamedGroup::secp256r1, NamedGroup{25}};
                   }),
                   policy, held({"rsa"}), "named_group_list",
                   {"x25519: the client does not offer it",
                    "a group: the client offers secp384r1, secp256r1, secp521r1; we speak x25519"});
  expect_no_choice(hello_with([](Offer& offer) { offer.groups = {NamedGroup{42}}; }), policy,
                   held({"rsa"}), "named_group_list",
                   {"x25519: the client does not offer it",
                    "a group: the client offers none that we know; we speak x25519"});
}

TEST(NoChoice, ExplainsTheSchemes) {
  const auto policy = policy_with(
      [](ServerPolicy& p) { p.cipher_suites = {TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384}; });
  const auto offering = [](const std::vector<SignatureScheme>& schemes) {
    return hello_with([&](Offer& offer) { offer.signature_schemes = schemes; });
  };
  const std::string begin =
      "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 with the certificate of CN=server.test: its key fits "
      "none of the signature schemes in common (the client offers ";
  expect_no_choice(offering({SignatureScheme::rsa_pkcs1_sha256, SignatureScheme::rsa_pkcs1_sha1,
                             SignatureScheme{0x1a1a}}),
                   policy, held({"rsa"}), "cipher_suites",
                   {begin + "rsa_pkcs1_sha256, rsa_pkcs1_sha1)"});
  expect_no_choice(offering({SignatureScheme{0x0bff}}), policy, held({"rsa"}), "cipher_suites",
                   {begin + "none that we know)"});
}

TEST(NoChoice, WithoutSignatureAlgorithmsIsNotAGuess) {
  const ProtocolError error = refusal_of([] {
    choose(without(ExtensionType::signature_algorithms), policy_with(), held({"rsa"}), "");
  });
  EXPECT_EQ(error.alert, AlertDescription::handshake_failure);
  EXPECT_EQ(error.section, "RFC 9155, 2");
}

TEST(NoChoice, OfANameThatIsUnknownIsUnrecognizedNameIfThePolicyIsStrict) {
  const auto strict = policy_with([](ServerPolicy& p) { p.strict_server_name = true; });
  const ProtocolError error =
      refusal_of([&] { choose(hello_with(), strict, held({"rsa"}), "other.test"); });
  EXPECT_EQ(error.alert, AlertDescription::unrecognized_name);
  EXPECT_EQ(error.section, "RFC 6066, 3");
  EXPECT_NO_THROW(choose(hello_with(), strict, held({"rsa"}), "server.test"));
  EXPECT_NO_THROW(choose(hello_with(), strict, held({"rsa"}), ""));
}

// --- Names and protocols

std::string name_in(const std::vector<ServerName>& names) {
  ClientHello hello = hello_with();
  hello.extensions->add(ServerNameList{names});
  return requested_server_name(hello);
}

ServerName host(std::string_view name) {
  return {NameType::host_name, wire::copy(wire::as_bytes(name))};
}

TEST(RequestedServerName, IsInLowerCaseWithoutAFinalDot) {
  EXPECT_EQ(name_in({host("A.Test")}), "a.test");
  EXPECT_EQ(name_in({host("a.test.")}), "a.test");
  EXPECT_EQ(requested_server_name(hello_with()), "");
}

TEST(RequestedServerName, NeedNotBeOne) {
  EXPECT_EQ(name_in({host("a..B")}), "a..b");
  EXPECT_EQ(name_in({{NameType{1}, Bytes{'x'}}}), "");
}

TEST(RequestedServerName, RefusesTwoOfOneType) {
  for (const NameType type : {NameType::host_name, NameType{9}}) {
    const ServerName name{type, Bytes{'x'}};
    const ProtocolError error = refusal_of([&] { name_in({name, name}); });
    EXPECT_EQ(error.alert, AlertDescription::illegal_parameter);
    EXPECT_EQ(error.field, "server_name_list");
  }
}

TEST(ChooseApplicationProtocol, IsTheFirstOfOursThatIsOffered) {
  const ClientHello hello = hello_with([](Offer& offer) {
    offer.application_protocols = {"a", "b", "c"};
  });
  EXPECT_EQ(choose_application_protocol(hello, {"x", "c", "a"}), "c");
  EXPECT_EQ(choose_application_protocol(hello, {}), "");
  EXPECT_EQ(choose_application_protocol(hello_with(), {"a"}), "");
  EXPECT_EQ(refusal_of([&] {
              choose_application_protocol(hello, {"A", "ab"});
            }).alert,
            AlertDescription::no_application_protocol);
}

// --- Sessions

/// A session that fits hello_with() and session_policy().
Session some_session() {
  Session session = example::server_session();
  session.cipher_suite = TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384;
  return session;
}

ServerPolicy session_policy() {
  return policy_with([](ServerPolicy& p) { p.session_context = some_session().context; });
}

const x509::Time while_current{1'800'000'100};

std::string reason_against(const std::function<void(Session&)>& change,
                           const ClientHello& hello = hello_with(),
                           const std::string& name = "server.test",
                           x509::Time now = while_current) {
  Session session = some_session();
  if (change) change(session);
  const Acceptance acceptance = accepts(session, hello, session_policy(), name, now);
  EXPECT_EQ(acceptance.accepted, acceptance.reason.empty());
  return acceptance.reason;
}

TEST(Accepts, ASessionThatFits) { EXPECT_EQ(reason_against({}), ""); }

TEST(Accepts, SaysWhatDoesNotFit) {
  EXPECT_EQ(reason_against({}, hello_with(), "server.test", some_session().expires),
            "the session has expired, or the client's certificates have");
  EXPECT_EQ(reason_against([](Session& s) { s.context[0] ^= 1; }),
            "the session was made under other rules for clients");
  EXPECT_EQ(reason_against({}, hello_with(), "other.test"),
            "the session is of another server_name");
  EXPECT_EQ(reason_against({}, hello_with(), ""), "the session is of another server_name");
  const std::string other_suite = "the session's cipher suite is not offered, or not ours any more";
  EXPECT_EQ(reason_against([](Session& s) {
              s.cipher_suite = TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;  // not ours
            }),
            other_suite);
  EXPECT_EQ(reason_against({}, hello_with([](Offer& offer) {
                             offer.cipher_suites = {TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256};
                           })),
            other_suite);
}

// RFC 7627, 5.3.
TEST(Accepts, NoSessionWithoutExtendedMasterSecretFromAHelloWithIt) {
  EXPECT_EQ(reason_against([](Session& s) { s.extended_master_secret = false; }),
            "the session lacks extended_master_secret, which the client offers now");
  EXPECT_EQ(reason_against([](Session& s) { s.extended_master_secret = false; },
                           without(ExtensionType::extended_master_secret)),
            "");
}

TEST(Accepts, AndRefusesAHelloThatLeavesExtendedMasterSecretOut) {
  const ProtocolError error =
      refusal_of([] { reason_against({}, without(ExtensionType::extended_master_secret)); });
  EXPECT_EQ(error.alert, AlertDescription::handshake_failure);
  EXPECT_EQ(error.section, "RFC 7627, 5.3");
}

/// A session that is of no use for another reason is none: no alert then.
TEST(Accepts, RefusesNothingForASessionThatCouldNotBeResumedAnyway) {
  const ClientHello hello = without(ExtensionType::extended_master_secret);
  EXPECT_NE(reason_against({}, hello, "other.test"), "");
  EXPECT_NE(reason_against({}, hello, "server.test", some_session().expires), "");
}

}  // namespace
}  // namespace glasstls::handshake
