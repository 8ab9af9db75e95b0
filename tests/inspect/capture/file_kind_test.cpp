#include "inspect/capture/file_kind.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace glasstls::inspect::capture {
namespace {

using namespace std::string_view_literals;
using testing::HasSubstr;

std::string kind(std::string_view text) { return file_kind(wire::as_bytes(text)); }

TEST(FileKind, KnowsWhatPeopleGiveByMistake) {
  EXPECT_EQ(kind(""), "the file is empty");
  EXPECT_THAT(kind("\x1f\x8b\x08\0"sv), HasSubstr("gzip"));
  EXPECT_THAT(kind("-----BEGIN CERTIFICATE-----\n"), HasSubstr("PEM"));
  EXPECT_THAT(kind("PK\x03\x04"), HasSubstr("zip"));
  EXPECT_THAT(kind("\x16\x03\x01\x02\0\x01"sv), HasSubstr("without packets"));
  EXPECT_THAT(kind("Hello, world\n"), HasSubstr("a text"));
  EXPECT_THAT(kind("\x01\x02\x03\x04\x05\x06\x07\x08\x09"), HasSubstr("0102030405060708"));
}

TEST(FileKind, KnowsAKeyLogEvenBehindComments) {
  EXPECT_THAT(kind("CLIENT_RANDOM 00 11\n"), HasSubstr("--keylog"));
  EXPECT_THAT(kind("# SSL/TLS secrets log file\r\n\r\nCLIENT_RANDOM 00 11\n"),
              HasSubstr("--keylog"));
  EXPECT_THAT(kind("RSA Session-ID:00 Master-Key:00\n"), HasSubstr("--keylog"));
  EXPECT_THAT(kind("# only a comment"), HasSubstr("a text"));
}

}  // namespace
}  // namespace glasstls::inspect::capture
