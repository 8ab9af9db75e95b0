#include "inspect/capture/pcapng.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/inspect/capture/captures.h"

namespace glasstls::inspect::capture {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr ByteOrder both_orders[] = {ByteOrder::big, ByteOrder::little};

std::string fault_of(View file) {
  const ReadItems items = read_items(file);
  return items.fault ? items.fault->what : "none";
}

TEST(PcapngReader, ReadsEveryKindOfPacketInBothByteOrders) {
  for (const ByteOrder order : both_orders) {
    const PcapngFile file = PcapngFile(order)
                                .interface(1)
                                .interface(101, 4)
                                .enhanced(bytes_of("one"), 1, 1'700'000'000'123'456, 10)
                                .obsolete(bytes_of("five5"), 0, 1'700'000'000'000'001)
                                .simple(bytes_of("three"));
    const ReadItems items = read_items(file.bytes);
    ASSERT_FALSE(items.fault) << items.fault->what;
    ASSERT_EQ(items.packets.size(), 3U);
    EXPECT_EQ(items.packets[0].packet.frame, 1U);
    EXPECT_EQ(items.packets[0].packet.link_type, 101U);
    EXPECT_EQ(items.packets[0].packet.time, 1'700'000'000'123'456'000);
    EXPECT_EQ(items.packets[0].packet.original_length, 10U);
    EXPECT_EQ(items.packets[0].bytes, bytes_of("one"));
    EXPECT_EQ(items.packets[1].packet.link_type, 1U);
    EXPECT_EQ(items.packets[1].packet.time, 1'700'000'000'000'001'000);
    EXPECT_EQ(items.packets[1].bytes, bytes_of("five5"));
    EXPECT_EQ(items.packets[2].packet.frame, 3U);
    EXPECT_EQ(items.packets[2].packet.time, std::nullopt);
    EXPECT_EQ(items.packets[2].bytes, bytes_of("three"));
  }
}

TEST(PcapngReader, CutsASimplePacketByTheSnapLengthOfTheFirstInterface) {
  const PcapngFile file = PcapngFile().interface(1, 4).simple(bytes_of("cut!"), 100);
  const ReadItems items = read_items(file.bytes);
  ASSERT_EQ(items.packets.size(), 1U);
  EXPECT_EQ(items.packets[0].bytes, bytes_of("cut!"));
  EXPECT_EQ(items.packets[0].packet.original_length, 100U);
}

TEST(PcapngReader, ReadsSectionsOfDifferentByteOrders) {
  const PcapngFile file = PcapngFile(ByteOrder::little)
                              .interface(1)
                              .enhanced(bytes_of("a"))
                              .section(ByteOrder::big)
                              .interface(113)
                              .enhanced(bytes_of("b"))
                              .section(ByteOrder::little)
                              .interface(276)
                              .enhanced(bytes_of("c"));
  const ReadItems items = read_items(file.bytes);
  ASSERT_EQ(items.packets.size(), 3U);
  EXPECT_EQ(items.packets[0].packet.link_type, 1U);
  EXPECT_EQ(items.packets[1].packet.link_type, 113U);
  EXPECT_EQ(items.packets[2].packet.link_type, 276U);
  EXPECT_EQ(items.packets[2].packet.frame, 3U);
}

TEST(PcapngReader, ForgetsTheInterfacesOfASectionAtTheNext) {
  const PcapngFile file = PcapngFile().interface(1).section(ByteOrder::big).enhanced(bytes_of("b"));
  EXPECT_THAT(fault_of(file.bytes), HasSubstr("of interface 0, and 0 were described"));
}

TEST(PcapngReader, ReadsSecretsWhereverTheyStand) {
  const PcapngFile file = PcapngFile()
                              .secrets("CLIENT_RANDOM 1\n")
                              .interface(1)
                              .enhanced(bytes_of("a"))
                              .secrets("WireGuard", 0x57474b4c)
                              .secrets("CLIENT_RANDOM 2\n");
  EXPECT_THAT(read_items(file.bytes).secrets,
              ElementsAre("CLIENT_RANDOM 1\n", "CLIENT_RANDOM 2\n"));
}

TEST(PcapngReader, SkipsBlocksThatItDoesNotKnowWhateverTheirSize) {
  PcapngFile file;
  file.interface(1).block(4, bytes_of("names")).block(0x80000bad, Bytes(20'000'000, 7));
  file.enhanced(bytes_of("a"));
  const ReadItems items = read_items(file.bytes);
  EXPECT_FALSE(items.fault);
  EXPECT_EQ(items.packets.size(), 1U);
}

TEST(PcapngReader, CountsTimeInTheInterfacesUnit) {
  const PcapngFile file = PcapngFile()
                              .interface(1, 0, std::uint8_t{9}, 1000)
                              .interface(1, 0, std::uint8_t{0x8a}, -5)
                              .enhanced(bytes_of("a"), 0, 1'500'000'000)
                              .enhanced(bytes_of("b"), 1, 10 * 1024 + 512);
  const ReadItems items = read_items(file.bytes);
  EXPECT_EQ(items.packets.at(0).packet.time, 1'001'500'000'000);
  EXPECT_EQ(items.packets.at(1).packet.time, 5'500'000'000);
}

TEST(TimeResolution, KnowsPowersOfTenAndOfTwo) {
  const auto time = [](std::uint8_t if_tsresol, std::uint64_t timestamp, std::int64_t offset = 0) {
    return TimeResolution{if_tsresol, offset}.time(timestamp);
  };
  EXPECT_EQ(time(0, 7), 7'000'000'000);
  EXPECT_EQ(time(3, 1234), 1'234'000'000);
  EXPECT_EQ(time(6, 1'000'001), 1'000'001'000);
  EXPECT_EQ(time(9, 123), 123);
  EXPECT_EQ(time(12, 1'234'567'000'999), 1'234'567'000);
  EXPECT_EQ(time(19, 10'000'000'000'000'000'000U), 1'000'000'000);
  EXPECT_EQ(time(20, 10'000'000'000'000'000'000U), 100'000'000);
  EXPECT_EQ(time(127, UINT64_MAX), 0);
  EXPECT_EQ(time(0x80, 7), 7'000'000'000);
  EXPECT_EQ(time(0x80 + 1, 3), 1'500'000'000);
  EXPECT_EQ(time(0x80 + 32, 0x1'8000'0000), 1'500'000'000);
  EXPECT_EQ(time(0x80 + 63, std::uint64_t{3} << 62), 1'500'000'000);
  EXPECT_EQ(time(0x80 + 64, UINT64_MAX), 0);
  EXPECT_EQ(time(6, 0, -2), -2'000'000'000);
}

TEST(TimeResolution, HasNoTimeForWhatDoesNotFit) {
  EXPECT_EQ((TimeResolution{0, 0}.time(UINT64_MAX)), std::nullopt);
  EXPECT_EQ((TimeResolution{0, 0}.time(9'300'000'000)), std::nullopt);
  EXPECT_EQ((TimeResolution{6, INT64_MIN}.time(0)), std::nullopt);
  EXPECT_EQ((TimeResolution{6, INT64_MAX}.time(0)), std::nullopt);
  EXPECT_EQ((TimeResolution{0, 9'000'000'000}.time(9'000'000'000)), std::nullopt);
}

TEST(PcapngReader, ReadsUpToAnyCut) {
  for (const ByteOrder order : both_orders) {
    const PcapngFile file = PcapngFile(order)
                                .secrets("CLIENT_RANDOM 1\n")
                                .interface(1, 64, std::uint8_t{6}, 0)
                                .enhanced(bytes_of("one"))
                                .block(5, bytes_of("statistics"))
                                .simple(bytes_of("two"));
    std::size_t faults = 0;
    std::size_t packets = 0;
    for (std::size_t size = 0; size <= file.bytes.size(); ++size) {
      const ReadItems items = read_items(View(file.bytes).first(size));
      faults += items.fault ? 1U : 0U;
      EXPECT_GE(items.packets.size(), packets) << size;
      packets = items.packets.size();
      EXPECT_TRUE(!items.fault || size < 4 || items.fault->kind == Fault::Kind::cut) << size;
    }
    EXPECT_EQ(packets, 2U);
    EXPECT_EQ(file.bytes.size() + 1 - faults, 6U);  // behind each block the file may end
  }
}

TEST(PcapngReader, SurvivesEveryByteBeingAnother) {
  const PcapngFile file = PcapngFile()
                              .secrets("CLIENT_RANDOM 1\n")
                              .interface(1, 64, std::uint8_t{6}, 0)
                              .enhanced(bytes_of("one"))
                              .obsolete(bytes_of("two"))
                              .simple(bytes_of("three"));
  for (std::size_t at = 0; at < file.bytes.size(); ++at) {
    for (const int value : {0x00, 0x01, 0x7f, 0x80, 0xff}) {
      Bytes damaged = file.bytes;
      damaged[at] = static_cast<std::uint8_t>(value);
      const ReadItems items = read_items(damaged);
      EXPECT_LE(items.packets.size(), 3U);
      EXPECT_TRUE(!items.fault || !items.fault->what.empty());
    }
  }
}

TEST(PcapngReader, RefusesLengthsThatCannotBe) {
  PcapngFile file;
  const std::size_t at = file.bytes.size();
  file.interface(1);
  Bytes damaged = file.bytes;
  damaged[at + 4] = 8;
  EXPECT_THAT(fault_of(damaged), HasSubstr("block at byte 28: its total length 8 is less than 12"));
  damaged = file.bytes;
  damaged[at + 4] += 1;
  EXPECT_THAT(fault_of(damaged), HasSubstr("no multiple of 4"));
  damaged = file.bytes;
  damaged.back() = 1;
  EXPECT_THAT(fault_of(damaged), HasSubstr("at the beginning and"));
  damaged = file.bytes;
  damaged[at + 7] = 0x7f;
  EXPECT_THAT(fault_of(damaged), HasSubstr("more than we read at a time"));
  damaged = file.bytes;
  damaged[at + 8 + 8 + 2] = 0xff;  // of the option if_name
  EXPECT_THAT(fault_of(damaged), HasSubstr("option 2 of the interface reaches beyond"));
}

TEST(PcapngReader, RefusesASectionThatItDoesNotKnow) {
  PcapngFile file;
  Bytes damaged = file.bytes;
  damaged[8] = 0;
  EXPECT_THAT(fault_of(damaged), HasSubstr("byte-order magic is 003c2b1a"));
  damaged = file.bytes;
  damaged[12] = 2;
  EXPECT_THAT(fault_of(damaged), HasSubstr("version 2.0 of pcapng"));
  EXPECT_THAT(fault_of(PcapngFile().block(0x0a0d0d0a, Bytes{0x4d, 0x3c, 0x2b, 0x1a}).bytes),
              HasSubstr("Section Header Block of 16 bytes is too short"));
}

TEST(PcapngReader, RefusesPacketsThatDoNotFitTheirBlocks) {
  PcapngFile good;
  good.interface(1);
  const auto with = [&](std::uint32_t type, View body) {
    PcapngFile file = good;
    return fault_of(file.block(type, body).bytes);
  };
  EXPECT_THAT(with(6, Bytes(16)), HasSubstr("packet 1 at byte 60: its block is too short"));
  EXPECT_THAT(with(2, Bytes(16)), HasSubstr("its block is too short"));
  EXPECT_THAT(with(3, Bytes{}), HasSubstr("Simple Packet Block is too short"));
  EXPECT_THAT(with(3, Bytes{9, 0, 0, 0, 1, 2, 3, 4}), HasSubstr("has room for 4"));
  EXPECT_THAT(with(10, Bytes(4)), HasSubstr("Decryption Secrets Block is too short"));
  EXPECT_THAT(with(10, Bytes{0x4b, 0x53, 0x4c, 0x54, 1, 0, 0, 0}),
              HasSubstr("secrets reach beyond"));
  EXPECT_THAT(with(1, Bytes(4)), HasSubstr("Interface Description Block is too short"));
  Bytes too_much(24);
  too_much[12] = 5;
  EXPECT_THAT(with(6, too_much),
              HasSubstr("claims 5 captured bytes, and its block has room for 4"));
  EXPECT_THAT(fault_of(PcapngFile().simple(bytes_of("x")).bytes),
              HasSubstr("no interface was described"));
}

TEST(PcapngReader, BoundsTheInterfacesOfASection) {
  PcapngFile file;
  for (int i = 0; i <= 65536; ++i) file.block(1, Bytes(8));
  EXPECT_THAT(fault_of(file.bytes), HasSubstr("more than 65536 interfaces"));
}

}  // namespace
}  // namespace glasstls::inspect::capture
