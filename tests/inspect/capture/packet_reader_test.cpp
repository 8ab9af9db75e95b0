#include "inspect/capture/packet_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/inspect/capture/captures.h"
#include "tests/support/data_files.h"

namespace glasstls::inspect::capture {
namespace {

using namespace test;
using testing::HasSubstr;

TEST(PacketReader, SaysWhatAFileIsThatIsNoCapture) {
  const ReadItems empty = read_items(Bytes{});
  ASSERT_TRUE(empty.fault);
  EXPECT_EQ(empty.fault->kind, Fault::Kind::not_a_capture);
  EXPECT_EQ(empty.fault->what, "not a capture: the file is empty");
  const ReadItems log = read_items(bytes_of("CLIENT_RANDOM 00 11\n"));
  EXPECT_EQ(log.fault->what, "not a capture: it is a TLS key log; give it with --keylog");
}

TEST(PacketReader, SaysWhyAFileCannotBeRead) {
  FileSource source("/nonexistent/capture.pcap");
  PacketReader reader(source);
  const Item item = reader.next();
  ASSERT_TRUE(std::holds_alternative<Fault>(item));
  EXPECT_EQ(std::get<Fault>(item).kind, Fault::Kind::unreadable);
  EXPECT_EQ(std::get<Fault>(item).what, "/nonexistent/capture.pcap: No such file or directory");
}

TEST(PacketReader, SaysTheSameAfterTheEndAndAfterAFault) {
  const PcapFile file = PcapFile().packet(bytes_of("x"));
  MemorySource source(file.bytes);
  PacketReader reader(source);
  EXPECT_EQ(reader.format(), "");
  EXPECT_TRUE(std::holds_alternative<Packet>(reader.next()));
  EXPECT_EQ(reader.format(), "pcap");
  EXPECT_TRUE(std::holds_alternative<End>(reader.next()));
  EXPECT_TRUE(std::holds_alternative<End>(reader.next()));
  EXPECT_EQ(reader.offset(), file.bytes.size());

  MemorySource cut(View(file.bytes).first(30));
  PacketReader of_cut(cut);
  EXPECT_TRUE(std::holds_alternative<Fault>(of_cut.next()));
  EXPECT_TRUE(std::holds_alternative<Fault>(of_cut.next()));
}

TEST(PacketReader, ReadsTheCaptureOfTheTutorial) {
  FileSource source(std::string(GLASSTLS_TEST_DATA) + "/../docs/tutorial/handshake.pcap");
  PacketReader reader(source);
  std::uint64_t packets = 0;
  Item item = reader.next();
  for (; std::holds_alternative<Packet>(item); item = reader.next())
    EXPECT_EQ(std::get<Packet>(item).frame, ++packets);
  EXPECT_TRUE(std::holds_alternative<End>(item));
  EXPECT_GT(packets, 5U);
}

/// A source that makes packets without end, and counts.
class Endless : public ByteSource {
 public:
  std::size_t read(MutableView into) override {
    if (given_ == 0) {
      const PcapFile file;
      given_ = file.bytes.size();
      std::copy(file.bytes.begin(), file.bytes.end(), into.begin());
      return file.bytes.size();
    }
    if (packet_.empty()) {
      PcapFile file;
      const std::size_t header = file.bytes.size();
      file.packet(Bytes(1500, 0x55));
      packet_ = Bytes(file.bytes.begin() + static_cast<std::ptrdiff_t>(header), file.bytes.end());
    }
    largest_ = std::max(largest_, into.size());
    std::copy(packet_.begin(), packet_.end(), into.begin());
    given_ += packet_.size();
    return packet_.size();
  }
  std::uint64_t given() const { return given_; }
  std::size_t largest() const { return largest_; }

 private:
  Bytes packet_;
  std::uint64_t given_ = 0;
  std::size_t largest_ = 0;
};

TEST(PacketReader, HoldsLittleOfAHugeFile) {
  Endless source;
  PacketReader reader(source);
  while (source.given() < 200'000'000) {
    const Item item = reader.next();
    ASSERT_TRUE(std::holds_alternative<Packet>(item));
    ASSERT_EQ(std::get<Packet>(item).bytes.size(), 1500U);
  }
  EXPECT_LE(source.largest(), std::size_t{1} << 20);
}

TEST(CollectSecrets, FindsThemAllBehindThePacketsToo) {
  const PcapngFile file = PcapngFile()
                              .interface(1)
                              .enhanced(bytes_of("a"))
                              .secrets("one\n")
                              .section(ByteOrder::big)
                              .secrets("two\n");
  MemorySource source(file.bytes);
  const CollectedSecrets found = collect_secrets(source);
  ASSERT_EQ(found.blocks.size(), 2U);
  EXPECT_EQ(found.blocks[0].text, "one\n");
  EXPECT_EQ(found.blocks[1].text, "two\n");
  EXPECT_FALSE(found.fault);
}

TEST(CollectSecrets, KeepsWhatItFoundBeforeAFault) {
  PcapngFile file = PcapngFile().interface(1).secrets("one\n").secrets("two\n");
  file.bytes.resize(file.bytes.size() - 1);
  MemorySource source(file.bytes);
  const CollectedSecrets found = collect_secrets(source);
  EXPECT_EQ(found.blocks.size(), 1U);
  ASSERT_TRUE(found.fault);
  EXPECT_THAT(found.fault->what, HasSubstr("the file ends after"));
}

TEST(CollectSecrets, LooksNoFurtherInAPcap) {
  PcapFile file = PcapFile().packet(Bytes(1'000'000)).packet(Bytes(1'000'000));
  MemorySource source(file.bytes);
  EXPECT_TRUE(collect_secrets(source).blocks.empty());
  Bytes rest(8);
  EXPECT_EQ(source.read(rest), 8U);
}

}  // namespace
}  // namespace glasstls::inspect::capture
