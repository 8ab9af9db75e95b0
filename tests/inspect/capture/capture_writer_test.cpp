#include "inspect/capture/capture_writer.h"

#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/inspect/capture/packets.h"
#include "tests/support/data_files.h"

namespace glasstls::inspect::capture {
namespace {

using Lines = std::vector<std::string>;

constexpr std::uint64_t start = 1'735'689'600'123'456'789;  // 2025-01-01T00:00:00.123456789Z

const EndPoints ipv4{{IPv4Address{127, 0, 0, 1}, 50000}, {IPv4Address{127, 0, 0, 2}, 443}};
const EndPoints ipv6{{IPv6Address{0x20, 1, 0x0d, 0xb8}, 50001}, {IPv6Address{0x20, 2}, 4433}};

/// "packet 12 50000 > 443 ..." with the time in nanoseconds since `start`, or "secrets ...".
std::string line_of(const test::Block& block) {
  const View body(block.body);
  if (block.type == 10)
    return "secrets " + std::string(wire::as_text(
                            body.subspan(8, test::little_endian(body.subspan(4).first(4)))));
  if (block.type != 6) return "block " + std::to_string(block.type);
  const std::uint64_t time = std::uint64_t{test::little_endian(body.subspan(4, 4))} << 32 |
                             test::little_endian(body.subspan(8, 4));
  const std::uint32_t size = test::little_endian(body.subspan(12, 4));
  EXPECT_EQ(test::little_endian(body.subspan(16, 4)), size);
  EXPECT_EQ(test::little_endian(body.first(4)), 0U) << "interface";
  const test::Packet packet = test::take_apart(body.subspan(20, size));
  EXPECT_TRUE(packet.ip_checksum_is_right);
  EXPECT_TRUE(packet.tcp_checksum_is_right);
  return "packet " + std::to_string(time - start) + " " + packet.line();
}

class WrittenCapture : public testing::Test {
 protected:
  CaptureWriter::Sink sink() {
    return [this](View block) {
      blocks += wire::hex(block) + "\n";
      wire::append(file, block);
    };
  }

  /// What the file holds behind its first two blocks.
  Lines content() const {
    Lines lines;
    for (const test::Block& block : test::blocks_of(file)) lines.push_back(line_of(block));
    lines.erase(lines.begin(), lines.begin() + 2);
    return lines;
  }

  Bytes file;
  std::string blocks;  // in hexadecimal, one a line
};

TEST_F(WrittenCapture, HasTheseBytes) {
  {
    CaptureWriter writer(sink(), "GlassTLS");
    writer.secrets("# all\n");
    CaptureStream one = writer.connect(ipv4, start);
    CaptureStream two = writer.connect(ipv6, start + 1'000, InitialSequenceNumbers{1, 2});
    one.data(Side::client, Bytes{0x16, 0x03, 0x01}, start + 2'000);
    one.secrets("CLIENT_RANDOM 00 01");
    one.data(Side::server, Bytes{0x16, 0x03, 0x03, 0x00}, start + 3'000);
    two.data(Side::server, Bytes{0x15}, start + 4'000);
    two.closed(Side::server, Ending::rst, start + 5'000);
    one.closed(Side::client, Ending::fin, start + 6'000);
    one.closed(Side::server, Ending::fin, start + 7'000);
  }
  EXPECT_EQ(test::compare_with_golden("data/inspect/written_capture.txt", blocks), "");
}

TEST_F(WrittenCapture, BeginsWithASectionAndAnInterface) {
  const CaptureWriter writer(sink());
  const auto begun = test::blocks_of(file);
  ASSERT_EQ(begun.size(), 2U);
  EXPECT_EQ(begun[0].type, 0x0a0d0d0aU);
  const std::string_view section = wire::as_text(begun[0].body);
  EXPECT_NE(section.find("GlassTLS " GLASSTLS_VERSION), std::string_view::npos);
  EXPECT_EQ(begun[1].type, 1U);
  EXPECT_EQ(wire::hex(begun[1].body),
            "65000000"
            "00000000"
            "0900010009000000"
            "00000000");
}

TEST_F(WrittenCapture, GivesTheSinkWholeBlocks) {
  std::size_t calls = 0;
  CaptureWriter writer([&](View block) {
    EXPECT_EQ(test::blocks_of(block).size(), 1U);
    ++calls;
  });
  CaptureStream stream = writer.connect(ipv4, start);
  stream.data(Side::client, Bytes(40'000), start);
  EXPECT_EQ(calls, 2U + 3U + 3U);
}

TEST_F(WrittenCapture, KeepsTheOrderOfCallsAndTheTimeOfEach) {
  {
    CaptureWriter writer(sink());
    CaptureStream stream = writer.connect(ipv4, start, InitialSequenceNumbers{100, 200});
    stream.data(Side::client, Bytes(5), start + 90);
    stream.secrets("CLIENT_RANDOM 1\n");
    stream.data(Side::server, Bytes(6), start + 50);  // arrived before the other was sent
    stream.closed(Side::server, Ending::fin, start + 95);
    stream.closed(Side::client, Ending::fin, start + 99);
  }
  EXPECT_EQ(content(), (Lines{"packet 0 50000 > 443 S 100 0 0",      //
                              "packet 0 443 > 50000 SA 200 101 0",   //
                              "packet 0 50000 > 443 A 101 201 0",    //
                              "packet 90 50000 > 443 PA 101 201 5",  //
                              "secrets CLIENT_RANDOM 1\n",           //
                              "packet 50 443 > 50000 PA 201 106 6",  //
                              "packet 95 443 > 50000 FA 207 106 0",  //
                              "packet 99 50000 > 443 FA 106 208 0",  //
                              "packet 99 443 > 50000 A 208 107 0"}));
}

TEST_F(WrittenCapture, AcknowledgesWhatIsLeftWhenAStreamEnds) {
  CaptureWriter writer(sink());
  {
    CaptureStream stream = writer.connect(ipv4, start, InitialSequenceNumbers{100, 200});
    stream.data(Side::client, Bytes(5), start + 9);
    stream.data(Side::client, Bytes(6), start + 8);
  }
  EXPECT_EQ(content().back(), "packet 9 443 > 50000 A 201 112 0");
}

TEST_F(WrittenCapture, WritesNothingAfterARst) {
  {
    CaptureWriter writer(sink());
    CaptureStream stream = writer.connect(ipv4, start, InitialSequenceNumbers{100, 200});
    stream.closed(Side::client, Ending::rst, start + 1);
    stream.data(Side::server, Bytes(5), start + 2);
    stream.closed(Side::server, Ending::fin, start + 3);
  }
  EXPECT_EQ(content().size(), 4U);
  EXPECT_EQ(content().back(), "packet 1 50000 > 443 RA 101 201 0");
}

TEST_F(WrittenCapture, HoldsSeveralConnectionsAtOnce) {
  {
    CaptureWriter writer(sink());
    CaptureStream one = writer.connect(ipv4, start, InitialSequenceNumbers{100, 200});
    CaptureStream two = writer.connect(ipv6, start + 1, InitialSequenceNumbers{300, 400});
    one.data(Side::client, Bytes(5), start + 2);
    two.data(Side::client, Bytes(6), start + 3);
    one.data(Side::server, Bytes(7), start + 4);
    two.data(Side::server, Bytes(8), start + 5);
    one.closed(Side::client, Ending::rst, start + 6);
    two.closed(Side::client, Ending::rst, start + 7);
  }
  const Lines lines = content();
  EXPECT_EQ(Lines(lines.begin() + 6, lines.end()),
            (Lines{"packet 2 50000 > 443 PA 101 201 5",   //
                   "packet 3 50001 > 4433 PA 301 401 6",  //
                   "packet 4 443 > 50000 PA 201 106 7",   //
                   "packet 5 4433 > 50001 PA 401 307 8",  //
                   "packet 6 50000 > 443 RA 106 208 0",   //
                   "packet 7 50001 > 4433 RA 307 409 0"}));
}

TEST_F(WrittenCapture, BeginsEachConnectionWithOtherSequenceNumbers) {
  CaptureWriter writer(sink());
  for (int i = 0; i < 2; ++i) writer.connect(ipv4, start);
  EXPECT_EQ(content(), (Lines{"packet 0 50000 > 443 S 16777216 0 0",          //
                              "packet 0 443 > 50000 SA 25165824 16777217 0",  //
                              "packet 0 50000 > 443 A 16777217 25165825 0",   //
                              "packet 0 50000 > 443 S 33554432 0 0",          //
                              "packet 0 443 > 50000 SA 41943040 33554433 0",  //
                              "packet 0 50000 > 443 A 33554433 41943041 0"}));
}

TEST_F(WrittenCapture, GivesSecretsTheirLineEnd) {
  CaptureWriter writer(sink());
  writer.secrets("A 1");
  writer.secrets("B 1\nB 2\n");
  writer.secrets("");
  EXPECT_EQ(content(), (Lines{"secrets A 1\n", "secrets B 1\nB 2\n"}));
  EXPECT_EQ(test::little_endian(View(test::blocks_of(file)[2].body).first(4)), 0x544c534bU);
}

TEST_F(WrittenCapture, GoesOnWhenAStreamMoves) {
  {
    CaptureWriter writer(sink());
    CaptureStream one = writer.connect(ipv4, start, InitialSequenceNumbers{100, 200});
    one.data(Side::client, Bytes(5), start + 1);
    CaptureStream moved = std::move(one);
    moved.data(Side::client, Bytes(5), start + 2);
    CaptureStream two = writer.connect(ipv6, start + 3, InitialSequenceNumbers{300, 400});
    two = std::move(moved);
    two.data(Side::client, Bytes(5), start + 4);
  }
  const Lines lines = content();
  EXPECT_EQ(Lines(lines.begin() + 3, lines.end()),
            (Lines{"packet 1 50000 > 443 PA 101 201 5",   //
                   "packet 2 50000 > 443 PA 106 201 5",   //
                   "packet 3 50001 > 4433 S 300 0 0",     //
                   "packet 3 4433 > 50001 SA 400 301 0",  //
                   "packet 3 50001 > 4433 A 301 401 0",   //
                   "packet 4 50000 > 443 PA 111 201 5",   //
                   "packet 4 443 > 50000 A 201 116 0"}));
}

TEST_F(WrittenCapture, EndsTheStreamThatAnotherReplaces) {
  CaptureWriter writer(sink());
  CaptureStream stream = writer.connect(ipv4, start, InitialSequenceNumbers{100, 200});
  stream.data(Side::client, Bytes(5), start + 1);
  stream = writer.connect(ipv6, start + 2);
  EXPECT_EQ(content().back(), "packet 1 443 > 50000 A 201 106 0");
}

TEST_F(WrittenCapture, OutlivesItsWriter) {
  auto writer = std::make_unique<CaptureWriter>(sink());
  CaptureStream stream = writer->connect(ipv4, start, InitialSequenceNumbers{100, 200});
  writer.reset();
  stream.data(Side::client, Bytes(5), start + 1);
  EXPECT_EQ(content().back(), "packet 1 50000 > 443 PA 101 201 5");
}

TEST_F(WrittenCapture, IsSoundWhenThreadsShareIt) {
  constexpr std::size_t threads = 4;
  constexpr std::size_t calls = 200;
  {
    CaptureWriter writer(sink());
    std::vector<std::thread> writing;
    for (std::size_t i = 0; i < threads; ++i)
      writing.emplace_back([&writer, i] {
        EndPoints ends = ipv4;
        ends.client.port = static_cast<std::uint16_t>(1 + i);
        CaptureStream stream = writer.connect(ends, start);
        for (std::size_t n = 0; n < calls; ++n) stream.data(Side::client, Bytes(10), start);
        stream.secrets("A " + std::to_string(i));
        stream.closed(Side::client, Ending::rst, start);
      });
    for (std::thread& each : writing) each.join();
  }
  std::map<std::uint16_t, std::uint32_t> next;  // sequence number by the client's port
  std::size_t segments = 0;
  for (const test::Block& block : test::blocks_of(file)) {
    if (block.type != 6) continue;
    const View body(block.body);
    const auto packet =
        test::take_apart(body.subspan(20, test::little_endian(body.subspan(12, 4))));
    if (packet.flags == "S") next[packet.source_port] = packet.sequence + 1;
    if (packet.data.empty()) continue;
    EXPECT_EQ(packet.sequence, next[packet.source_port]);
    next[packet.source_port] += 10;
    ++segments;
  }
  EXPECT_EQ(next.size(), threads);
  EXPECT_EQ(segments, threads * calls);
}

}  // namespace
}  // namespace glasstls::inspect::capture
