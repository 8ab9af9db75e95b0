#include "wire/field.h"

#include <gtest/gtest.h>
#include <string>

#include "wire/reader.h"

namespace glasstls::wire {
namespace {

TEST(FieldTree, NestsAndRemembersRangesAndValues) {
  FieldTree tree;
  tree.begin("outer", 0);
  tree.begin("number", 0);
  tree.number(22, "handshake");
  tree.end("number", 1);
  tree.begin("text", 1);
  tree.text("example.com");
  tree.end("text", 12);
  tree.end("outer", 12);

  ASSERT_EQ(tree.fields().size(), 3U);
  const Field& outer = tree.fields()[0];
  EXPECT_EQ(outer.name, "outer");
  EXPECT_EQ(outer.depth, 0U);
  EXPECT_EQ(outer.begin, 0U);
  EXPECT_EQ(outer.end, 12U);
  EXPECT_EQ(outer.number, std::nullopt);

  const Field& number = tree.fields()[1];
  EXPECT_EQ(number.depth, 1U);
  EXPECT_EQ(number.number, 22U);
  EXPECT_EQ(number.text, "handshake");

  const Field& text = tree.fields()[2];
  EXPECT_EQ(text.begin, 1U);
  EXPECT_EQ(text.end, 12U);
  EXPECT_EQ(text.text, "example.com");
  EXPECT_TRUE(tree.complete());
}

TEST(FieldSink, NeedNotKnowWhereContentsBegin) {
  struct Names final : FieldSink {
    void begin(std::string_view name, std::size_t) override { names += std::string(name) + " "; }
    void end(std::string_view, std::size_t) override {}
    void number(std::uint64_t, std::string_view) override {}
    void text(std::string) override {}
    std::string names;
  } sink;
  const Bytes bytes{2, 0xaa, 0xbb};
  Reader reader(bytes, {}, &sink);
  Bytes read;
  reader.opaque("session_id", read, within<0, 32>);
  EXPECT_EQ(read, (Bytes{0xaa, 0xbb}));
  EXPECT_EQ(sink.names, "session_id ");
}

TEST(FieldTree, IsIncompleteWhereReadingStopped) {
  FieldTree tree;
  tree.begin("outer", 0);
  tree.begin("first", 0);
  tree.end("first", 2);
  tree.begin("second", 2);
  EXPECT_FALSE(tree.complete());
  EXPECT_EQ(tree.find("first")->end, 2U);
  EXPECT_EQ(tree.find("second")->end, std::nullopt);
  EXPECT_EQ(tree.find("outer")->end, std::nullopt);
}

TEST(FieldTree, EndsAroundAFieldThatCouldNotBeRead) {
  FieldTree tree;
  tree.begin("message", 0);
  tree.begin("certificate", 4);
  tree.begin("serialNumber", 8);
  tree.end("certificate", 20);
  tree.end("message", 20);
  EXPECT_FALSE(tree.complete());
  EXPECT_EQ(tree.find("serialNumber")->end, std::nullopt);
  EXPECT_EQ(tree.find("certificate")->end, 20U);
  EXPECT_EQ(tree.find("message")->end, 20U);
}

TEST(FieldTree, KnowsWhereTheContentBeginsBehindALength) {
  FieldTree tree;
  tree.begin("session_id", 38);
  tree.content(39);
  tree.end("session_id", 71);
  EXPECT_EQ(tree.find("session_id")->begin, 38U);
  EXPECT_EQ(tree.find("session_id")->content, 39U);
}

TEST(FieldTree, FindsTheFirstOfAName) {
  FieldTree tree;
  for (const std::size_t at : {3U, 7U}) {
    tree.begin("item", at);
    tree.end("item", at + 1);
  }
  EXPECT_EQ(tree.find("item")->begin, 3U);
  EXPECT_EQ(tree.find("other"), nullptr);
}

TEST(FieldTree, BearsValuesAndEndsWithoutAField) {
  FieldTree tree;
  tree.number(1, {});
  tree.text("x");
  tree.end("x", 0);
  EXPECT_TRUE(tree.fields().empty());
  EXPECT_TRUE(tree.complete());
}

}  // namespace
}  // namespace glasstls::wire
