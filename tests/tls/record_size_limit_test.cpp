// record_size_limit: each side tells how large the protected records may be that it receives, and
// the other keeps to it. Counted in plaintext. RFC 8449, 4.
#include <algorithm>
#include <gtest/gtest.h>
#include <vector>

#include "tests/tls/refused.h"

namespace glasstls::tls {
namespace {

using handshake::RecordSizeLimit;
using handshake::ServerHello;
using test::Pair;
using test::Peers;
using test::ScriptedClient;
using test::ScriptedServer;
using test::ServerPeers;

test::ServerOptions server_limited_to(std::uint16_t limit) {
  test::ServerOptions options;
  options.settings = [=](ServerSettings& s) { s.record_size_limit = limit; };
  return options;
}

test::ClientOptions client_limited_to(std::uint16_t limit) {
  test::ClientOptions options;
  options.settings = [=](ClientSettings& s) { s.record_size_limit = limit; };
  return options;
}

std::size_t largest(const std::vector<std::size_t>& sizes) {
  return *std::max_element(sizes.begin(), sizes.end());
}

/// Sizes of the records in which `size` bytes come from the server.
std::vector<std::size_t> sizes_of(ServerPeers& peers, std::size_t size) {
  EXPECT_EQ(peers.server.write(Bytes(size)), size);
  peers.pump();
  EXPECT_EQ(peers.client.received_data().size(), size);
  return peers.client.received_sizes();
}

// --- The server

TEST(ServerRecordSizeLimit, MakesRecordsAsSmallAsTheClientWants) {
  ServerPeers peers;
  peers.complete_handshake(test::with(RecordSizeLimit{100}));
  EXPECT_EQ(peers.agreement().peer_record_size_limit, 100U);
  EXPECT_EQ(sizes_of(peers, 250), (std::vector<std::size_t>{100, 100, 50}));
  EXPECT_LE(largest(peers.client.protected_sizes()), 100U);
}

TEST(ServerRecordSizeLimit, TakesTheSmallestAndValuesBeyondTheProtocols) {
  ServerPeers smallest;
  smallest.complete_handshake(test::with(RecordSizeLimit{64}));
  EXPECT_EQ(sizes_of(smallest, 65), (std::vector<std::size_t>{64, 1}));
  // A client may think of later versions: a server does not mind.
  for (const unsigned limit : {16'384U, 16'385U, 65'535U}) {
    ServerPeers peers;
    peers.complete_handshake(test::with(RecordSizeLimit{static_cast<std::uint16_t>(limit)}));
    EXPECT_EQ(sizes_of(peers, 16'385), (std::vector<std::size_t>{16'384, 1}));
  }
}

TEST(ServerRecordSizeLimit, Below64IsIllegalParameter) {
  for (const std::uint8_t limit : Bytes{0, 1, 63}) {
    ServerPeers peers;
    peers.hello(test::with(
        handshake::UnknownExtension{handshake::ExtensionType::record_size_limit, Bytes{0, limit}}));
    expect_refused(peers, {.alert = AlertDescription::illegal_parameter,
                           .message = "ClientHello",
                           .field = "RecordSizeLimit",
                           .section = "RFC 8449, 4"});
  }
}

TEST(ServerRecordSizeLimit, IsAnsweredWithItsOwnOrTheProtocols) {
  ServerPeers own({}, server_limited_to(200));
  own.complete_handshake(test::with(RecordSizeLimit{100}));
  EXPECT_EQ(own.client.server_hello().find<RecordSizeLimit>()->record_size_limit, 200U);
  ServerPeers none;
  none.complete_handshake(test::with(RecordSizeLimit{100}));
  EXPECT_EQ(none.client.server_hello().find<RecordSizeLimit>()->record_size_limit, 16'384U);
}

TEST(ServerRecordSizeLimit, IsKeptToByTheClientOrIsRecordOverflow) {
  ServerPeers peers({}, server_limited_to(200));
  peers.complete_handshake(test::with(RecordSizeLimit{16'384}));
  peers.run({[](ScriptedClient& client) { client.data(Bytes(200, 7)); }});
  EXPECT_EQ(peers.data, Bytes(200, 7));
  peers.run({[](ScriptedClient& client) { client.data(Bytes(201)); }});
  expect_refused(peers, {.alert = AlertDescription::record_overflow, .section = "RFC 8449, 4"});
}

// The limit speaks of protected records, and of those that come after both hellos.
TEST(ServerRecordSizeLimit, DoesNotBindTheUnprotectedFlight) {
  ServerPeers peers({}, server_limited_to(64));
  peers.complete_handshake([](handshake::ClientHello& hello) {
    hello.extensions->add(RecordSizeLimit{64});
    hello.extensions->add(
        handshake::UnknownExtension{handshake::ExtensionType::padding, Bytes(1000)});
  });
  EXPECT_TRUE(peers.client.peer_finished_is_right());
}

TEST(ServerRecordSizeLimit, IsNotInForceForAClientThatDoesNotKnowIt) {
  ServerPeers peers({}, server_limited_to(64));
  peers.complete_handshake();
  EXPECT_EQ(peers.client.server_hello().find<RecordSizeLimit>(), nullptr);
  EXPECT_EQ(peers.agreement().peer_record_size_limit, 0U);
  peers.run({[](ScriptedClient& client) { client.data(Bytes(16'384, 7)); }});
  EXPECT_EQ(peers.data.size(), 16'384U);
  EXPECT_EQ(sizes_of(peers, 16'384), (std::vector<std::size_t>{16'384}));
}

// RFC 8449, 5: who knows both ignores max_fragment_length.
TEST(ServerRecordSizeLimit, GoesBeforeMaxFragmentLength) {
  ServerPeers peers;
  peers.complete_handshake([](handshake::ClientHello& hello) {
    hello.extensions->add(
        handshake::UnknownExtension{handshake::ExtensionType::max_fragment_length, Bytes{1}});
    hello.extensions->add(RecordSizeLimit{1000});
  });
  EXPECT_FALSE(
      peers.client.server_hello().extensions->has(handshake::ExtensionType::max_fragment_length));
  EXPECT_EQ(sizes_of(peers, 1000), (std::vector<std::size_t>{1000}));
}

TEST(ServerRecordSizeLimit, IsNegotiatedAnewOnResumption) {
  const auto keys = std::make_shared<handshake::TicketKeys>();
  test::ServerOptions options;
  options.settings = [&](ServerSettings& s) { s.ticket_keys = keys; };
  test::ClientChoices choices;
  choices.tickets = true;
  ServerPeers first(choices, options);
  first.complete_handshake(test::with(RecordSizeLimit{100}));
  EXPECT_LE(largest(first.client.protected_sizes()), 100U);

  choices.session = first.client.session();
  choices.seed = "again";
  ServerPeers larger(choices, options);
  larger.complete_handshake(test::with(RecordSizeLimit{200}));
  EXPECT_TRUE(larger.client.resumed());
  EXPECT_EQ(sizes_of(larger, 300), (std::vector<std::size_t>{200, 100}));
  EXPECT_LE(largest(larger.client.protected_sizes()), 200U);

  ServerPeers without(choices, options);
  without.complete_handshake();
  EXPECT_TRUE(without.client.resumed());
  EXPECT_EQ(sizes_of(without, 300), (std::vector<std::size_t>{300}));
}

// --- The client

/// A server that answers with that limit.
void answer(Peers& peers, std::uint16_t limit) {
  peers.run(
      {[&](ScriptedServer& server) {
         server.hello([&](ServerHello& hello) {
           hello.extensions->add(handshake::UnknownExtension{
               handshake::ExtensionType::record_size_limit,
               Bytes{static_cast<std::uint8_t>(limit >> 8), static_cast<std::uint8_t>(limit)}});
         });
         server.certificate();
         server.key_exchange();
         server.done();
       },
       [](ScriptedServer& server) { server.second_flight(); }});
}

TEST(ClientRecordSizeLimit, IsToldOnlyIfItIsSet) {
  Peers none;
  EXPECT_EQ(none.server.client_hello().find<RecordSizeLimit>(), nullptr);
  Peers some({}, client_limited_to(100));
  ASSERT_NE(some.server.client_hello().find<RecordSizeLimit>(), nullptr);
  EXPECT_EQ(some.server.client_hello().find<RecordSizeLimit>()->record_size_limit, 100U);
}

TEST(ClientRecordSizeLimit, MakesRecordsAsSmallAsTheServerWants) {
  Peers peers({}, client_limited_to(16'384));
  answer(peers, 100);
  ASSERT_TRUE(peers.completed());
  EXPECT_EQ(peers.agreement().peer_record_size_limit, 100U);
  EXPECT_EQ(peers.client.write(Bytes(250)), 250U);
  peers.pump();
  EXPECT_EQ(peers.server.received_sizes(), (std::vector<std::size_t>{100, 100, 50}));
}

TEST(ClientRecordSizeLimit, IsKeptToByTheServerOrIsRecordOverflow) {
  Peers peers({}, client_limited_to(100));
  answer(peers, 16'384);
  peers.run({[](ScriptedServer& server) { server.data(Bytes(100, 7)); }});
  EXPECT_EQ(peers.data, Bytes(100, 7));
  peers.run({[](ScriptedServer& server) { server.data(Bytes(101)); }});
  expect_refused(peers, {.alert = AlertDescription::record_overflow, .section = "RFC 8449, 4"});
}

TEST(ClientRecordSizeLimit, OfAServerBelow64IsIllegalParameter) {
  for (const std::uint16_t limit : {std::uint16_t{0}, std::uint16_t{63}}) {
    Peers peers({}, client_limited_to(100));
    peers.run({[&](ScriptedServer& server) {
      server.hello([&](ServerHello& hello) {
        hello.extensions->add(
            handshake::UnknownExtension{handshake::ExtensionType::record_size_limit,
                                        Bytes{0, static_cast<std::uint8_t>(limit)}});
      });
    }});
    expect_refused(peers, {.alert = AlertDescription::illegal_parameter,
                           .message = "ServerHello",
                           .field = "RecordSizeLimit",
                           .section = "RFC 8449, 4"});
  }
}

TEST(ClientRecordSizeLimit, IsNotInForceForAServerThatDoesNotKnowIt) {
  Peers peers({}, client_limited_to(100));
  peers.complete_handshake();
  peers.run({[](ScriptedServer& server) { server.data(Bytes(16'384)); }});
  EXPECT_EQ(peers.data.size(), 16'384U);
}

// --- Both

TEST(RecordSizeLimit, HoldsBothWaysBetweenOurTwoSides) {
  Pair pair(client_limited_to(64), server_limited_to(77));
  pair.complete_handshake();
  EXPECT_EQ(pair.client.connection.write(Bytes(200, 1)), 200U);
  EXPECT_EQ(pair.server.connection.write(Bytes(200, 2)), 200U);
  pair.pump();
  EXPECT_EQ(pair.server.data, Bytes(200, 1));
  EXPECT_EQ(pair.client.data, Bytes(200, 2));
  EXPECT_EQ(pair.server.count<ApplicationData>(), 3U);  // 77 + 77 + 46
  EXPECT_EQ(pair.client.count<ApplicationData>(), 4U);  // 64 + 64 + 64 + 8
}

TEST(MaxSendFragment, BoundsWhatWeSend) {
  test::ServerOptions options;
  options.settings = [](ServerSettings& s) { s.max_send_fragment = 100; };
  ServerPeers peers({}, options);
  peers.complete_handshake();
  EXPECT_EQ(sizes_of(peers, 250), (std::vector<std::size_t>{100, 100, 50}));
  ServerPeers limited({}, options);
  limited.complete_handshake(test::with(RecordSizeLimit{64}));
  EXPECT_EQ(sizes_of(limited, 70), (std::vector<std::size_t>{64, 6}));
}

}  // namespace
}  // namespace glasstls::tls
