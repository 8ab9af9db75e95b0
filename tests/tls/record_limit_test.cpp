// The limit on records under one key: an event before it, close_notify at it. RFC 5246, 6.1.
#include <gtest/gtest.h>
#include <vector>

#include "tests/tls/refused.h"

namespace glasstls::tls {
namespace {

using test::Peers;
using test::ScriptedServer;

/// Peers whose handshake is complete, with a client that may use a key for so many records.
struct Limited : Peers {
  explicit Limited(std::uint64_t records) : Peers({}, options(records)) { complete_handshake(); }

  static test::ClientOptions options(std::uint64_t records) {
    test::ClientOptions options;
    options.settings = [records](ClientSettings& s) { s.record_limit = records; };
    return options;
  }
};

std::vector<std::uint64_t> left_in(const Peers& peers, Direction direction) {
  std::vector<std::uint64_t> left;
  for (const Event& event : peers.events)
    if (const auto* limit = std::get_if<RecordLimit>(&event))
      if (limit->direction == direction) left.push_back(limit->records_left);
  return left;
}

TEST(RecordLimit, OfSendingWarnsThenClosesWithTheLastRecord) {
  Limited peers(100);  // Finished was the first
  std::size_t written = 0;
  while (peers.client.write(Bytes{1}) == 1) {
    ++written;
    peers.pump();
  }
  EXPECT_EQ(written, 98U);  // the hundredth is close_notify
  EXPECT_EQ(left_in(peers, Direction::sent), (std::vector<std::uint64_t>{6, 0}));
  EXPECT_EQ(peers.server.received_data().size(), written);
  ASSERT_EQ(peers.server.alerts().size(), 1U);
  EXPECT_EQ(peers.server.alerts()[0].description, AlertDescription::close_notify);
  EXPECT_FALSE(peers.client.writable());
  EXPECT_EQ(peers.find<Failed>(), nullptr);
  peers.run({[](ScriptedServer& server) { server.data(Bytes{9}); }});  // reading goes on
  EXPECT_EQ(peers.data, Bytes{9});
}

TEST(RecordLimit, OfReceivingWarnsThenCloses) {
  Limited peers(100);
  for (int i = 0; i < 99; ++i) peers.run({[](ScriptedServer& server) { server.data(Bytes{1}); }});
  EXPECT_EQ(peers.data.size(), 99U);  // what the key could still open is given
  EXPECT_EQ(left_in(peers, Direction::received), (std::vector<std::uint64_t>{6, 0}));
  ASSERT_EQ(peers.server.alerts().size(), 1U);
  EXPECT_EQ(peers.server.alerts()[0].description, AlertDescription::close_notify);
  EXPECT_TRUE(peers.client.receive_buffer().empty());
  EXPECT_FALSE(peers.client.writable());
}

TEST(RecordLimit, OfTheLeastAllowsData) {
  Limited peers(4);
  EXPECT_EQ(peers.client.write(Bytes{1, 2}), 2U);
  EXPECT_EQ(peers.client.write(Bytes{3}), 1U);
  EXPECT_EQ(peers.client.write(Bytes{4}), 0U);
  peers.pump();
  EXPECT_EQ(peers.server.received_data(), (Bytes{1, 2, 3}));
  EXPECT_EQ(peers.server.alerts().size(), 1U);
}

TEST(RecordLimit, AddsNothingToTheAlertOfAnAbort) {
  Limited peers(4);
  EXPECT_EQ(peers.client.write(Bytes{1}), 1U);
  peers.pump();
  const std::size_t told = left_in(peers, Direction::sent).size();
  peers.client.abort(AlertDescription::access_denied);  // leaves the record of a close_notify
  peers.pump();
  ASSERT_EQ(peers.server.alerts().size(), 1U);
  EXPECT_EQ(peers.server.alerts()[0].description, AlertDescription::access_denied);
  EXPECT_EQ(left_in(peers, Direction::sent).size(), told);
}

TEST(RecordLimit, StopsALongWriteInTheMiddle) {
  Limited peers(4);
  EXPECT_EQ(peers.client.write(Bytes(3 * record::max_plaintext_length)),
            2 * record::max_plaintext_length);
}

TEST(RecordLimit, DoesNotAddToAFatalAlert) {
  Limited peers(4);
  EXPECT_EQ(peers.client.write(Bytes{1}), 1U);
  peers.pump();
  peers.run({[](ScriptedServer& server) { server.plain_record(ContentType::alert, Bytes{1, 0}); }});
  expect_refused(peers, {.alert = AlertDescription::bad_record_mac});
  EXPECT_EQ(peers.server.alerts().size(), 1U);
}

TEST(RecordLimit, ThatAWriteReachedIsAnEventThatWaits) {
  Limited peers(4);
  EXPECT_EQ(peers.client.write(Bytes{1}), 1U);
  EXPECT_TRUE(peers.client.receive_buffer().empty());  // there is something to ask for first
  const auto event = peers.client.next_event();
  ASSERT_TRUE(event);
  EXPECT_EQ(std::get<RecordLimit>(*event).records_left, 2U);
}

}  // namespace
}  // namespace glasstls::tls
