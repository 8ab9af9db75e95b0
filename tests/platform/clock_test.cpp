#include "platform/clock.h"

#include <ctime>
#include <gtest/gtest.h>

namespace glasstls::platform {
namespace {

TEST(Clock, IsTheSystemsClock) {
  const auto before = static_cast<std::int64_t>(std::time(nullptr));
  const x509::Time time = now();
  const auto after = static_cast<std::int64_t>(std::time(nullptr));
  EXPECT_LE(before - 1, time.seconds);  // time() may lag the finer clock by a tick, or lead it
  EXPECT_LE(time.seconds, after + 1);
}

}  // namespace
}  // namespace glasstls::platform
