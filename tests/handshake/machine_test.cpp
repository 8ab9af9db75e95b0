#include "handshake/machine.h"

#include <gtest/gtest.h>

namespace glasstls::handshake {
namespace {

TEST(Machine, JoinsNamesAsASentenceDoes) {
  EXPECT_EQ(detail::joined_with_or({}), "");
  EXPECT_EQ(detail::joined_with_or({"A"}), "A");
  EXPECT_EQ(detail::joined_with_or({"A", "B"}), "A or B");
  EXPECT_EQ(detail::joined_with_or({"A", "B", "C"}), "A, B or C");
}

// A small flow of its own: what holds for it holds for every flow.
struct Start {
  static constexpr std::string_view name = "Start";
};
struct Middle {
  static constexpr std::string_view name = "Middle";
};
struct End {
  static constexpr std::string_view name = "End";
};
using SmallState = std::variant<Start, Middle, End>;

struct SmallFlow {
  OneOf<Middle, End> on(Start, const ServerHello&);
  End on(Middle, const ServerHelloDone&);
  End on(Middle, const ChangeCipherSpec&);
  template <class S, class M>
  void on(S, const M&) = delete;
};

static_assert(Legal<SmallFlow, Start, ServerHello>);
static_assert(!Legal<SmallFlow, Start, ServerHelloDone>);
static_assert(!Legal<SmallFlow, End, ServerHello>);

TEST(Machine, FoldsAFlowIntoItsDiagram) {
  const auto diagram = arrows<SmallFlow, SmallState>();
  ASSERT_EQ(diagram.size(), 3U);
  EXPECT_EQ(diagram[0].from, "Start");
  EXPECT_EQ(diagram[0].on, "ServerHello");
  EXPECT_EQ(diagram[0].to, (std::vector<std::string_view>{"Middle", "End"}));
  EXPECT_EQ(diagram[1].on, "ServerHelloDone");
  EXPECT_EQ(diagram[2].on, "ChangeCipherSpec");
  EXPECT_EQ(diagram[2].to, std::vector<std::string_view>{"End"});
}

TEST(Machine, KnowsWhatAStateExpects) {
  EXPECT_EQ((detail::expected<SmallFlow, Middle>()),
            (std::vector<std::string_view>{"ServerHelloDone", "ChangeCipherSpec"}));
  EXPECT_TRUE((detail::expected<SmallFlow, End>().empty()));
}

TEST(Machine, WidensToTheStateOfTheFlow) {
  const auto from_one = detail::widen<SmallState>(End{});
  EXPECT_TRUE(std::holds_alternative<End>(from_one));
  const auto from_choice = detail::widen<SmallState>(OneOf<Middle, End>(Middle{}));
  EXPECT_TRUE(std::holds_alternative<Middle>(from_choice));
}

}  // namespace
}  // namespace glasstls::handshake
