// docs/attacks.md and these tests agree: each chapter about an attack names its tests, and each
// test has its chapter.
#include <filesystem>
#include <gtest/gtest.h>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include "tests/support/data_files.h"

namespace glasstls::tls {
namespace {

const char* const document = "../docs/attacks.md";

/// The names of all tests of this program that are attacks.
std::set<std::string> attacks() {
  std::set<std::string> names;
  const auto& program = *testing::UnitTest::GetInstance();
  for (int i = 0; i < program.total_test_suite_count(); ++i) {
    const testing::TestSuite& suite = *program.GetTestSuite(i);
    if (std::string_view(suite.name()) != "Attacks") continue;
    for (int j = 0; j < suite.total_test_count(); ++j)
      names.insert(std::string("Attacks.") + suite.GetTestInfo(j)->name());
  }
  return names;
}

/// The text of each chapter of level 2, in one line, by its heading.
std::map<std::string, std::string> chapters() {
  std::map<std::string, std::string> found;
  std::istringstream lines(test::read_data(document));
  std::string heading;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("## "))
      heading = line.substr(3);
    else if (!heading.empty())
      found[heading] += line + " ";
  }
  return found;
}

std::vector<std::string> all_of(const std::string& text, const std::string& pattern) {
  const std::regex expression(pattern);
  std::vector<std::string> found;
  for (std::sregex_iterator match(text.begin(), text.end(), expression), end; match != end; ++match)
    found.push_back((*match)[1]);
  return found;
}

TEST(AttacksDocument, NamesEveryTestOnceAndNoOther) {
  const std::set<std::string> known = attacks();
  std::map<std::string, std::string> chapter_of;
  for (const auto& [heading, text] : chapters())
    for (const std::string& name : all_of(text, R"(\b(Attacks\.[A-Za-z0-9]+))")) {
      EXPECT_TRUE(known.contains(name)) << "\"" << heading << "\" names " << name;
      EXPECT_TRUE(chapter_of.emplace(name, heading).second) << name << " is named twice";
    }
  for (const std::string& name : known)
    EXPECT_TRUE(chapter_of.contains(name)) << name << " is not in " << document;
}

// Who adds a chapter says where the attack was told, why it fails, by which test, and where it
// ends.
TEST(AttacksDocument, HasTheSamePartsInEachChapter) {
  const auto found = chapters();
  EXPECT_GT(found.size(), 20U);
  for (const auto& [heading, text] : found) {
    if (heading == "What no test here can show") continue;
    for (const std::string part : {"*Attack.*", "*Why it fails.*", "*Limit.*", "*Tests.*"})
      EXPECT_NE(text.find(part), std::string::npos) << heading << " lacks " << part;
    EXPECT_FALSE(all_of(text, R"(\b(RFC [0-9]+, [0-9A-F.]+))").empty()) << heading;
    EXPECT_FALSE(all_of(text, R"(\b(Attacks\.[A-Za-z0-9]+))").empty()) << heading;
    EXPECT_FALSE(all_of(text, R"(\]\(\.\./([a-z0-9_/]+\.(cpp|h))\))").empty()) << heading;
  }
}

TEST(AttacksDocument, PointsToFilesThatExist) {
  const std::vector<std::string> files =
      all_of(test::read_data(document), R"(\]\(\.\./([a-z0-9_/.]+)\))");
  EXPECT_FALSE(files.empty());
  for (const std::string& file : files)
    EXPECT_TRUE(std::filesystem::exists(GLASSTLS_TEST_DATA "/../" + file)) << file;
}

}  // namespace
}  // namespace glasstls::tls
