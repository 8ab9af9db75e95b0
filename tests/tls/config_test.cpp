#include "tls/config.h"

#include <functional>
#include <gtest/gtest.h>
#include <stdexcept>
#include <string>

#include "tests/support/identity.h"
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

TEST(Config, VerifiesOnlyWithAName) {
  const auto verifying = std::make_shared<const Config>(good());
  EXPECT_THROW(Connection(verifying, std::nullopt), std::invalid_argument);
  ClientSettings settings = good();
  settings.verify_peer = false;
  EXPECT_NO_THROW(Connection(std::make_shared<const Config>(settings), std::nullopt));
}

}  // namespace
}  // namespace glasstls::tls
