#include "tls/config.h"

#include <functional>
#include <gtest/gtest.h>
#include <stdexcept>
#include <string>

#include "tests/support/identity.h"
#include "tests/support/test_random.h"
#include "tls/connection.h"

namespace glasstls::tls {
namespace {

using crypto::CipherSuite;
using crypto::NamedGroup;
using crypto::SignatureScheme;

ClientSettings good() {
  ClientSettings settings;
  settings.roots = test::roots();
  return settings;
}

/// Why these settings are refused; empty if they are not.
std::string refusal(const std::function<void(ClientSettings&)>& change) {
  ClientSettings settings = good();
  change(settings);
  try {
    const Config config(std::move(settings));
  } catch (const std::invalid_argument& refused) {
    return refused.what();
  }
  return {};
}

TEST(Config, OffersAllThatWeSpeakUnlessToldOtherwise) {
  const Config config(good());
  EXPECT_EQ(config.client().offer.cipher_suites.size(), crypto::all_suites().size());
  EXPECT_EQ(config.client().offer.groups.size(), crypto::all_groups().size());
  EXPECT_EQ(config.client().offer.signature_schemes.size(), crypto::all_schemes().size());
  EXPECT_EQ(config.client().offer.cipher_suites.front(),
            CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384);
  EXPECT_TRUE(config.client().offer.extended_master_secret);
  EXPECT_TRUE(config.client().verification.verify);
  EXPECT_NE(config.client().random, nullptr);
  EXPECT_TRUE(config.client().verification.now);
  EXPECT_EQ(config.max_handshake_message(), default_max_handshake_message);
  EXPECT_EQ(config.record_limit(), record::default_record_limit);
}

TEST(Config, CanBeCopiedWithOtherSources) {
  test::TestRandom random;
  const x509::Time then{1'735'689'600};
  ClientSettings settings = good();
  settings.groups = {NamedGroup::secp384r1};
  const Config config(settings);
  const Config copy(config, random, [then] { return then; });
  EXPECT_EQ(&copy.random(), &random);
  EXPECT_EQ(copy.client().random, &random);
  EXPECT_EQ(copy.client().verification.now(), then);
  EXPECT_EQ(copy.client().offer.groups, settings.groups);
  EXPECT_EQ(copy.client().session_context, config.client().session_context);
  EXPECT_NE(config.client().random, &random);
  EXPECT_NE(config.client().verification.now(), then);
}

TEST(Config, KeepsTheOrderOfItsLists) {
  ClientSettings settings = good();
  settings.groups = {NamedGroup::secp384r1, NamedGroup::x25519};
  EXPECT_EQ(Config(settings).client().offer.groups, settings.groups);
}

TEST(Config, RefusesUnknownValues) {
  EXPECT_EQ(refusal([](auto& s) { s.cipher_suites = {CipherSuite{0x1301}}; }),
            "Config: an unknown cipher suite is listed");
  EXPECT_EQ(
      refusal([](auto& s) { s.cipher_suites = {CipherSuite::TLS_EMPTY_RENEGOTIATION_INFO_SCSV}; }),
      "Config: an unknown cipher suite is listed");
  EXPECT_EQ(refusal([](auto& s) { s.groups = {NamedGroup{25}}; }),
            "Config: an unknown group is listed");
  EXPECT_EQ(refusal([](auto& s) { s.signature_schemes = {SignatureScheme::rsa_pkcs1_sha1}; }),
            "Config: an unknown signature scheme is listed");
}

TEST(Config, RefusesRepeatedValues) {
  EXPECT_EQ(refusal([](auto& s) {
              s.groups = {NamedGroup::x25519, NamedGroup::secp256r1, NamedGroup::x25519};
            }),
            "Config: a group is listed twice: x25519");
  EXPECT_NE(refusal([](auto& s) {
              s.cipher_suites = {CipherSuite{0xc030}, CipherSuite{0xc030}};
            }),
            "");
  EXPECT_NE(refusal([](auto& s) {
              s.signature_schemes = {SignatureScheme::ed25519, SignatureScheme::ed25519};
            }),
            "");
}

TEST(Config, RefusesSuitesThatNoSchemeCouldServe) {
  EXPECT_EQ(refusal([](auto& s) {
              s.cipher_suites = {CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384};
              s.signature_schemes = {SignatureScheme::ed25519};
            }),
            "Config: no signature scheme is offered that TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 "
            "could use");
  EXPECT_EQ(refusal([](auto& s) {
              s.cipher_suites = {CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384};
              s.signature_schemes = {SignatureScheme::ed25519};
            }),
            "");
}

TEST(Config, RefusesToVerifyWithoutRoots) {
  EXPECT_NE(refusal([](auto& s) { s.roots = nullptr; }), "");
  EXPECT_NE(refusal([](auto& s) { s.roots = std::make_shared<x509::TrustStore>(); }), "");
  EXPECT_EQ(refusal([](auto& s) {
              s.roots = nullptr;
              s.verify_peer = false;
            }),
            "");
}

TEST(Config, RefusesToRequireWhatItDoesNotOffer) {
  const auto refused = [](bool offer, bool require) {
    return refusal([&](auto& s) {
      s.offer_extended_master_secret = offer;
      s.require_extended_master_secret = require;
    });
  };
  EXPECT_NE(refused(false, true), "");
  EXPECT_EQ(refused(true, true), "");
  EXPECT_EQ(refused(false, false), "");
}

TEST(Config, RefusesBoundsOutOfRange) {
  const auto message = [](std::size_t bound) {
    return refusal([&](auto& s) { s.max_handshake_message = bound; });
  };
  EXPECT_NE(message(1023), "");
  EXPECT_EQ(message(1024), "");
  EXPECT_EQ(message(0xffffff), "");
  EXPECT_NE(message(0x1000000), "");
  const auto records = [](std::uint64_t limit) {
    return refusal([&](auto& s) { s.record_limit = limit; });
  };
  EXPECT_NE(records(3), "");
  EXPECT_EQ(records(4), "");
  EXPECT_EQ(records(record::default_record_limit), "");
  EXPECT_NE(records(record::default_record_limit + 1), "");
}

TEST(Config, RefusesLimitsThatLetNoPathBeTried) {
  EXPECT_NE(refusal([](auto& s) { s.certificate_limits.paths = 0; }), "");
  EXPECT_NE(refusal([](auto& s) { s.certificate_limits.signature_checks = 0; }), "");
  EXPECT_NE(refusal([](auto& s) { s.certificate_limits.build_steps = 0; }), "");
  EXPECT_NE(refusal([](auto& s) { s.certificate_limits.certificates = 0; }), "");
  EXPECT_EQ(refusal([](auto& s) { s.certificate_limits = {0, 1, 1, 1, 0, 0, 1}; }), "");
}

TEST(Config, VerifiesOnlyWithAName) {
  const auto verifying = std::make_shared<const Config>(good());
  EXPECT_THROW(Connection(verifying, std::nullopt), std::invalid_argument);
  ClientSettings settings = good();
  settings.verify_peer = false;
  EXPECT_NO_THROW(Connection(std::make_shared<const Config>(settings), std::nullopt));
}

// --- Servers

/// Why these settings are refused; empty if they are not.
std::string server_refusal(const std::function<void(ServerSettings&)>& change) {
  ServerSettings settings;
  settings.credentials = test::credentials({"rsa", "p256"});
  change(settings);
  try {
    const Config config(std::move(settings));
  } catch (const std::invalid_argument& refused) {
    return refused.what();
  }
  return {};
}

TEST(ServerConfig, SpeaksAllThatWeSpeakUnlessToldOtherwise) {
  ServerSettings settings;
  settings.credentials = test::credentials({"rsa"});
  const Config config(std::move(settings));
  const handshake::ServerPolicy& server = config.server();
  EXPECT_TRUE(config.is_server());
  EXPECT_EQ(server.cipher_suites.size(), crypto::all_suites().size());
  EXPECT_EQ(server.groups.size(), crypto::all_groups().size());
  EXPECT_EQ(server.signature_schemes.size(), crypto::all_schemes().size());
  EXPECT_TRUE(server.support_extended_master_secret);
  EXPECT_EQ(server.client_authentication, handshake::ClientAuthentication::none);
  EXPECT_FALSE(server.verification.verify);
  EXPECT_EQ(server.record_size_limit, 1 << 14);
  EXPECT_EQ(server.ticket_keys, nullptr);
  EXPECT_EQ(server.sessions, nullptr);
}

TEST(ServerConfig, RefusesToBeNobody) {
  EXPECT_EQ(refusal([](auto& s) { s.credentials = {nullptr}; }), "Config: a credential is missing");
  EXPECT_EQ(server_refusal([](auto& s) { s.credentials = nullptr; }),
            "Config: a server needs a certificate and its key");
}

TEST(ServerConfig, RefusesListsThatMakeNoSenseAsAClientsDoes) {
  EXPECT_EQ(server_refusal([](auto& s) { s.cipher_suites = {CipherSuite{0x1301}}; }),
            "Config: an unknown cipher suite is listed");
  EXPECT_EQ(server_refusal([](auto& s) {
              s.groups = {NamedGroup::x25519, NamedGroup::x25519};
            }),
            "Config: a group is listed twice: x25519");
  EXPECT_EQ(server_refusal(
                [](auto& s) { s.signature_schemes = {SignatureScheme::ecdsa_secp521r1_sha512}; }),
            "Config: an unknown signature scheme is listed");
}

TEST(ServerConfig, RefusesProtocolsThatCannotBeSent) {
  const auto refused = [](std::vector<std::string> names) {
    return server_refusal([&](auto& s) { s.application_protocols = names; });
  };
  EXPECT_EQ(refused({"h2", ""}), "Config: an application protocol's name has 1 to 255 bytes");
  EXPECT_EQ(refused({std::string(256, 'x')}),
            "Config: an application protocol's name has 1 to 255 bytes");
  EXPECT_EQ(refused({std::string(255, 'x')}), "");
  EXPECT_EQ(refused({"h2", "http/1.1", "h2"}),
            "Config: an application protocol is listed twice: h2");
  std::vector<std::string> many;
  for (int i = 0; i < 257; ++i) many.push_back(std::to_string(1000 + i) + std::string(250, 'x'));
  EXPECT_EQ(refused(many), "");
  many.push_back(std::string(255, 'y'));
  EXPECT_EQ(refused(many), "Config: the application protocols do not fit into one extension");
}

TEST(ServerConfig, RefusesSuitesThatNoCertificateCouldServe) {
  const std::string no_fit =
      "Config: no certificate's key fits any of the cipher suites with any of the signature "
      "schemes";
  const auto with = [](std::vector<std::string> identities, CipherSuite suite,
                       std::vector<SignatureScheme> schemes) {
    return server_refusal([&](auto& s) {
      s.credentials = test::credentials(identities);
      s.cipher_suites = {suite};
      s.signature_schemes = schemes;
    });
  };
  const auto rsa = CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;
  const auto ecdsa = CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
  EXPECT_EQ(with({"rsa"}, ecdsa, {}), no_fit);
  EXPECT_EQ(with({"p256", "ed25519"}, rsa, {}), no_fit);
  EXPECT_EQ(with({"rsa", "p256"}, ecdsa, {}), "");
  EXPECT_EQ(with({"p256"}, ecdsa, {SignatureScheme::ed25519}), no_fit);
  EXPECT_EQ(with({"ed25519"}, ecdsa, {SignatureScheme::ed25519}), "");
  EXPECT_EQ(with({"rsa"}, rsa, {SignatureScheme::ed25519}),
            "Config: no signature scheme is offered that TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 "
            "could use");
}

TEST(ServerConfig, RefusesToAskForCertificatesThatItCouldNotJudge) {
  using enum handshake::ClientAuthentication;
  const auto refused = [](auto mode, bool verify, std::shared_ptr<const x509::TrustStore> roots) {
    return server_refusal([&](auto& s) {
      s.client_authentication = mode;
      s.verify_client = verify;
      s.roots = roots;
    });
  };
  const std::string no_root =
      "Config: certificates are to be verified, but there is no root to trust";
  for (const auto mode : {requested, required}) {
    EXPECT_EQ(refused(mode, true, nullptr), no_root);
    EXPECT_EQ(refused(mode, true, std::make_shared<x509::TrustStore>()), no_root);
    EXPECT_EQ(refused(mode, true, test::roots()), "");
    EXPECT_EQ(refused(mode, false, nullptr), "");
  }
  EXPECT_EQ(refused(none, true, nullptr), "");
}

TEST(ServerConfig, RefusesNamesOfAuthoritiesThatCannotBeSent) {
  const auto refused = [](std::vector<Bytes> names) {
    return server_refusal([&](auto& s) { s.certificate_authorities = names; });
  };
  EXPECT_EQ(refused({Bytes{0x30, 0}, Bytes{}}),
            "Config: the name of a certificate authority is empty");
  const std::string too_long =
      "Config: the names of the certificate authorities do not fit into a message";
  EXPECT_EQ(refused({Bytes(0xfffd)}), "");
  EXPECT_EQ(refused({Bytes(0xfffe)}), too_long);
  EXPECT_EQ(refused(std::vector<Bytes>(1000, Bytes(63))), "");
  EXPECT_EQ(refused(std::vector<Bytes>(1000, Bytes(64))), too_long);
}

TEST(ServerConfig, RefusesToRequireWhatItDoesNotSupport) {
  EXPECT_EQ(server_refusal([](auto& s) {
              s.support_extended_master_secret = false;
              s.require_extended_master_secret = true;
            }),
            "Config: extended_master_secret cannot be required without being supported");
}

TEST(ServerConfig, RefusesSessionsThatLiveNotAtAllOrTooLong) {
  const auto refused = [](std::chrono::seconds lifetime) {
    return server_refusal([&](auto& s) { s.session_lifetime = lifetime; });
  };
  const std::string out_of_range = "Config: session_lifetime must be within 1 second and 24 hours";
  EXPECT_EQ(refused(std::chrono::seconds(-1)), out_of_range);
  EXPECT_EQ(refused(std::chrono::seconds(0)), out_of_range);
  EXPECT_EQ(refused(std::chrono::seconds(1)), "");
  EXPECT_EQ(refused(std::chrono::hours(24)), "");
  EXPECT_EQ(refused(std::chrono::hours(24) + std::chrono::seconds(1)), out_of_range);
}

TEST(ServerConfig, RefusesRecordSizesOutOfRange) {
  const auto limit = [](unsigned size) {
    return server_refusal([&](auto& s) { s.record_size_limit = static_cast<std::uint16_t>(size); });
  };
  EXPECT_EQ(limit(63), "Config: record_size_limit must be within 64..16384");
  EXPECT_EQ(limit(16385), "Config: record_size_limit must be within 64..16384");
  for (const unsigned good : {0U, 64U, 16384U}) EXPECT_EQ(limit(good), "") << good;
  const auto fragment = [](std::size_t size) {
    return server_refusal([&](auto& s) { s.max_send_fragment = size; });
  };
  for (const std::size_t bad : {0U, 63U, 16385U})
    EXPECT_EQ(fragment(bad), "Config: max_send_fragment must be within 64..16384") << bad;
  for (const std::size_t good : {64U, 16384U}) EXPECT_EQ(fragment(good), "") << good;
}

TEST(ServerConfig, MakesSessionsOfOtherRulesForClientsUseless) {
  const auto context = [](const std::function<void(ServerSettings&)>& change) {
    ServerSettings settings;
    settings.credentials = test::credentials({"rsa"});
    settings.roots = test::roots();
    change(settings);
    return Config(std::move(settings)).server().session_context;
  };
  using enum handshake::ClientAuthentication;
  const Bytes asking_nobody = context([](auto&) {});
  const Bytes asking = context([](auto& s) { s.client_authentication = requested; });
  const Bytes requiring = context([](auto& s) { s.client_authentication = required; });
  const Bytes trusting_others = context([](auto& s) {
    s.client_authentication = required;
    s.roots = test::roots("other-ca");
  });
  const Bytes believing = context([](auto& s) {
    s.client_authentication = required;
    s.verify_client = false;
  });
  const auto checking = [](std::string name) {
    return [name](auto& s) {
      s.client_authentication = required;
      s.own_check = {name, [](const auto&) { return std::nullopt; }};
    };
  };
  const Bytes checking_pins = context(checking("pins")), checking_none = context(checking(""));
  const std::vector<Bytes> all{asking_nobody, asking,        requiring,    trusting_others,
                               believing,     checking_pins, checking_none};
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) EXPECT_NE(all[i], all[j]) << i << " and " << j;
  EXPECT_EQ(asking_nobody, context([](auto& s) { s.credentials = test::credentials({"p256"}); }));
}

TEST(Config, OfOneSideIsNotForTheOther) {
  const auto client = std::make_shared<const Config>(good());
  ServerSettings settings;
  settings.credentials = test::credentials({"rsa"});
  const auto server = std::make_shared<const Config>(std::move(settings));
  EXPECT_THROW(static_cast<void>(client->server()), std::logic_error);
  EXPECT_THROW(static_cast<void>(server->client()), std::logic_error);
  EXPECT_THROW(Connection(server, x509::ServerName::parse("server.test")), std::logic_error);
}

}  // namespace
}  // namespace glasstls::tls
