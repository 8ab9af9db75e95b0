#include "handshake/negotiation.h"

#include <algorithm>
#include <functional>
#include <gtest/gtest.h>

#include "tests/support/data_files.h"
#include "tests/support/identity.h"
#include "tests/support/refusal.h"
#include "wire/error.h"
#include "wire/writer.h"

namespace glasstls::handshake {
namespace {

using crypto::CipherSuite;
using crypto::NamedGroup;
using crypto::SignatureScheme;
using test::refusal_of;

Offer some_offer() {
  Offer offer;
  offer.cipher_suites = {CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
                         CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256};
  offer.groups = {NamedGroup::x25519, NamedGroup::secp256r1};
  offer.signature_schemes = {SignatureScheme::rsa_pss_rsae_sha256,
                             SignatureScheme::ecdsa_secp256r1_sha256};
  offer.server_name = "server.test";
  return offer;
}

ClientHello offered() { return make_client_hello(some_offer(), {}); }

ServerHello answered() {
  ServerHello hello;
  hello.cipher_suite = CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384;
  hello.extensions.emplace().add(ExtendedMasterSecret{});
  hello.extensions->add(RenegotiationInfo{});
  return hello;
}

Hello accepted() { return accept_server_hello(offered(), answered(), false); }

void end_random_with(ServerHello& hello, std::string_view text) {
  std::copy(text.begin(), text.end(),
            hello.random.end() - static_cast<std::ptrdiff_t>(text.size()));
}

x509::Certificate leaf(std::string_view name) {
  return *x509::Certificate::parse(test::identity(name).chain.front());
}

// --- make_client_hello

TEST(MakeClientHello, SaysWhatTheOfferSays) {
  Random random{};
  random.fill(5);
  const ClientHello hello = make_client_hello(some_offer(), random);
  EXPECT_EQ(hello.client_version, ProtocolVersion::tls12);
  EXPECT_EQ(hello.random, random);
  EXPECT_TRUE(hello.session_id.empty());
  EXPECT_EQ(hello.cipher_suites, some_offer().cipher_suites);
  EXPECT_EQ(hello.compression_methods, std::vector{CompressionMethod::null});
  EXPECT_EQ(hello.extensions->find<SupportedGroups>()->named_group_list, some_offer().groups);
  EXPECT_EQ(hello.extensions->find<SignatureAlgorithms>()->supported_signature_algorithms,
            some_offer().signature_schemes);
  EXPECT_EQ(wire::as_text(hello.extensions->find<ServerNameList>()->server_name_list.at(0).name),
            "server.test");
  EXPECT_TRUE(hello.extensions->find<ECPointFormats>()->has_uncompressed());
  EXPECT_TRUE(hello.extensions->has(ExtensionType::extended_master_secret));
  EXPECT_TRUE(hello.extensions->find<RenegotiationInfo>()->renegotiated_connection.empty());
}

TEST(MakeClientHello, LeavesOutWhatIsNotOffered) {
  Offer offer = some_offer();
  offer.server_name.clear();
  offer.extended_master_secret = false;
  const ClientHello hello = make_client_hello(offer, {});
  EXPECT_FALSE(hello.extensions->has(ExtensionType::server_name));
  EXPECT_FALSE(hello.extensions->has(ExtensionType::extended_master_secret));
}

// --- downgrade_sentinel

TEST(DowngradeSentinel, IsInTheLastEightBytes) {
  ServerHello hello;
  EXPECT_EQ(downgrade_sentinel(hello.random), DowngradeSentinel::none);
  end_random_with(hello, {"DOWNGRD\x01", 8});
  EXPECT_EQ(downgrade_sentinel(hello.random), DowngradeSentinel::tls12);
  end_random_with(hello, {"DOWNGRD\x00", 8});
  EXPECT_EQ(downgrade_sentinel(hello.random), DowngradeSentinel::tls11);
  end_random_with(hello, {"DOWNGRD\x02", 8});
  EXPECT_EQ(downgrade_sentinel(hello.random), DowngradeSentinel::none);
  end_random_with(hello, {"DOWNGRD\x01\x00", 9});
  EXPECT_EQ(downgrade_sentinel(hello.random), DowngradeSentinel::none);
}

// --- accept_server_hello

void expect_hello_refused(const std::function<void(ServerHello&)>& change, AlertDescription alert,
                          std::string_view field) {
  ServerHello answer = answered();
  change(answer);
  const ProtocolError error =
      refusal_of([&] { accept_server_hello(offered(), std::move(answer), false); });
  EXPECT_EQ(error.alert, alert) << error.what();
  EXPECT_EQ(error.field, field);
  EXPECT_FALSE(error.section.empty());
}

TEST(AcceptServerHello, TakesWhatWasOffered) {
  const Hello hello = accepted();
  ASSERT_NE(hello.suite, nullptr);
  EXPECT_EQ(hello.suite->id, CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384);
  EXPECT_TRUE(hello.extended_master_secret);
  EXPECT_TRUE(hello.secure_renegotiation);
  EXPECT_EQ(hello.sentinel, DowngradeSentinel::none);
}

TEST(AcceptServerHello, TakesAnOldServersHello) {
  ServerHello answer = answered();
  answer.extensions.reset();
  const Hello none = accept_server_hello(offered(), answer, false);
  EXPECT_FALSE(none.extended_master_secret);
  EXPECT_FALSE(none.secure_renegotiation);
  answer.extensions.emplace();
  EXPECT_NO_THROW(accept_server_hello(offered(), answer, false));
}

TEST(AcceptServerHello, TakesTheSentinelOfAServerThatCouldDoTls13) {
  ServerHello answer = answered();
  end_random_with(answer, {"DOWNGRD\x01", 8});
  EXPECT_EQ(accept_server_hello(offered(), answer, false).sentinel, DowngradeSentinel::tls12);
}

TEST(AcceptServerHello, RefusesEveryOtherVersion) {
  for (const unsigned version : {0x0002U, 0x0300U, 0x0301U, 0x0302U, 0x0304U, 0x7f1cU, 0xffffU})
    expect_hello_refused([&](ServerHello& m) { m.server_version = ProtocolVersion(version); },
                         AlertDescription::protocol_version, "server_version");
}

TEST(AcceptServerHello, RefusesTheSentinelOfADowngradeBelowTls12) {
  expect_hello_refused(
      [](ServerHello& m) {
        end_random_with(m, {"DOWNGRD\x00", 8});
      },
      AlertDescription::illegal_parameter, "random");
}

TEST(AcceptServerHello, RefusesASuiteThatWasNotOffered) {
  for (const auto suite :
       {CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, CipherSuite{0x1301},
        CipherSuite{0x0000}, CipherSuite{0x0a0a}, CipherSuite::TLS_EMPTY_RENEGOTIATION_INFO_SCSV})
    expect_hello_refused([&](ServerHello& m) { m.cipher_suite = suite; },
                         AlertDescription::illegal_parameter, "cipher_suite");
}

TEST(AcceptServerHello, RefusesCompression) {
  for (const std::uint8_t method : Bytes{1, 64, 255})
    expect_hello_refused([&](ServerHello& m) { m.compression_method = CompressionMethod(method); },
                         AlertDescription::illegal_parameter, "compression_method");
}

TEST(AcceptServerHello, RefusesExtensionsThatWereNotOffered) {
  for (const auto type : {ExtensionType::session_ticket, ExtensionType::status_request,
                          ExtensionType{0x1a1a}, ExtensionType::supported_versions})
    expect_hello_refused(
        [&](ServerHello& m) {
          m.extensions->add(UnknownExtension{type, {}});
        },
        AlertDescription::unsupported_extension, "extensions");

  Offer offer = some_offer();
  offer.extended_master_secret = false;
  EXPECT_EQ(refusal_of([&] {
              accept_server_hello(make_client_hello(offer, {}), answered(), false);
            }).alert,
            AlertDescription::unsupported_extension);
}

TEST(AcceptServerHello, RefusesPointFormatsWithoutUncompressed) {
  expect_hello_refused(
      [](ServerHello& m) {
        m.extensions->add(ECPointFormats{{ECPointFormat::ansiX962_compressed_prime}});
      },
      AlertDescription::illegal_parameter, "ec_point_format_list");
}

TEST(AcceptServerHello, RefusesARenegotiationInfoThatIsNotEmpty) {
  expect_hello_refused(
      [](ServerHello& m) { m.extensions.emplace().add(RenegotiationInfo{Bytes(12)}); },
      AlertDescription::handshake_failure, "renegotiated_connection");
}

TEST(AcceptServerHello, RefusesAServerWithoutExtendedMasterSecretIfItIsRequired) {
  ServerHello answer = answered();
  answer.extensions.reset();
  const ProtocolError error = refusal_of([&] { accept_server_hello(offered(), answer, true); });
  EXPECT_EQ(error.alert, AlertDescription::handshake_failure);
  EXPECT_EQ(error.section, "RFC 7627, 5.3");
  EXPECT_NO_THROW(accept_server_hello(offered(), answered(), true));
}

// --- check_leaf

Hello with_suite(CipherSuite suite) {
  Hello hello = accepted();
  hello.suite = crypto::find(suite);
  return hello;
}

TEST(CheckLeaf, TakesAKeyOfTheSuitesType) {
  EXPECT_NO_THROW(check_leaf(accepted(), leaf("rsa")));
  const Hello ecdsa = with_suite(CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256);
  EXPECT_NO_THROW(check_leaf(ecdsa, leaf("p256")));
  EXPECT_NO_THROW(check_leaf(ecdsa, leaf("ed25519")));
}

TEST(CheckLeaf, RefusesAKeyOfAnotherType) {
  for (const char* name : {"p256", "ed25519"})
    EXPECT_EQ(refusal_of([&] { check_leaf(accepted(), leaf(name)); }).alert,
              AlertDescription::illegal_parameter);
  const Hello ecdsa = with_suite(CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256);
  EXPECT_EQ(refusal_of([&] { check_leaf(ecdsa, leaf("rsa")); }).alert,
            AlertDescription::illegal_parameter);
}

TEST(CheckLeaf, RefusesACurveThatWasNotOffered) {
  const Hello ecdsa = with_suite(CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256);
  const ProtocolError error = refusal_of([&] { check_leaf(ecdsa, leaf("p384")); });
  EXPECT_EQ(error.alert, AlertDescription::illegal_parameter);
  EXPECT_EQ(error.section, "RFC 8422, 5.3");
}

// tests/data/x509: a P-521 key, which is read and named, but not used.
TEST(CheckLeaf, RefusesAKeyThatWeCannotUse) {
  const auto certificates =
      x509::parse_certificates(wire::as_bytes(test::read_data("data/x509/p521.pem")));
  const Hello ecdsa = with_suite(CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256);
  const ProtocolError error = refusal_of([&] { check_leaf(ecdsa, certificates->front()); });
  EXPECT_EQ(error.alert, AlertDescription::unsupported_certificate);
  EXPECT_EQ(error.section, "RFC 5246, 7.4.2");
}

TEST(CheckLeaf, RefusesAKeyThatMayNotSign) {
  EXPECT_EQ(refusal_of([] { check_leaf(accepted(), leaf("rsa-encipherment")); }).alert,
            AlertDescription::unsupported_certificate);
}

// --- check_server_key_exchange

ServerKeyExchange signed_with(SignatureScheme scheme, NamedGroup group = NamedGroup::x25519) {
  ServerKeyExchange message;
  message.params.namedcurve = group;
  message.params.public_key.point = Bytes(32, 1);
  message.params_bytes = wire::encode(message.params);
  message.signed_params.algorithm = scheme;
  return message;
}

void expect_key_exchange_refused(const ServerKeyExchange& message, std::string_view field) {
  const Hello hello = accepted();
  const auto certificate = leaf("rsa");
  const ProtocolError error =
      refusal_of([&] { check_server_key_exchange(hello, *certificate.public_key().key, message); });
  EXPECT_EQ(error.alert, AlertDescription::illegal_parameter) << error.what();
  EXPECT_EQ(error.field, field);
}

TEST(CheckServerKeyExchange, TakesAGroupAndASchemeThatWereOffered) {
  const auto certificate = leaf("rsa");
  EXPECT_NO_THROW(check_server_key_exchange(accepted(), *certificate.public_key().key,
                                            signed_with(SignatureScheme::rsa_pss_rsae_sha256)));
}

TEST(CheckServerKeyExchange, RefusesAGroupThatWasNotOffered) {
  for (const auto group : {NamedGroup::secp384r1, NamedGroup{0x1a1a}, NamedGroup{25}})
    expect_key_exchange_refused(signed_with(SignatureScheme::rsa_pss_rsae_sha256, group),
                                "namedcurve");
}

TEST(CheckServerKeyExchange, RefusesASchemeThatWasNotOffered) {
  for (const auto scheme : {SignatureScheme::rsa_pkcs1_sha256, SignatureScheme::rsa_pkcs1_sha1,
                            SignatureScheme::rsa_pss_rsae_sha384, SignatureScheme{0x1a1a}})
    expect_key_exchange_refused(signed_with(scheme), "algorithm");
}

TEST(CheckServerKeyExchange, RefusesASchemeThatDoesNotFitTheKey) {
  expect_key_exchange_refused(signed_with(SignatureScheme::ecdsa_secp256r1_sha256), "algorithm");
}

TEST(SignedContent, IsBothRandomsAndTheParametersAsReceived) {
  Hello hello = accepted();
  hello.offer.random.fill(1);
  hello.answer.random.fill(2);
  ServerKeyExchange message = signed_with(SignatureScheme::rsa_pss_rsae_sha256);
  message.params_bytes = {9, 9, 9};
  EXPECT_EQ(wire::hex(signed_content(hello, message)),
            wire::hex(Bytes(32, 1)) + wire::hex(Bytes(32, 2)) + "090909");
}

}  // namespace
}  // namespace glasstls::handshake
