// Order, gaps and ends of single connections.
#include "inspect/capture/reassembly.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>

#include "tests/inspect/capture/captures.h"

namespace glasstls::inspect::capture {
namespace {

using namespace test;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<SegmentSpec> opened_and(std::vector<SegmentSpec> more) {
  std::vector<SegmentSpec> all = opening();
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

/// The only connection.
Told::Connection only(const Reassembled& result) {
  EXPECT_THAT(result.told.connections, SizeIs(1));
  return result.told.connections.begin()->second;
}

Told::Connection told(const std::vector<SegmentSpec>& segments, ReassemblyLimits limits = {}) {
  return only(reassemble(segments, limits));
}

TEST(Reassembly, TellsAConversationFromSynToFin) {
  const auto connection =
      told(opened_and({client(1001, "hello"), server(5001, "hi", 1006), client(1006, "bye", 5003),
                       client(1009, "", 5003, "AF"), server(5003, "end", 1010, "AF"),
                       client(1010, "", 5007, "A")}));
  EXPECT_EQ(connection.opened.opening, Opening::syn);
  EXPECT_EQ(to_string(connection.opened.first), "10.0.0.1:40000");
  EXPECT_EQ(to_string(connection.opened.second), "10.0.0.2:443");
  EXPECT_EQ(connection.opened.origin.frame, 1U);
  EXPECT_EQ(connection.conversation, "c:hello s:hi c:bye s:end");
  EXPECT_EQ(connection.ends[0], "fin");
  EXPECT_EQ(connection.ends[1], "fin");
  EXPECT_THAT(connection.gaps, IsEmpty());
  EXPECT_EQ(connection.origins[1].frame, 5U);
  EXPECT_EQ(connection.origins[1].time, 5000);
}

TEST(Reassembly, WritesEndpointsOfIpv6InBrackets) {
  std::vector<SegmentSpec> segments = opened_and({client(1001, "hello")});
  for (SegmentSpec& each : segments) each.ipv6 = true;
  EXPECT_EQ(to_string(told(segments).opened.second), "[2001:db8::2]:443");
}

TEST(Reassembly, PutsSegmentsInOrderAndKeepsTheirFrames) {
  const auto connection =
      told(opened_and({client(1004, "DEF"), client(1007, "GHI"), client(1001, "ABC")}));
  EXPECT_EQ(connection.conversation, "c:ABC c:DEF c:GHI");
  EXPECT_EQ(connection.origins[0].frame, 6U);
  EXPECT_EQ(connection.origins[1].frame, 4U);
  EXPECT_EQ(connection.origins[2].frame, 5U);
}

TEST(Reassembly, DropsRetransmissionsAndOverlaps) {
  const Reassembled result =
      reassemble(opened_and({client(1001, "ABC"), client(1001, "ABC"), client(1002, "BCDE"),
                             client(1008, "HI"), client(1009, "IJK"), client(1004, "DEFGHIJ")}));
  EXPECT_EQ(only(result).streams[0], "ABCDEFGHIJK");
  EXPECT_THAT(only(result).conflicts, IsEmpty());
  EXPECT_EQ(result.counts.retransmitted, 1U);
  EXPECT_EQ(result.counts.out_of_order, 2U);
}

TEST(Reassembly, KeepsTheFirstBytesAndNotesOthers) {
  const Reassembled result = reassemble(opened_and({
      client(1001, "ABCDEF"),
      client(1003, "xy"),  // already told
      client(1010, "JKL"),
      client(1009, "I#KLM"),  // still waiting
      client(1007, "GH"),
  }));
  EXPECT_EQ(only(result).streams[0], "ABCDEFGHIJKLM");
  ASSERT_THAT(only(result).conflicts, SizeIs(2));
  EXPECT_EQ(only(result).conflicts[0].position, 2U);
  EXPECT_EQ(only(result).conflicts[0].size, 2U);
  EXPECT_EQ(only(result).conflicts[0].origin.frame, 5U);
  EXPECT_EQ(only(result).conflicts[1].position, 8U);
  EXPECT_EQ(result.counts.conflicts, 2U);
}

TEST(Reassembly, FollowsSequenceNumbersAroundZero) {
  std::vector<SegmentSpec> segments{
      {true, 0xfffffffc, 0, "S", ""},        {false, 0xffffffff, 0xfffffffd, "SA", ""},
      {true, 0xfffffffd, 0, "A", ""},        {true, 0x00000001, 0, "A", "EFGH"},
      {true, 0xfffffffd, 0, "A", "ABCD"},    {false, 0, 5, "A", "reply"},
      {true, 0xffffffff, 5, "A", "CDEFGHIJ"}};
  const auto connection = told(segments);
  EXPECT_EQ(connection.streams[0], "ABCDEFGHIJ");
  EXPECT_EQ(connection.streams[1], "reply");
  EXPECT_THAT(connection.gaps, IsEmpty());
}

TEST(Reassembly, TellsDataBehindWhatItsSenderHadSeen) {
  // The server's answer was captured before the question.
  const auto connection = told(opened_and(
      {server(5001, "answer", 1009), client(1001, "question"), client(1009, "!", 5007)}));
  EXPECT_EQ(connection.conversation, "c:question s:answer c:!");
  EXPECT_THAT(connection.gaps, IsEmpty());
}

TEST(Reassembly, TellsWhatWaitedInTheOrderOfTheCapture) {
  auto connection = told(opened_and(
      {server(5001, "answer", 1009), client(1009, "more", 5001), client(1001, "question")}));
  EXPECT_EQ(connection.conversation, "c:question s:answer c:more");
  connection = told(opened_and(
      {client(1009, "more", 5001), server(5001, "answer", 1009), client(1001, "question")}));
  EXPECT_EQ(connection.conversation, "c:question c:more s:answer");
}

TEST(Reassembly, GivesUpWhatWasAcknowledgedAndNeverCaptured) {
  std::vector<SegmentSpec> segments =
      opened_and({client(1001, "AB"), client(1006, "FG"), server(5001, "", 1008, "A")});
  for (std::uint32_t i = 0; i < 20; ++i) segments.push_back(client(1008 + i, "x"));
  segments.push_back(client(1003, "CDE"));  // too late, and nothing to hold it against
  const Reassembled result = reassemble(segments);
  const auto connection = only(result);
  EXPECT_THAT(connection.conflicts, IsEmpty());
  EXPECT_EQ(connection.streams[0], "AB[3 missing]FG" + std::string(20, 'x'));
  ASSERT_THAT(connection.gaps, SizeIs(1));
  EXPECT_EQ(connection.gaps[0].reason, GapReason::not_captured);
  EXPECT_EQ(connection.gaps[0].origin.frame, 6U + 16);
  EXPECT_EQ(result.counts.missing_bytes, 3U);
}

TEST(Reassembly, GivesUpWhatAnAnswerPresupposes) {
  std::vector<SegmentSpec> segments = opened_and({server(5001, "answer", 1009)});
  for (std::uint32_t i = 0; i < 20; ++i) segments.push_back(server(5007 + i, "+", 1009));
  const auto connection = told(segments);
  EXPECT_EQ(connection.streams[0], "[8 missing]");
  EXPECT_EQ(connection.streams[1], "answer" + std::string(20, '+'));
  EXPECT_EQ(connection.gaps[0].reason, GapReason::not_captured);
  EXPECT_EQ(connection.gaps[0].origin.frame, 4U + 16);
}

TEST(Reassembly, WaitsForARetransmissionAsLongAsItIsNotAcknowledged) {
  std::vector<SegmentSpec> segments = opened_and({client(1001, "A")});
  for (std::uint32_t i = 0; i < 100; ++i) segments.push_back(client(1003 + i, "x"));
  segments.push_back(client(1002, "B"));
  EXPECT_EQ(told(segments).streams[0], "AB" + std::string(100, 'x'));
}

TEST(Reassembly, GivesUpWhenTooMuchWaits) {
  std::vector<SegmentSpec> segments = opened_and({client(1001, "A")});
  for (std::uint32_t i = 0; i < 100; ++i)
    segments.push_back(client(1003 + i * 100, std::string(100, 'x')));
  ReassemblyLimits limits;
  limits.pending_per_direction = 5000;
  const auto connection = told(segments, limits);
  EXPECT_EQ(connection.streams[0], "A[1 missing]" + std::string(10'000, 'x'));
  EXPECT_EQ(connection.gaps[0].reason, GapReason::too_much_pending);
  limits.pending_per_direction = SIZE_MAX;
  limits.pending_total = 5000;
  EXPECT_EQ(told(segments, limits).gaps.at(0).reason, GapReason::too_much_pending);
}

TEST(Reassembly, TellsWhatWaitsAtTheEnd) {
  const auto connection = told(opened_and(
      {client(1001, "AB"), client(1006, "FG"), client(1010, "J"), server(5001, "hi", 1003)}));
  EXPECT_EQ(connection.streams[0], "AB[3 missing]FG[2 missing]J");
  EXPECT_EQ(connection.gaps[0].reason, GapReason::end_of_capture);
  EXPECT_EQ(connection.streams[1], "hi");
}

TEST(Reassembly, KnowsOfBytesAtTheEndByTheirAcknowledgmentOrTheFin) {
  auto connection = told(opened_and({client(1001, "AB"), server(5001, "", 1010, "A")}));
  EXPECT_EQ(connection.streams[0], "AB[7 missing]");
  EXPECT_EQ(connection.gaps[0].reason, GapReason::not_captured);
  connection = told(opened_and({client(1001, "AB"), client(1005, "", 5001, "AF")}));
  EXPECT_EQ(connection.streams[0], "AB[2 missing]");
  EXPECT_EQ(connection.gaps[0].reason, GapReason::end_of_capture);
  EXPECT_EQ(connection.ends[0], "fin");
}

TEST(Reassembly, TakesOneNumberMoreForAFinThatWasNotCaptured) {
  const auto connection = told(opened_and({client(1001, "AB"), server(5001, "hi", 1004)}));
  EXPECT_THAT(connection.gaps, IsEmpty());
  EXPECT_EQ(connection.conversation, "c:AB s:hi");
}

TEST(Reassembly, IgnoresProbes) {
  const Reassembled result = reassemble(opened_and({
      client(1001, "AB"),
      client(1002, "", 5001, "A"),
      client(1002, "?"),  // keep-alive
      server(5000, "", 1003, "A"),
      server(5000, "?", 1003),
      client(1003, "C"),
  }));
  EXPECT_EQ(only(result).streams[0], "ABC");
  EXPECT_EQ(only(result).streams[1], "");
  EXPECT_THAT(only(result).conflicts, IsEmpty());
  EXPECT_EQ(result.counts.probes, 2U);
}

TEST(Reassembly, IgnoresDataBehindTheFin) {
  const auto connection = told(opened_and({client(1001, "AB"), client(1003, "CD", 5001, "AF"),
                                           client(1005, "trailing"), client(1003, "CDtrailing")}));
  EXPECT_EQ(connection.streams[0], "ABCD");
  EXPECT_EQ(connection.ends[0], "fin");
}

TEST(Reassembly, TellsWhatComesAfterAReset) {
  // The client closed early; the server's last bytes were under way.
  const auto connection =
      told(opened_and({client(1001, "AB"), client(1003, "", 0, "R"), server(5001, "late", 1003),
                       server(5005, "", 1003, "AF")}));
  EXPECT_EQ(connection.ends[0], "rst");
  EXPECT_EQ(connection.ends[1], "fin");
  EXPECT_EQ(connection.streams[1], "late");
}

TEST(Reassembly, IgnoresNumbersThatAreFarAway) {
  const auto connection =
      told(opened_and({client(1001, "AB"), client(1001 + 0x50000000, "far"),
                       server(5001, "", 0x60000000, "A"), client(1001 + 0x50000000, "", 0, "R"),
                       client(1001U - 0x50000000U, "", 0, "AF"), client(1003, "CD")}));
  EXPECT_EQ(connection.streams[0], "ABCD");
  EXPECT_EQ(connection.ends[0], "");
}

TEST(Reassembly, DoesNotLoopWhenEachSideWaitsForTheOther) {
  const auto connection =
      told(opened_and({client(1001, "AAAA", 5005), server(5001, "BBBB", 1005),
                       client(1005, "CCCC", 5009), server(5005, "DDDD", 1009)}));
  EXPECT_EQ(connection.streams[0].size() + connection.streams[1].size(), 16U);
  EXPECT_THAT(connection.gaps, IsEmpty());
}

TEST(Reassembly, EqualsTheOrderlyOneHoweverSegmentsAreShuffled) {
  std::vector<SegmentSpec> orderly;
  std::string sent, answered;
  std::uint32_t client_next = 1001, server_next = 5001;
  std::mt19937 random(20250101);  // NOLINT(cert-msc51-cpp): the same every time
  for (int i = 0; i < 500; ++i) {
    const std::string text(1 + random() % 50, static_cast<char>('a' + i % 26));
    if (random() % 2 == 0) {
      orderly.push_back(client(client_next, text, server_next));
      client_next += static_cast<std::uint32_t>(text.size());
      sent += text;
    } else {
      orderly.push_back(server(server_next, text, client_next));
      server_next += static_cast<std::uint32_t>(text.size());
      answered += text;
    }
  }
  const std::string conversation = told(opened_and(orderly)).conversation;
  for (int round = 0; round < 20; ++round) {
    std::vector<SegmentSpec> shuffled = orderly;
    // Each is early or late by up to eight places, and some come twice.
    for (std::size_t i = 0; i < shuffled.size(); ++i)
      std::swap(shuffled[i], shuffled[i - i % 8 + random() % (i % 8 + 1)]);
    for (std::size_t i = 0; i < 30; ++i) {
      const std::size_t at = random() % shuffled.size();
      shuffled.insert(shuffled.begin() + static_cast<std::ptrdiff_t>(at), shuffled[at]);
    }
    const auto connection = told(opened_and(shuffled));
    EXPECT_TRUE(connection.streams[0] == sent);
    EXPECT_TRUE(connection.streams[1] == answered);
    EXPECT_THAT(connection.gaps, IsEmpty());
    EXPECT_THAT(connection.conflicts, IsEmpty());
    EXPECT_EQ(connection.conversation.size(), conversation.size());
  }
}

}  // namespace
}  // namespace glasstls::inspect::capture
