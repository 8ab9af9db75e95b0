// Many connections: where each begins and ends, and what they may take.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <malloc.h>

#include "tests/inspect/capture/captures.h"

namespace glasstls::inspect::capture {
namespace {

using namespace test;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<SegmentSpec> closing() {
  return {client(1001, "", 5001, "AF"), server(5001, "", 1002, "AF"), client(1002, "", 5002, "A")};
}

void append(std::vector<SegmentSpec>& all, const std::vector<SegmentSpec>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

TEST(Connections, BeginWithASynAfterTheEndOfAnother) {
  std::vector<SegmentSpec> segments = opening();
  append(segments, closing());
  append(segments, opening());  // with the same numbers
  append(segments, {client(1001, "again")});
  const Reassembled result = reassemble(segments);
  ASSERT_THAT(result.told.connections, SizeIs(2));
  EXPECT_EQ(result.told.connections.at(1).streams[0], "");
  EXPECT_EQ(result.told.connections.at(2).streams[0], "again");
}

TEST(Connections, BeginWithASynOfOtherNumbers) {
  std::vector<SegmentSpec> segments = opening();
  append(segments, {client(1001, "one"), {true, 7000, 0, "S", ""}, client(7001, "two", 0)});
  const Reassembled result = reassemble(segments);
  ASSERT_THAT(result.told.connections, SizeIs(2));
  EXPECT_EQ(result.told.connections.at(1).streams[0], "one");
  EXPECT_EQ(result.told.connections.at(2).streams[0], "two");
}

TEST(Connections, DoNotBeginWithARetransmittedSyn) {
  std::vector<SegmentSpec> segments = opening();
  append(segments, {client(1001, "one")});
  append(segments, opening());
  append(segments, {client(1004, "two")});
  const Reassembled result = reassemble(segments);
  ASSERT_THAT(result.told.connections, SizeIs(1));
  EXPECT_EQ(result.told.connections.at(1).streams[0], "onetwo");
}

TEST(Connections, TakeDataWithTheSyn) {
  const Reassembled result =
      reassemble({{true, 1000, 0, "S", "fast"}, {false, 5000, 1005, "SA", ""}, client(1005, "er")});
  EXPECT_EQ(result.told.connections.at(1).streams[0], "faster");
}

TEST(Connections, KnowTheClientBySynAckAlone) {
  const Reassembled result =
      reassemble({{false, 5000, 1001, "SA", ""}, client(1001, "hello"), server(5001, "hi", 1006)});
  const auto& connection = result.told.connections.at(1);
  EXPECT_EQ(connection.opened.opening, Opening::syn_ack);
  EXPECT_EQ(to_string(connection.opened.first), "10.0.0.1:40000");
  EXPECT_EQ(connection.conversation, "c:hello s:hi");
}

TEST(Connections, TakeASynThatWasCapturedBehindItsAnswer) {
  std::vector<SegmentSpec> segments = opening();
  std::swap(segments[0], segments[1]);
  append(segments, {client(1001, "hello")});
  const Reassembled result = reassemble(segments);
  EXPECT_THAT(result.told.connections, SizeIs(1));
  EXPECT_EQ(result.told.connections.at(1).streams[0], "hello");
}

TEST(Connections, KnowAMissingAnswerByItsAcknowledgment) {
  // SYN-ACK and the server's first two bytes were not captured.
  const Reassembled result = reassemble(
      {{true, 1000, 0, "S", ""}, client(1001, "", 5001, "A"), server(5003, "llo", 1001)});
  EXPECT_EQ(result.told.connections.at(1).streams[1], "[2 missing]llo");
}

TEST(Connections, ThatBeginInTheMiddleAreNamedSo) {
  const Reassembled result = reassemble(
      {server(9000, "", 2000, "A"), server(9000, "middle", 2000), client(2000, "yes", 9006)});
  const auto& connection = result.told.connections.at(1);
  EXPECT_EQ(connection.opened.opening, Opening::middle);
  EXPECT_EQ(to_string(connection.opened.first), "10.0.0.2:443");
  EXPECT_EQ(connection.opened.origin.frame, 2U);
  EXPECT_EQ(connection.conversation, "c:middle s:yes");
  EXPECT_EQ(result.counts.stray, 1U);
}

TEST(Connections, AreNotBegunByAProbeOrAReset) {
  const Reassembled result =
      reassemble({client(1000, "?"), client(1000, "", 0, "R"), client(1000, "", 0, "AF")});
  EXPECT_THAT(result.told.connections, IsEmpty());
  EXPECT_EQ(result.counts.stray, 3U);
}

TEST(Connections, AreNotBegunByLateSegmentsOfAClosedOne) {
  ReassemblyLimits limits;
  limits.linger = 1;
  std::vector<SegmentSpec> segments = opening();
  append(segments, {client(1001, "hello"), client(1006, "", 5001, "AF"),
                    server(5001, "", 1007, "AF"), client(1007, "", 5002, "A"),
                    server(0, "", 0, "A"), client(1001, "hello"), client(1006, "", 5001, "AF")});
  Reassembled result = reassemble(segments, limits);
  EXPECT_THAT(result.told.connections, SizeIs(1));
  append(segments, {client(1007, "but this is more")});
  result = reassemble(segments, limits);
  ASSERT_THAT(result.told.connections, SizeIs(2));
  EXPECT_EQ(result.told.connections.at(2).opened.opening, Opening::middle);
}

TEST(Connections, AreClosedSomeSegmentsAfterTheirEnd) {
  class Watch : public StreamListener {
   public:
    void closed(ConnectionId) override { ++count; }
    int count = 0;
  } watch;
  ReassemblyLimits limits;
  limits.linger = 4;
  Reassembler reassembler(watch, limits);
  std::vector<SegmentSpec> segments = opening();
  append(segments, closing());
  std::uint64_t frame = 0;
  const auto feed = [&](const SegmentSpec& spec) {
    const Bytes packet = ip_packet(spec);
    const IpPacket ip = decode_ip(packet, packet.size());
    TcpFault fault{};
    reassembler.segment(ip.source, ip.destination, *decode_tcp(ip.payload, 0, fault),
                        {++frame, {}});
  };
  for (const SegmentSpec& each : segments) feed(each);
  SegmentSpec elsewhere = client(1, "elsewhere");
  elsewhere.client_port = 50000;
  for (int i = 0; i < 3; ++i) feed(elsewhere);
  EXPECT_EQ(watch.count, 0);
  feed(elsewhere);
  EXPECT_EQ(watch.count, 1);
}

TEST(Connections, MayBeInterleaved) {
  std::vector<SegmentSpec> one = opening(), segments;
  append(one, {client(1001, "AB"), server(5001, "ab", 1003), client(1003, "CD")});
  for (SegmentSpec each : one) {
    segments.push_back(each);
    each.client_port = 40001;
    segments.push_back(each);
  }
  const Reassembled result = reassemble(segments);
  ASSERT_THAT(result.told.connections, SizeIs(2));
  for (const auto& [id, connection] : result.told.connections)
    EXPECT_EQ(connection.conversation, "c:AB s:ab c:CD") << id;
}

TEST(Connections, GiveWayWhenTooManyAreOpen) {
  ReassemblyLimits limits;
  limits.open_connections = 10;
  limits.ended_connections = 3;
  std::vector<SegmentSpec> segments;
  for (std::uint16_t i = 0; i < 30; ++i) {
    SegmentSpec each = client(1, "hello");
    each.client_port = static_cast<std::uint16_t>(1000 + i);
    segments.push_back(each);
  }
  const Reassembled result = reassemble(segments, limits);
  EXPECT_THAT(result.told.connections, SizeIs(30));
  EXPECT_EQ(result.counts.evicted, 20U);
}

/// Of the whole program; 0 under sanitizers, which bring their own malloc.
std::size_t allocated_bytes() { return mallinfo2().uordblks; }

/// Keeps nothing but sums.
class Sums : public StreamListener {
 public:
  void data(const StreamData& data) override { bytes += data.bytes.size(); }
  void closed(ConnectionId) override { ++closed_count; }
  std::uint64_t bytes = 0, closed_count = 0;
};

TEST(Connections, ByTheThousandsTakeLittleMemory) {
  Sums sums;
  ReassemblyLimits limits;
  limits.ended_connections = 100;
  Reassembler reassembler(sums, limits);
  std::uint64_t frame = 0;
  std::vector<SegmentSpec> segments = opening();
  append(segments,
         {client(1001, std::string(3000, 'c')), server(5001, std::string(3000, 's'), 4001),
          client(4001, "", 8001, "AF"), server(8001, "", 4002, "AF")});
  const auto feed = [&](int connections) {
    for (int i = 0; i < connections; ++i) {
      for (SegmentSpec each : segments) {
        each.client_port = static_cast<std::uint16_t>(1024 + i);
        const Bytes packet = ip_packet(each);
        const IpPacket ip = decode_ip(packet, packet.size());
        TcpFault fault{};
        reassembler.segment(ip.source, ip.destination, *decode_tcp(ip.payload, 0, fault),
                            {++frame, {}});
      }
    }
  };
  feed(1000);
  const std::size_t before = allocated_bytes();
  feed(10'000);
  EXPECT_LE(allocated_bytes(), before + 100'000);
  reassembler.finish();
  EXPECT_EQ(sums.closed_count, 11'000U);
  EXPECT_EQ(sums.bytes, 11'000U * 6000);
}

}  // namespace
}  // namespace glasstls::inspect::capture
