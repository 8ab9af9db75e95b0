// A server's Certificate that is malformed, or that is not to be trusted. RFC 5246, 7.4.2.
#include <gtest/gtest.h>

#include "tests/tls/refused.h"

namespace glasstls::tls {
namespace {

using handshake::Certificate;
using test::Peers;
using test::ScriptedServer;

void present(Peers& peers, const test::Change<Certificate>& change = {}) {
  peers.run({[&](ScriptedServer& server) {
    server.hello();
    server.certificate(change);
    server.key_exchange();
    server.done();
  }});
}

Peers client_with(const test::Change<ClientSettings>& change, std::string name = "server.test",
                  test::Choices choices = {}) {
  return Peers(std::move(choices), {.name = std::move(name), .settings = change, .observers = {}});
}

void expect_distrust(Peers& peers, AlertDescription alert) {
  const Failed* failed = peers.find<Failed>();
  ASSERT_NE(failed, nullptr);
  ASSERT_TRUE(failed->verdict);
  EXPECT_FALSE(failed->verdict->trusted);
  EXPECT_EQ(failed->reason, failed->verdict->summary);
  EXPECT_EQ(failed->state, "WaitCertificate");
  expect_refused(peers,
                 {.alert = alert, .message = "Certificate", .cause = Failed::Cause::certificate});
}

TEST(BadCertificate, OfAnUnknownCaIsUnknownCa) {
  Peers peers = client_with([](ClientSettings& s) { s.roots = test::roots("other-ca"); });
  present(peers);
  expect_distrust(peers, AlertDescription::unknown_ca);
}

TEST(BadCertificate, ThatHasExpiredIsCertificateExpired) {
  Peers peers = client_with([](ClientSettings& s) { s.now = test::after_validity; });
  present(peers);
  expect_distrust(peers, AlertDescription::certificate_expired);
}

TEST(BadCertificate, ThatIsNotYetValidIsCertificateExpired) {
  Peers peers = client_with([](ClientSettings& s) { s.now = test::before_validity; });
  present(peers);
  expect_distrust(peers, AlertDescription::certificate_expired);
}

TEST(BadCertificate, ForAnotherNameIsBadCertificate) {
  for (const char* name : {"other.test", "sub.server.test", "192.0.2.2"}) {
    Peers peers = client_with({}, name);
    present(peers);
    expect_distrust(peers, AlertDescription::bad_certificate);
  }
}

TEST(BadCertificate, WhoseKeyMayNotSignIsUnsupportedCertificate) {
  test::Choices choices;
  choices.identity = "rsa-encipherment";
  Peers verifying = client_with({}, "server.test", choices);
  present(verifying);
  const Failed* failed = verifying.find<Failed>();
  ASSERT_NE(failed, nullptr);
  expect_refused(verifying, {.alert = AlertDescription::unsupported_certificate,
                             .message = "Certificate",
                             .cause = failed->cause});

  Peers trusting =
      client_with([](ClientSettings& s) { s.verify_peer = false; }, "server.test", choices);
  present(trusting);
  expect_refused(trusting, {.alert = AlertDescription::unsupported_certificate,
                            .message = "Certificate",
                            .field = "certificate_list",
                            .section = "RFC 5246, 7.4.2"});
}

TEST(BadCertificate, WithADamagedSignatureIsBadCertificate) {
  Peers peers;
  present(peers, [](Certificate& message) { message.certificate_list[0].der.back() ^= 1; });
  expect_distrust(peers, AlertDescription::bad_certificate);
}

TEST(BadCertificate, OfAnotherTypeThanTheSuiteAsksForIsIllegalParameter) {
  Peers peers;
  present(peers, [](Certificate& message) {
    message.certificate_list[0].der = test::identity("p256").chain[0];
  });
  expect_refused(peers, {.alert = AlertDescription::illegal_parameter,
                         .message = "Certificate",
                         .field = "certificate_list",
                         .offset = 4});
}

TEST(BadCertificate, OnACurveThatWasNotOfferedIsIllegalParameter) {
  test::Choices choices;
  choices.suite = crypto::CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
  choices.scheme = crypto::SignatureScheme::ecdsa_secp384r1_sha384;
  choices.identity = "p384";
  Peers peers = client_with(
      [](ClientSettings& s) {
        s.groups = {crypto::NamedGroup::x25519, crypto::NamedGroup::secp256r1};
      },
      "server.test", choices);
  present(peers);
  expect_refused(peers, {.alert = AlertDescription::illegal_parameter,
                         .message = "Certificate",
                         .section = "RFC 8422, 5.3"});
}

TEST(BadCertificate, WithAnEmptyListIsDecodeError) {
  Peers peers;
  present(peers, [](Certificate& message) { message.certificate_list.clear(); });
  expect_refused(peers, {.alert = AlertDescription::decode_error,
                         .message = "Certificate",
                         .field = "certificate_list",
                         .offset = 4,
                         .section = "RFC 5246, 7.4.2"});
}

TEST(BadCertificate, ThatIsGarbageIsDecodeErrorWithItsOffset) {
  Peers peers;
  present(peers, [](Certificate& message) { message.certificate_list[0].der = Bytes(50, 0x5a); });
  expect_refused(peers, {.alert = AlertDescription::decode_error,
                         .message = "Certificate",
                         .field = "ASN.1Cert",
                         .offset = 10});  // after header, list length and certificate length
}

// No path needs it.
TEST(BadCertificate, ThatIsGarbageBehindAGoodOneIsPassedOver) {
  Peers peers;
  peers.run({[](ScriptedServer& server) {
               server.hello();
               server.certificate([](Certificate& message) {
                 message.certificate_list.push_back({Bytes(3, 0x5a)});
               });
               server.key_exchange();
               server.done();
             },
             [](ScriptedServer& server) { server.second_flight(); }});
  EXPECT_TRUE(peers.completed());
}

// Here a path might have needed it: the refusal tells of it, with the byte of the message.
TEST(BadCertificate, ThatIsGarbageIsToldWhereAnIssuerIsWanted) {
  Peers peers = client_with([](ClientSettings& s) { s.roots = test::roots("other-ca"); });
  std::size_t leaf_size = 0;
  present(peers, [&](Certificate& message) {
    leaf_size = message.certificate_list[0].der.size();
    message.certificate_list.push_back({Bytes(3, 0x5a)});
  });
  expect_distrust(peers, AlertDescription::unknown_ca);
  const std::string told =
      "certificate 1 that was sent is malformed: expected SEQUENCE, found tag 5a (byte " +
      std::to_string(10 + leaf_size + 3) + ")";
  EXPECT_NE(peers.find<Failed>()->reason.find(told), std::string::npos)
      << peers.find<Failed>()->reason;
}

TEST(BadCertificate, OverTheBoundOnMessagesIsIllegalParameter) {
  Peers peers = client_with([](ClientSettings& s) { s.max_handshake_message = 1024; });
  present(peers, [](Certificate& message) { message.certificate_list.push_back({Bytes(1024)}); });
  expect_refused(peers, {.alert = AlertDescription::illegal_parameter,
                         .message = "Certificate",
                         .field = "length",
                         .offset = 1});
}

}  // namespace
}  // namespace glasstls::tls
