#include "apps/terminal.h"

#include <cstdlib>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utility>

namespace glasstls::apps {
namespace {

/// A pseudo terminal, and an environment that is put back.
class Terminal : public testing::Test {
 protected:
  Terminal() {
    ::grantpt(controller_);
    ::unlockpt(controller_);
    terminal_ = ::open(::ptsname(controller_), O_RDWR | O_NOCTTY);
    ::setenv("TERM", "xterm", 1);
    ::setenv("LC_ALL", "C.UTF-8", 1);
    ::unsetenv("NO_COLOR");
  }
  ~Terminal() override {
    ::close(terminal_);
    ::close(controller_);
    for (const char* name : {"TERM", "LC_ALL", "NO_COLOR"}) ::unsetenv(name);
  }

  int controller_ = ::posix_openpt(O_RDWR | O_NOCTTY);
  int terminal_ = -1;
};

TEST_F(Terminal, ShowsColoursAndMarks) {
  EXPECT_TRUE(wants_color(terminal_));
  EXPECT_TRUE(wants_utf8(terminal_));
}

TEST_F(Terminal, ShowsNoColoursIfTheUserWantsNone) {
  ::setenv("NO_COLOR", "1", 1);
  EXPECT_FALSE(wants_color(terminal_));
  EXPECT_TRUE(wants_utf8(terminal_));
}

TEST_F(Terminal, ShowsNeitherIfItIsDumb) {
  ::setenv("TERM", "dumb", 1);
  EXPECT_FALSE(wants_color(terminal_));
  EXPECT_FALSE(wants_utf8(terminal_));
}

TEST_F(Terminal, ShowsNoMarksInAnotherCharacterSet) {
  ::setenv("LC_ALL", "POSIX", 1);
  EXPECT_FALSE(wants_utf8(terminal_));
}

TEST_F(Terminal, HasAWidthWithinReason) {
  for (const auto& [columns, taken] : {std::pair{100, 100U}, {20, 60U}, {500, 120U}, {0, 80U}}) {
    winsize size{};
    size.ws_col = static_cast<unsigned short>(columns);
    ASSERT_EQ(::ioctl(terminal_, TIOCSWINSZ, &size), 0);
    EXPECT_EQ(columns_of(terminal_), taken);
  }
}

TEST(Pipe, IsNoTerminal) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  EXPECT_FALSE(wants_color(ends[1]));
  EXPECT_FALSE(wants_utf8(ends[1]));
  EXPECT_EQ(columns_of(ends[1]), 80U);
  ::close(ends[0]);
  ::close(ends[1]);
}

}  // namespace
}  // namespace glasstls::apps
