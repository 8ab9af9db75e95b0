#include "inspect/capture/tcp.h"

#include <gtest/gtest.h>

#include "tests/inspect/capture/captures.h"

namespace glasstls::inspect::capture {
namespace {

using namespace test;

TEST(Tcp, ReadsASegment) {
  const Bytes bytes = tcp({true, 0x01020304, 0x05060708, "SA", "data"});
  TcpFault fault{};
  const auto segment = decode_tcp(bytes, 3, fault);
  ASSERT_TRUE(segment);
  EXPECT_EQ(segment->source_port, 40000);
  EXPECT_EQ(segment->destination_port, 443);
  EXPECT_EQ(segment->sequence_number, 0x01020304U);
  EXPECT_EQ(segment->acknowledgment_number, 0x05060708U);
  EXPECT_TRUE(segment->syn && segment->ack);
  EXPECT_FALSE(segment->fin || segment->rst);
  EXPECT_EQ(wire::as_text(segment->payload), "data");
  EXPECT_EQ(segment->missing, 3U);
}

TEST(Tcp, ReadsEveryFlag) {
  TcpFault fault{};
  EXPECT_TRUE(decode_tcp(tcp({true, 0, 0, "F", ""}), 0, fault)->fin);
  EXPECT_TRUE(decode_tcp(tcp({true, 0, 0, "S", ""}), 0, fault)->syn);
  EXPECT_TRUE(decode_tcp(tcp({true, 0, 0, "R", ""}), 0, fault)->rst);
  EXPECT_TRUE(decode_tcp(tcp({true, 0, 0, "A", ""}), 0, fault)->ack);
}

TEST(Tcp, PassesOverOptionsEvenIfTheyAreCut) {
  Bytes bytes = tcp({true, 0, 0, "A", "ooooDATA"});
  bytes[12] = 0x60;
  TcpFault fault{};
  EXPECT_EQ(wire::as_text(decode_tcp(bytes, 0, fault)->payload), "DATA");
  const auto cut = decode_tcp(View(bytes).first(22), 6, fault);
  ASSERT_TRUE(cut);
  EXPECT_TRUE(cut->payload.empty());
  EXPECT_EQ(cut->missing, 4U);
}

TEST(Tcp, TellsCutHeadersFromMalformedOnes) {
  Bytes bytes = tcp({true, 0, 0, "A", ""});
  TcpFault fault{};
  EXPECT_FALSE(decode_tcp(View(bytes).first(19), 1, fault));
  EXPECT_EQ(fault, TcpFault::cut);
  EXPECT_FALSE(decode_tcp(View(bytes).first(19), 0, fault));
  EXPECT_EQ(fault, TcpFault::malformed);
  bytes[12] = 0x40;
  EXPECT_FALSE(decode_tcp(bytes, 0, fault));
  EXPECT_EQ(fault, TcpFault::malformed);
  bytes[12] = 0x60;
  EXPECT_FALSE(decode_tcp(bytes, 0, fault));
  EXPECT_EQ(fault, TcpFault::malformed);
}

}  // namespace
}  // namespace glasstls::inspect::capture
