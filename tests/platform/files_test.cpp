#include "platform/files.h"

#include <cerrno>
#include <gtest/gtest.h>

#include "tests/platform/scratch.h"

namespace glasstls::platform {
namespace {

TEST(ReadFile, ReadsTheWholeFile) {
  const ScratchDirectory scratch;
  for (const std::size_t size : {0u, 1u, 4095u, 4096u, 4097u, 100000u}) {
    const std::string text(size, 'x');
    const auto content = read_file(scratch.write("file", text));
    ASSERT_TRUE(content);
    EXPECT_EQ(wire::as_text(content.bytes()), text);
  }
}

TEST(ReadFile, RefusesMoreThanTheLimit) {
  const ScratchDirectory scratch;
  const std::string file = scratch.write("file", std::string(5000, 'x'));
  EXPECT_TRUE(read_file(file, 5000));
  const auto content = read_file(file, 4999);
  ASSERT_FALSE(content);
  EXPECT_EQ(content.error().what, file + ": larger than we read");
  EXPECT_TRUE(read_file(scratch.write("empty", ""), 0));
  EXPECT_FALSE(read_file("/dev/zero", 100));
}

TEST(ReadFile, SaysWhyItCannot) {
  const auto missing = read_file("/nonexistent/ca.pem");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().what, "/nonexistent/ca.pem: No such file or directory");
  EXPECT_EQ(missing.error().error_number, ENOENT);
  const ScratchDirectory scratch;
  const auto directory = read_file(scratch.path());
  ASSERT_FALSE(directory);
  EXPECT_EQ(directory.error().error_number, EISDIR);
}

}  // namespace
}  // namespace glasstls::platform
