#include "inspect/capture/pcap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/inspect/capture/captures.h"

namespace glasstls::inspect::capture {
namespace {

using namespace test;
using testing::HasSubstr;

TEST(PcapReader, ReadsBothByteOrdersAndBothResolutions) {
  for (const auto order : {ByteOrder::big, ByteOrder::little}) {
    for (const bool nanoseconds : {false, true}) {
      const PcapFile file = PcapFile(order, nanoseconds, 101)
                                .packet(bytes_of("one"), 1700000000, 123456)
                                .packet(bytes_of("two"), 0xffffffff, 999999, 100);
      const ReadItems items = read_items(file.bytes);
      ASSERT_EQ(items.packets.size(), 2U);
      EXPECT_FALSE(items.fault);
      const auto& [packet, bytes] = items.packets[0];
      EXPECT_EQ(packet.frame, 1U);
      EXPECT_EQ(packet.offset, 24U);
      EXPECT_EQ(packet.link_type, 101U);
      EXPECT_EQ(packet.time, 1700000000'000000000 + (nanoseconds ? 123456 : 123456000));
      EXPECT_EQ(packet.original_length, 3U);
      EXPECT_EQ(bytes, bytes_of("one"));
      EXPECT_EQ(items.packets[1].packet.frame, 2U);
      EXPECT_EQ(items.packets[1].packet.offset, 24U + 16 + 3);
      EXPECT_EQ(items.packets[1].packet.time,
                4294967295'000000000 + (nanoseconds ? 999999 : 999999000));
      EXPECT_EQ(items.packets[1].packet.original_length, 100U);
    }
  }
}

TEST(PcapReader, IgnoresTheFrameCheckSequenceBitsOfTheLinkType) {
  const PcapFile file = PcapFile(ByteOrder::big, false, 0x44000001).packet(bytes_of("x"));
  EXPECT_EQ(read_items(file.bytes).packets.at(0).packet.link_type, 1U);
}

TEST(PcapReader, ReadsWhatComesInSmallPieces) {
  const PcapFile file = PcapFile().packet(Bytes(1000, 1)).packet(Bytes(70'000, 2));
  const ReadItems items = read_items(file.bytes, 7);
  ASSERT_EQ(items.packets.size(), 2U);
  EXPECT_EQ(items.packets[1].bytes, Bytes(70'000, 2));
}

TEST(PcapReader, ReadsUpToAnyCut) {
  const PcapFile file =
      PcapFile().packet(bytes_of("one")).packet(bytes_of("second")).packet(Bytes{});
  const std::size_t ends[] = {24, 24 + 19, 24 + 19 + 22, 24 + 19 + 22 + 16};
  for (std::size_t size = 0; size <= file.bytes.size(); ++size) {
    const ReadItems items = read_items(View(file.bytes).first(size));
    const auto whole = std::count_if(std::begin(ends) + 1, std::end(ends),
                                     [size](std::size_t end) { return end <= size; });
    EXPECT_EQ(items.packets.size(), static_cast<std::size_t>(whole)) << size;
    const bool at_an_end = std::count(std::begin(ends), std::end(ends), size) > 0;
    EXPECT_EQ(items.fault.has_value(), !at_an_end) << size;
    if (at_an_end) continue;
    const auto kind = size < 4 ? Fault::Kind::not_a_capture : Fault::Kind::cut;
    EXPECT_EQ(items.fault->kind, kind) << size;
  }
}

TEST(PcapReader, NamesATruncatedPacket) {
  PcapFile file = PcapFile().packet(bytes_of("one")).packet(bytes_of("second"));
  file.bytes.resize(file.bytes.size() - 2);
  const ReadItems items = read_items(file.bytes);
  ASSERT_TRUE(items.fault);
  EXPECT_EQ(items.fault->what,
            "packet 2 at byte 43: it has 6 bytes, and the file ends after 4 of them");
  EXPECT_EQ(items.fault->offset, 43U);
  EXPECT_EQ(items.fault->rule, "draft-ietf-opsawg-pcap, 5");
}

TEST(PcapReader, RefusesAPacketThatIsTooLarge) {
  PcapFile file;
  append64(file.bytes, 0);
  append32(file.bytes, 0x7fffffff, ByteOrder::little);
  append32(file.bytes, 0x7fffffff, ByteOrder::little);
  const ReadItems items = read_items(file.bytes);
  ASSERT_TRUE(items.fault);
  EXPECT_EQ(items.fault->kind, Fault::Kind::malformed);
  EXPECT_THAT(items.fault->what, HasSubstr("packet 1 at byte 24: it claims 2147483647"));
}

TEST(PcapReader, RefusesAnotherVersion) {
  PcapFile file(ByteOrder::big);
  file.bytes[5] = 3;
  const ReadItems items = read_items(file.bytes);
  ASSERT_TRUE(items.fault);
  EXPECT_EQ(items.fault->kind, Fault::Kind::not_supported);
  EXPECT_THAT(items.fault->what, HasSubstr("version 3.4 of pcap"));
}

TEST(PcapReader, TakesTheLargerOfTwoLengths) {
  const PcapFile file = PcapFile().packet(bytes_of("longer"), 0, 0, 2);
  EXPECT_EQ(read_items(file.bytes).packets.at(0).packet.original_length, 6U);
}

}  // namespace
}  // namespace glasstls::inspect::capture
