#include "apps/standard_input.h"

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

namespace glasstls::apps {
namespace {

/// A pipe in the place of this process's standard input.
class Piped {
 public:
  Piped() : saved_(::dup(STDIN_FILENO)) {
    int ends[2] = {-1, -1};
    EXPECT_EQ(::pipe(ends), 0);
    EXPECT_EQ(::dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    ::close(ends[0]);
    writing_ = ends[1];
  }
  ~Piped() {
    end();
    ::dup2(saved_, STDIN_FILENO);
    ::close(saved_);
  }
  Piped(const Piped&) = delete;
  Piped& operator=(const Piped&) = delete;

  void write(const std::string& text) const {
    EXPECT_EQ(::write(writing_, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  void end() {
    if (writing_ != -1) ::close(writing_);
    writing_ = -1;
  }

 private:
  int saved_;
  int writing_ = -1;
};

/// Reads until the end, and keeps the portions.
class Reader {
 public:
  explicit Reader(bool full) : input_(io_, full) { read(); }

  /// As far as it goes without waiting.
  void go_on() {
    io_.restart();
    io_.poll();
  }
  const std::vector<std::string>& portions() const { return portions_; }
  bool ended() const { return ended_; }

 private:
  void read() {
    input_.read([this](View data, bool end, const std::string& error) {
      EXPECT_EQ(error, "");
      portions_.emplace_back(wire::as_text(data));
      ended_ = end;
      if (!end) read();
    });
  }

  asio::io_context io_;
  StandardInput input_;
  std::vector<std::string> portions_;
  bool ended_ = false;
};

using Portions = std::vector<std::string>;

TEST(StandardInput, ComesAsItIsWritten) {
  Piped pipe;
  Reader reader(false);
  pipe.write("a");
  reader.go_on();
  EXPECT_EQ(reader.portions(), Portions{"a"});
  pipe.write("bc");
  reader.go_on();
  EXPECT_EQ(reader.portions(), (Portions{"a", "bc"}));
  pipe.end();
  reader.go_on();
  EXPECT_EQ(reader.portions(), (Portions{"a", "bc", ""}));
  EXPECT_TRUE(reader.ended());
}

TEST(StandardInput, ComesInFullPortionsIfTheyAreWanted) {
  const std::string block(16'384, 'x');
  Piped pipe;
  Reader reader(true);
  pipe.write("a");
  reader.go_on();
  EXPECT_EQ(reader.portions(), Portions{});
  pipe.write(block);
  reader.go_on();
  EXPECT_EQ(reader.portions(), Portions{"a" + block.substr(1)});
  EXPECT_FALSE(reader.ended());
  pipe.end();
  reader.go_on();
  EXPECT_EQ(reader.portions(), (Portions{"a" + block.substr(1), "x"}));
  EXPECT_TRUE(reader.ended());
}

}  // namespace
}  // namespace glasstls::apps
