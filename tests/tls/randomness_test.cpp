// What randomness is drawn for, and from which stream.
#include <gtest/gtest.h>
#include <map>
#include <string>

#include "tests/support/peers.h"

namespace glasstls::tls {
namespace {

using crypto::RandomPurpose;

/// Keeps a stream for each purpose.
class Streams final : public crypto::RandomSource {
 public:
  void fill(MutableView out) override { stream(RandomPurpose::other).fill(out); }
  crypto::RandomSource& stream(RandomPurpose purpose) override { return streams_[purpose]; }

  /// How many bytes were drawn.
  std::map<RandomPurpose, std::size_t> taken() const {
    std::map<RandomPurpose, std::size_t> all;
    for (const auto& [purpose, stream] : streams_) all[purpose] = stream.taken();
    return all;
  }

 private:
  std::map<RandomPurpose, test::TestRandom> streams_;
};

/// Gives both sides such a source.
struct Drawing {
  Streams client, server;
  test::ClientOptions client_options;
  test::ServerOptions server_options;

  Drawing() {
    client_options.settings = [this](ClientSettings& settings) {
      settings.random = &client;
      settings.groups = {crypto::NamedGroup::x25519};
      settings.signature_schemes = {crypto::SignatureScheme::ed25519,
                                    crypto::SignatureScheme::rsa_pkcs1_sha256};
    };
  }
  void server_settings(const test::Change<ServerSettings>& change) {
    server_options.settings = [this, change](ServerSettings& settings) {
      settings.random = &server;
      if (change) change(settings);
    };
  }
};

TEST(Randomness, OfAClientIsDrawnByPurpose) {
  Drawing drawing;
  test::Pair(drawing.client_options, drawing.server_options).complete_handshake();
  const std::map<RandomPurpose, std::size_t> expected{{RandomPurpose::hello_random, 32},
                                                      {RandomPurpose::ephemeral_key, 32}};
  EXPECT_EQ(drawing.client.taken(), expected);
}

TEST(Randomness, OfAClientsSessionIdHasAStreamOfItsOwn) {
  Drawing drawing;
  const auto sessions = std::make_shared<handshake::SessionCache>(1);
  drawing.client_options.settings = [&](ClientSettings& settings) {
    settings.random = &drawing.client;
    settings.sessions = sessions;
  };
  drawing.server_settings([keys = std::make_shared<handshake::TicketKeys>()](
                              ServerSettings& settings) { settings.ticket_keys = keys; });
  test::Pair(drawing.client_options, drawing.server_options).complete_handshake();
  test::Pair again(drawing.client_options, drawing.server_options);
  again.complete_handshake();
  ASSERT_EQ(again.client.agreement().resumed, handshake::Resumption::ticket);
  EXPECT_EQ(drawing.client.taken()[RandomPurpose::session_id], 32u);
}

TEST(Randomness, OfAServerIsDrawnByPurpose) {
  Drawing drawing;
  drawing.server_settings([](ServerSettings& settings) {
    settings.sessions = std::make_shared<handshake::SessionCache>(1);
  });
  test::Pair(drawing.client_options, drawing.server_options).complete_handshake();
  std::map<RandomPurpose, std::size_t> taken = drawing.server.taken();
  EXPECT_GT(taken[RandomPurpose::signature], 0u);  // blinding
  taken.erase(RandomPurpose::signature);
  const std::map<RandomPurpose, std::size_t> expected{{RandomPurpose::hello_random, 32},
                                                      {RandomPurpose::session_id, 32},
                                                      {RandomPurpose::ephemeral_key, 32}};
  EXPECT_EQ(taken, expected);
}

TEST(Randomness, OfTicketsIsDrawnByPurpose) {
  Drawing drawing;
  drawing.server_settings([](ServerSettings& settings) {
    settings.ticket_keys = std::make_shared<handshake::TicketKeys>();
  });
  const auto change = drawing.client_options.settings;
  drawing.client_options.settings = [change](ClientSettings& settings) {
    change(settings);
    settings.sessions = std::make_shared<handshake::SessionCache>(1);
  };
  test::Pair(drawing.client_options, drawing.server_options).complete_handshake();
  auto taken = drawing.server.taken();
  EXPECT_EQ(taken[RandomPurpose::ticket], 32u);            // the salt
  EXPECT_EQ(taken[RandomPurpose::ticket_key], 16u + 32u);  // its name and its secret
  EXPECT_EQ(taken.count(RandomPurpose::other), 0u);
}

}  // namespace
}  // namespace glasstls::tls
