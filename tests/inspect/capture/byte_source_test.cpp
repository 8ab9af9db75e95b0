#include "inspect/capture/byte_source.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <numeric>

namespace glasstls::inspect::capture {
namespace {

using testing::HasSubstr;

Bytes numbered(std::size_t size) {
  Bytes bytes(size);
  std::iota(bytes.begin(), bytes.end(), std::uint8_t{0});
  return bytes;
}

TEST(FileSource, ReadsAFileToItsEnd) {
  const auto path = std::filesystem::path(testing::TempDir()) / "byte_source_test";
  const Bytes content = numbered(600'000);
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(content.data()),
             static_cast<std::streamsize>(content.size()));
  FileSource source(path.string());
  ByteWindow window(source);
  EXPECT_EQ(wire::copy(window.peek(1'000'000)), content);
  EXPECT_EQ(window.failure(), "");
  std::filesystem::remove(path);
}

TEST(FileSource, NamesAMissingFile) {
  FileSource source("/nonexistent/capture.pcap");
  Bytes buffer(8);
  EXPECT_EQ(source.read(buffer), 0U);
  EXPECT_EQ(source.failure(), "/nonexistent/capture.pcap: No such file or directory");
}

TEST(FileSource, NamesAFolder) {
  FileSource source(testing::TempDir());
  Bytes buffer(8);
  EXPECT_EQ(source.read(buffer), 0U);
  EXPECT_THAT(source.failure(), HasSubstr("Is a directory"));
}

TEST(MemorySource, HandsOutAtMostAPiece) {
  const Bytes content = numbered(10);
  MemorySource source(content, 4);
  Bytes buffer(8);
  EXPECT_EQ(source.read(buffer), 4U);
  EXPECT_EQ(source.read(buffer), 4U);
  EXPECT_EQ(source.read(buffer), 2U);
  EXPECT_EQ(source.read(buffer), 0U);
}

TEST(ByteWindow, ShowsTheSameBytesUntilTheyAreTaken) {
  const Bytes content = numbered(10);
  MemorySource source(content, 1);
  ByteWindow window(source);
  EXPECT_EQ(window.peek(3).size(), 3U);
  EXPECT_EQ(window.peek(2)[0], 0);
  window.take(3);
  EXPECT_EQ(window.offset(), 3U);
  EXPECT_EQ(wire::copy(window.peek(20)), Bytes(content.begin() + 3, content.end()));
}

TEST(ByteWindow, SkipsMoreThanItHolds) {
  const Bytes content = numbered(1'000'000);
  MemorySource source(content, 1000);
  ByteWindow window(source);
  EXPECT_TRUE(window.skip(999'999));
  EXPECT_EQ(window.peek(2).size(), 1U);
  EXPECT_EQ(window.offset(), 999'999U);
  EXPECT_FALSE(window.skip(2));
}

}  // namespace
}  // namespace glasstls::inspect::capture
