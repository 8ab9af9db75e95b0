// What Connection promises to its application, apart from the protocol.
#include "tls/connection.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <stdexcept>
#include <utility>

#include "record/buffers.h"
#include "tests/support/peers.h"

namespace glasstls::tls {
namespace {

using test::Peers;
using test::ScriptedServer;

Bytes pattern(std::size_t size) {
  Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i * 31 + i / 256);
  return bytes;
}

/// Puts bytes into the client's buffer without asking for events.
void put(Connection& client, View bytes) {
  const MutableView space = client.receive_buffer();
  ASSERT_GE(space.size(), bytes.size());
  std::copy(bytes.begin(), bytes.end(), space.begin());
  client.received(bytes.size());
}

/// Randomness that is not there, and says so with something that is no exception.
class NoRandom final : public crypto::RandomSource {
 public:
  void fill(MutableView) override { throw 42; }
};

TEST(Connection, LetsNothingThatIsThrownInsideOut) {
  NoRandom random;
  std::optional<Connection> client;
  EXPECT_NO_THROW(
      client.emplace(test::client_config(random), x509::ServerName::parse("server.test")));
  const auto event = client->next_event();
  ASSERT_TRUE(event);
  EXPECT_EQ(std::get<Failed>(*event).cause, Failed::Cause::internal);
  EXPECT_FALSE(client->next_event());
  EXPECT_TRUE(client->receive_buffer().empty());
}

TEST(Connection, GivesMemoryBackThoughBytesCameAfterTheEnd) {
  Peers peers;
  peers.complete_handshake();
  peers.server.close_notify();
  peers.server.data(Bytes{1, 2, 3});
  const Bytes bytes = peers.server.take();
  put(peers.client, bytes);
  while (peers.client.next_event()) {
  }
  peers.client.received(0);
  EXPECT_FALSE(peers.client.next_event());
  EXPECT_TRUE(peers.client.receive_buffer().empty());
}

TEST(Connection, HasAClientHelloToSendFromTheStart) {
  test::TestRandom random;
  Connection client(test::client_config(random), x509::ServerName::parse("server.test"));
  ASSERT_GT(client.to_send().size(), record::header_length);
  EXPECT_EQ(client.to_send()[0], 22U);
  EXPECT_EQ(client.to_send()[5], 1U);
  EXPECT_FALSE(client.next_event());
}

TEST(Connection, GivesWhatItHasToSendUntilItIsToldThatItWasSent) {
  test::TestRandom random;
  Connection client(test::client_config(random), x509::ServerName::parse("server.test"));
  const Bytes all = wire::copy(client.to_send());
  EXPECT_EQ(wire::copy(client.to_send()), all);
  client.sent(10);
  EXPECT_TRUE(wire::equal(client.to_send(), View(all).subspan(10)));
  EXPECT_THROW(client.sent(all.size()), std::logic_error);
  client.sent(all.size() - 10);
  EXPECT_TRUE(client.to_send().empty());
}

TEST(Connection, IsMovable) {
  Peers peers;
  Connection moved = std::move(peers.client);
  peers.client = std::move(moved);
  peers.complete_handshake();
}

TEST(Connection, LendsNoBufferWhileEventsWait) {
  Peers peers;
  peers.complete_handshake();
  peers.server.data(Bytes{1});
  peers.server.data(Bytes{2});
  put(peers.client, peers.server.take());
  EXPECT_TRUE(peers.client.receive_buffer().empty());
  EXPECT_TRUE(peers.client.next_event());
  EXPECT_TRUE(peers.client.receive_buffer().empty());
  EXPECT_TRUE(peers.client.next_event());
  EXPECT_TRUE(peers.client.receive_buffer().empty());
  EXPECT_FALSE(peers.client.next_event());
  EXPECT_FALSE(peers.client.receive_buffer().empty());
}

TEST(Connection, AlwaysLendsRoomForAWholeRecord) {
  Peers peers;
  EXPECT_GE(peers.client.receive_buffer().size(), record::max_record_length);
}

TEST(Connection, KeepsAnEventsViewUntilTheNextCall) {
  Peers peers;
  peers.complete_handshake();
  const Bytes first = pattern(1000);
  const Bytes second = pattern(500);
  peers.server.data(first);
  peers.server.data(second);
  put(peers.client, peers.server.take());
  const auto one = peers.client.next_event();
  EXPECT_TRUE(wire::equal(std::get<ApplicationData>(*one).data, first));
  EXPECT_EQ(peers.client.write(pattern(2000)), 2000U);  // does not disturb it
  EXPECT_TRUE(wire::equal(std::get<ApplicationData>(*one).data, first));
  const auto two = peers.client.next_event();
  EXPECT_TRUE(wire::equal(std::get<ApplicationData>(*two).data, second));
}

TEST(Connection, GivesOneEventForEachRecordOfData) {
  Peers peers;
  peers.complete_handshake();
  peers.run({[](ScriptedServer& s) {
    for (std::uint8_t i = 0; i < 5; ++i) s.data(Bytes{i});
  }});
  EXPECT_EQ(peers.count<ApplicationData>(), 5U);
  EXPECT_EQ(peers.data, (Bytes{0, 1, 2, 3, 4}));
}

TEST(Connection, GivesItsBuffersBackForZeroBytesAndWorksOn) {
  Peers peers;
  peers.complete_handshake();
  peers.client.received(0);
  peers.run({[](ScriptedServer& s) { s.data(Bytes{7}); }});
  EXPECT_EQ(peers.data, Bytes{7});
}

TEST(Connection, GoesOnAfterARestInBothDirections) {
  Peers peers;
  peers.client.rest();  // before there are keys
  peers.complete_handshake();
  for (std::uint8_t i = 0; i < 3; ++i) {
    peers.client.rest();
    peers.run({[&](ScriptedServer& s) { s.data(Bytes{i}); }});
    EXPECT_EQ(peers.client.write(Bytes{i}), 1U);
    peers.pump();
  }
  EXPECT_EQ(peers.data, (Bytes{0, 1, 2}));
  EXPECT_EQ(peers.server.received_data(), (Bytes{0, 1, 2}));
}

TEST(Connection, KeepsHalfARecordWhenAskedToGiveItsBuffersBack) {
  Peers peers;
  peers.complete_handshake();
  peers.server.data(Bytes{1, 2, 3});
  const Bytes record = peers.server.take();
  peers.deliver(View(record).first(9));
  peers.client.received(0);
  peers.deliver(View(record).subspan(9));
  EXPECT_EQ(peers.data, (Bytes{1, 2, 3}));
}

TEST(ConnectionDeathTest, EndsTheProcessIfMoreWasReceivedThanFits) {
  EXPECT_DEATH(
      {
        Peers peers;
        peers.client.received(peers.client.receive_buffer().size() + 1);
      },
      "");
}

// --- write()

TEST(Write, TakesNothingBeforeTheHandshakeIsComplete) {
  Peers peers;
  EXPECT_EQ(peers.client.write(Bytes{1}), 0U);
  peers.run({[](ScriptedServer& s) { s.first_flight(); }});
  EXPECT_EQ(peers.client.write(Bytes{1}), 0U);
  peers.run({[](ScriptedServer& s) { s.second_flight(); }});
  EXPECT_TRUE(peers.client.writable());
  EXPECT_EQ(peers.client.write(Bytes{1}), 1U);
  peers.pump();
  EXPECT_EQ(peers.server.received_data(), Bytes{1});
}

TEST(Write, StartsANewRecordEachTimeAndCutsAtTheLargestSize) {
  Peers peers;
  peers.complete_handshake();
  const Bytes bytes = pattern(record::max_plaintext_length + 1);
  EXPECT_EQ(peers.client.write(Bytes{1}), 1U);
  EXPECT_EQ(peers.client.write(Bytes{2, 3}), 2U);
  EXPECT_EQ(peers.client.write(bytes), bytes.size());
  EXPECT_EQ(peers.client.write(View(bytes).first(record::max_plaintext_length)),
            record::max_plaintext_length);
  peers.pump();
  EXPECT_EQ(peers.server.received_sizes(),
            (std::vector<std::size_t>{1, 2, record::max_plaintext_length, 1,
                                      record::max_plaintext_length}));
}

TEST(Write, OfNothingSendsNothing) {
  Peers peers;
  peers.complete_handshake();
  EXPECT_EQ(peers.client.write({}), 0U);
  EXPECT_TRUE(peers.client.to_send().empty());
}

TEST(Write, TakesNothingWhenTheSendBufferIsFullUntilItIsDrained) {
  Peers peers;
  peers.complete_handshake();
  const Bytes bytes = pattern(200'000);
  std::size_t taken = peers.client.write(bytes);
  EXPECT_GT(taken, 0U);
  EXPECT_LT(taken, bytes.size());
  EXPECT_LE(peers.client.to_send().size(), record::SendBuffer::capacity);
  const View large = View(bytes).first(record::max_plaintext_length);
  EXPECT_EQ(peers.client.write(large), 0U);
  EXPECT_TRUE(peers.client.writable());  // but not now
  while (taken < bytes.size()) {
    peers.pump();
    const std::size_t more = peers.client.write(View(bytes).subspan(taken));
    ASSERT_GT(more, 0U);
    taken += more;
  }
  peers.pump();
  EXPECT_EQ(peers.server.received_data(), bytes);
}

TEST(Read, TakesManyRecordsInAnyPieces) {
  for (const std::size_t piece : {1000U, 16'384U, 20'000U, 1'000'000U}) {
    Peers peers;
    peers.piece = piece;
    peers.complete_handshake();
    const Bytes bytes = pattern(100'000);
    peers.run({[&](ScriptedServer& server) {
      for (std::size_t at = 0; at < bytes.size(); at += 10'000)
        server.data(View(bytes).subspan(at, 10'000));
    }});
    EXPECT_EQ(peers.data, bytes);
  }
}

TEST(OurOwnFault, IsAnEventAndInternalError) {
  class Broken final : public crypto::RandomSource {
   public:
    void fill(MutableView out) override {
      if (++calls_ > 1) throw std::runtime_error("no entropy");
      std::fill(out.begin(), out.end(), std::uint8_t{0});
    }

   private:
    int calls_ = 0;
  };
  Broken broken;  // good for the hello, not for the ephemeral key
  test::ClientOptions options;
  options.settings = [&](ClientSettings& settings) { settings.random = &broken; };
  Peers peers({}, options);
  peers.run({[](ScriptedServer& server) { server.first_flight(); }});
  const Failed* failed = peers.find<Failed>();
  ASSERT_NE(failed, nullptr);
  EXPECT_EQ(failed->cause, Failed::Cause::internal);
  EXPECT_EQ(failed->alert, AlertDescription::internal_error);
  EXPECT_EQ(failed->reason, "no entropy");
  ASSERT_EQ(peers.server.alerts().size(), 1U);
  EXPECT_EQ(peers.server.alerts()[0].description, AlertDescription::internal_error);
}

TEST(OurOwnFault, AtTheStartIsAnEventToo) {
  class Broken final : public crypto::RandomSource {
   public:
    void fill(MutableView) override { throw std::runtime_error("no entropy"); }
  };
  Broken broken;
  Connection client(test::client_config(broken), x509::ServerName::parse("server.test"));
  const auto event = client.next_event();
  ASSERT_TRUE(event);
  EXPECT_EQ(std::get<Failed>(*event).cause, Failed::Cause::internal);
}

}  // namespace
}  // namespace glasstls::tls
