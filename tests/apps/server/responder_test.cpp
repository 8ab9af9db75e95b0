#include "apps/server/responder.h"

#include <gtest/gtest.h>
#include <string>

namespace glasstls::apps {
namespace {

std::string pending(const Responder& responder) {
  return std::string(wire::as_text(responder.pending()));
}

void hear(Responder& responder, const std::string& text) {
  ASSERT_TRUE(responder.wants_data());
  responder.received(wire::as_bytes(text));
}

TEST(EchoResponder, SaysWhatItHeard) {
  EchoResponder echo;
  EXPECT_EQ(pending(echo), "");
  hear(echo, "hello");
  EXPECT_EQ(pending(echo), "hello");
  echo.written(5);
  EXPECT_EQ(pending(echo), "");
  EXPECT_FALSE(echo.finished());
}

TEST(EchoResponder, WantsNoMoreUntilAllIsWritten) {
  EchoResponder echo;
  hear(echo, "hello");
  EXPECT_FALSE(echo.wants_data());
  echo.written(2);
  EXPECT_EQ(pending(echo), "llo");
  EXPECT_FALSE(echo.wants_data());
  echo.written(3);
  EXPECT_TRUE(echo.wants_data());
  hear(echo, "again");
  EXPECT_EQ(pending(echo), "again");
}

TEST(EchoResponder, LeavesItsPeerAllTheTime) {
  EchoResponder echo;
  hear(echo, "hello");
  EXPECT_EQ(echo.half_done(), std::nullopt);
}

TEST(PrintResponder, PassesOnWhatComesAndSaysNothing) {
  std::string heard;
  PrintResponder print([&](View data) { heard += wire::as_text(data); });
  hear(print, "one ");
  hear(print, "two");
  EXPECT_EQ(heard, "one two");
  EXPECT_EQ(pending(print), "");
  EXPECT_FALSE(print.finished());
}

TEST(PrintResponder, AnswersTheFirstRecordOnly) {
  std::string heard;
  PrintResponder print([&](View data) { heard += wire::as_text(data); }, "yes");
  EXPECT_EQ(pending(print), "");
  hear(print, "do i connect?");
  EXPECT_EQ(pending(print), "yes");
  print.written(3);
  hear(print, "again");
  EXPECT_EQ(pending(print), "");
  EXPECT_EQ(heard, "do i connect?again");
}

}  // namespace
}  // namespace glasstls::apps
