// A second opinion on captures that we write: tshark decrypts them with no settings, and capinfos
// knows them. The connection in them is the tutorial's.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <unistd.h>
#include <utility>
#include <vector>

#include "inspect/capture/capture_writer.h"
#include "tests/inspect/capture/packets.h"
#include "tests/interop/process.h"
#include "tests/support/data_files.h"

namespace glasstls::inspect::capture {
namespace {

using Words = std::vector<std::string>;

const EndPoints ipv4{{IPv4Address{192, 0, 2, 1}, 50000}, {IPv4Address{198, 51, 100, 7}, 7777}};
const EndPoints ipv6{{IPv6Address{0x20, 1, 0x0d, 0xb8}, 50000}, {IPv6Address{0x20, 2}, 7777}};
constexpr std::uint64_t start = 1'735'689'600'000'000'000;  // 2025-01-01
constexpr std::string_view question = "do i connect with server ?";

/// What one side sent at one time.
struct Chunk {
  Side from{};
  Bytes bytes;
};

/// The tutorial's connection: Ethernet in a little-endian pcap; nothing was lost or repeated.
std::vector<Chunk> tutorial_chunks() {
  constexpr std::size_t file_header = 24;
  constexpr std::size_t packet_header = 16;
  constexpr std::size_t ethernet_header = 14;
  const std::string text = test::read_data("../docs/tutorial/handshake.pcap");
  std::vector<Chunk> chunks;
  for (View rest = wire::as_bytes(text).subspan(file_header); !rest.empty();) {
    const std::uint32_t size = test::little_endian(rest.subspan(8, 4));
    const View frame = rest.subspan(packet_header, size);
    test::Packet packet = test::take_apart(frame.subspan(ethernet_header));
    if (!packet.data.empty())
      chunks.push_back(
          {packet.source_port == 7777 ? Side::server : Side::client, std::move(packet.data)});
    rest = rest.subspan(packet_header + size);
  }
  return chunks;
}

/// What the tutorial's sides sent, with the secrets before the client's Finished.
void write_connection(CaptureStream& stream, std::uint64_t time) {
  const std::vector<Chunk> chunks = tutorial_chunks();
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    if (i == 2) stream.secrets(test::read_data("../docs/tutorial/handshake.keys"));
    stream.data(chunks[i].from, chunks[i].bytes, time + 1'000 * i);
  }
  stream.closed(Side::server, Ending::fin, time + 100'000);
  stream.closed(Side::client, Ending::fin, time + 101'000);
}

/// A file that goes away.
class File {
 public:
  explicit File(View content) {
    const int fd = ::mkstemp(path_.data());
    EXPECT_NE(fd, -1);
    EXPECT_EQ(::write(fd, content.data(), content.size()), static_cast<ssize_t>(content.size()));
    ::close(fd);
  }
  ~File() { ::unlink(path_.c_str()); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_ = testing::TempDir() + "glasstls_capture_XXXXXX";
};

/// With one pass over the file, or with two.
class TsharkReads : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    if (test::find_program("tshark").empty())
      GTEST_SKIP() << "tshark is not installed (package tshark)";
  }

  CaptureWriter::Sink sink() {
    return [this](View block) { wire::append(content, block); };
  }

  std::string tshark(const Words& options) const {
    const File file(content);
    Words command{"tshark", "-n", "-r", file.path()};
    if (GetParam()) command.emplace_back("-2");
    command.insert(command.end(), options.begin(), options.end());
    test::Process process(command);
    EXPECT_EQ(process.wait(), 0) << process.error();
    return process.output();
  }

  std::string application_data(std::size_t connection) const {
    return tshark({"-q", "-z", "follow,tls,ascii," + std::to_string(connection)});
  }

  /// Frames that tshark finds fault with: a checksum, the order of segments, the content.
  std::string faults() const {
    return tshark({"-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-Y",
                   "ip.checksum.status == 0 or tcp.checksum.status != 1 or tcp.analysis.flags or "
                   "_ws.malformed or _ws.expert.severity == error"});
  }

  /// A Finished is only legible when decrypted.
  std::size_t finished_messages() const {
    const std::string lines = tshark(
        {"-Y", "tls.handshake.verify_data", "-T", "fields", "-e", "tls.handshake.verify_data"});
    return static_cast<std::size_t>(std::count(lines.begin(), lines.end(), '\n'));
  }

  Bytes content;
};

INSTANTIATE_TEST_SUITE_P(Passes, TsharkReads, testing::Bool(),
                         [](const auto& test) { return std::string(test.param ? "Two" : "One"); });

TEST_P(TsharkReads, AConnectionOverIPv4) {
  {
    CaptureWriter writer(sink());
    CaptureStream stream = writer.connect(ipv4, start);
    write_connection(stream, start + 1'000'000);
  }
  EXPECT_EQ(faults(), "");
  EXPECT_NE(application_data(0).find(question), std::string::npos);
  EXPECT_EQ(finished_messages(), 2U);
  EXPECT_NE(tshark({"-T", "fields", "-e", "frame.time_epoch"}).find("1735689600.001002000"),
            std::string::npos);
}

TEST_P(TsharkReads, AConnectionOverIPv6) {
  {
    CaptureWriter writer(sink());
    CaptureStream stream = writer.connect(ipv6, start);
    write_connection(stream, start);
  }
  EXPECT_EQ(faults(), "");
  EXPECT_NE(application_data(0).find(question), std::string::npos);
}

TEST_P(TsharkReads, TwoConnectionsAtOnce) {
  {
    CaptureWriter writer(sink());
    CaptureStream one = writer.connect(ipv4, start);
    CaptureStream two = writer.connect(ipv6, start);
    for (const Chunk& chunk : tutorial_chunks()) {
      one.secrets(test::read_data("../docs/tutorial/handshake.keys"));
      one.data(chunk.from, chunk.bytes, start);
      two.data(chunk.from, chunk.bytes, start);
    }
    one.closed(Side::client, Ending::rst, start);
    two.closed(Side::server, Ending::fin, start);
  }
  EXPECT_EQ(faults(), "");
  EXPECT_NE(application_data(0).find(question), std::string::npos);
  EXPECT_NE(application_data(1).find(question), std::string::npos);
}

TEST_P(TsharkReads, TwoConnectionsOfTheSameEndsInTurn) {
  {
    CaptureWriter writer(sink());
    for (const std::uint64_t time : {start, start + 1'000'000'000}) {
      CaptureStream stream = writer.connect(ipv4, time);
      write_connection(stream, time);
    }
  }
  EXPECT_NE(application_data(0).find(question), std::string::npos);
  EXPECT_NE(application_data(1).find(question), std::string::npos);
  EXPECT_EQ(finished_messages(), 4U);
}

TEST_P(TsharkReads, MuchDataOverSequenceNumbersThatWrap) {
  {
    CaptureWriter writer(sink());
    CaptureStream stream =
        writer.connect(ipv4, start, InitialSequenceNumbers{0xffffff00, 0xffff0000});
    write_connection(stream, start);
  }
  EXPECT_EQ(faults(), "");
  EXPECT_NE(application_data(0).find(question), std::string::npos);

  content.clear();
  {
    CaptureWriter writer(sink());
    CaptureStream stream =
        writer.connect(ipv4, start, InitialSequenceNumbers{0xffffff00, 0xffff0000});
    stream.data(Side::server, Bytes(500'000, 'x'), start);
    stream.data(Side::client, Bytes(500'000, 'x'), start);
  }
  EXPECT_EQ(faults(), "");
}

TEST(Capinfos, KnowsOurCaptures) {
  if (test::find_program("capinfos").empty())
    GTEST_SKIP() << "capinfos is not installed (package wireshark-common)";
  Bytes content;
  {
    CaptureWriter writer([&](View block) { wire::append(content, block); });
    CaptureStream stream = writer.connect(ipv4, start);
    write_connection(stream, start);
  }
  const File file(content);
  test::Process capinfos({"capinfos", file.path()});
  EXPECT_EQ(capinfos.wait(), 0) << capinfos.error();
  for (const std::string_view fact : {"Wireshark/... - pcapng", "Raw IP", "nanoseconds (9)",
                                      "GlassTLS " GLASSTLS_VERSION, "Strict time order:   True"})
    EXPECT_NE(capinfos.output().find(fact), std::string::npos) << fact << "\n" << capinfos.output();
}

}  // namespace
}  // namespace glasstls::inspect::capture
