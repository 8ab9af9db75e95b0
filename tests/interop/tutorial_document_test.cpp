// docs/tutorial.md shows what docs/tutorial/ holds, and its translation shows the same.
#include <gtest/gtest.h>
#include <regex>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/interop/markdown.h"
#include "tests/interop/tutorial.h"
#include "wire/bytes.h"

namespace glasstls::test {
namespace {

std::vector<CodeBlock> tutorial_blocks() {
  return code_blocks(content_of(document_path("tutorial.md")));
}

TEST(CodeBlocks, HaveTheirLabelAndTheirLines) {
  const std::vector<CodeBlock> expected = {{"sh run a", "one\n\ntwo\n"}, {"", ""}};
  EXPECT_EQ(code_blocks("text\n```sh run a\none\n\ntwo\n```\nmore\n```\n```\n"), expected);
  EXPECT_THROW(code_blocks("```sh\nno end\n"), std::runtime_error);
}

TEST(TutorialDocument, ShowsItsFilesAsTheyAre) {
  std::set<std::string> shown;
  for (const CodeBlock& block : tutorial_blocks()) {
    std::smatch name;
    if (!std::regex_match(block.label, name, std::regex("(?:sh|python) file (\\S+)"))) continue;
    EXPECT_EQ(block.text, content_of(document_path("tutorial/" + name.str(1)))) << name.str(1);
    shown.insert(name.str(1));
  }
  EXPECT_EQ(shown, (std::set<std::string>{"make_certificates.sh", "server.py", "client.py"}));
}

/// The bytes on the left of a block, up to the first two blanks of each line; a line of "..." stands
/// for some that are left out, and begins a new piece.
std::vector<std::string> pieces(const std::string& block) {
  std::vector<std::string> found(1);
  std::istringstream lines(block);
  for (std::string line; std::getline(lines, line);) {
    if (line == "...") {
      found.emplace_back();
      continue;
    }
    const std::string digits = line.substr(0, line.find("  "));
    const auto bytes = wire::unhex(std::regex_replace(digits, std::regex(" "), ""));
    EXPECT_TRUE(bytes) << line;
    if (bytes) found.back().append(bytes->begin(), bytes->end());
  }
  return found;
}

TEST(TutorialDocument, ShowsBytesOfTheSavedHandshakeInTheirOrder) {
  const std::string capture = content_of(document_path("tutorial/handshake.pcap"));
  std::size_t end = 0;
  for (const CodeBlock& block : tutorial_blocks()) {
    if (block.label != "text bytes") continue;
    for (const std::string& piece : pieces(block.text)) {
      const std::size_t begin = capture.find(piece, end);
      ASSERT_NE(begin, std::string::npos) << block.text;
      end = begin + piece.size();
    }
  }
  EXPECT_GT(end, 0U);
}

TEST(TutorialDocument, ShowsLinesOfTheSavedExplanation) {
  const std::string explanation = content_of(document_path("tutorial/handshake.txt"));
  int shown = 0;
  for (const CodeBlock& block : tutorial_blocks()) {
    if (block.label != "text explain") continue;
    EXPECT_NE(explanation.find(block.text), std::string::npos) << block.text;
    ++shown;
  }
  EXPECT_EQ(shown, 1);
}

TEST(TutorialDocument, HasTheSameCodeBlocksInItsTranslation) {
  const std::vector<CodeBlock> original = tutorial_blocks();
  const std::vector<CodeBlock> translated =
      code_blocks(content_of(document_path("tutorial.zh.md")));
  ASSERT_EQ(original.size(), translated.size());
  for (std::size_t i = 0; i < original.size(); ++i) {
    EXPECT_EQ(original[i].label, translated[i].label) << "block " << i;
    EXPECT_EQ(original[i].text, translated[i].text) << "block " << i;
  }
}

TEST(TutorialDocument, RunsNothingThatNoTestRuns) {
  const std::set<std::string> run = {
      "sh run certificates",    "sh run verify",      "sh run tshark",    "sh run signkey",
      "sh run old certificate", "sh run old openssl", "sh python server", "sh python client",
      "sh our server",          "sh our client",      "sh walk client",   "sh old server",
      "sh strict client"};
  std::set<std::string> shown;
  for (const CodeBlock& block : tutorial_blocks()) {
    if (!block.label.starts_with("sh ") || block.label.starts_with("sh file ")) continue;
    EXPECT_TRUE(shown.insert(block.label).second) << "twice: " << block.label;
  }
  EXPECT_EQ(shown, run);
}

}  // namespace
}  // namespace glasstls::test
