// docs/faults.md against the catalogue: the same rows, and our column as it is expected.
#include "tests/adversary/document.h"

#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <stdexcept>
#include <string>

namespace glasstls::adversary {
namespace {

Document document() {
  std::ifstream in(std::string(GLASSTLS_TEST_DATA) + "/../docs/faults.md", std::ios::binary);
  return parse_document(std::string(std::istreambuf_iterator<char>(in), {}));
}

TEST(FaultsDocument, HasTheRowsOfTheCatalogueAndOurAnswers) {
  const Document read = document();
  ASSERT_EQ(read.rows.size(), catalogue().size()) << "run scripts/faults";
  for (std::size_t i = 0; i < read.rows.size(); ++i) {
    const Row& row = read.rows[i];
    const Fault& fault = catalogue()[i];
    SCOPED_TRACE(row.name);
    EXPECT_EQ(row.side, fault.side());
    EXPECT_EQ(row.name, fault.name);
    EXPECT_EQ(row.title, fault.title);
    EXPECT_EQ(row.rule, fault.rule);
    EXPECT_EQ(row.own, text_of(fault.expected));
  }
}

TEST(FaultsDocument, HasAnAnswerOfEachOfTheOthers) {
  const Document read = document();
  ASSERT_EQ(read.columns.size(), 3U);
  for (const Column& column : read.columns) {
    EXPECT_FALSE(column.version.empty()) << column.name;
    for (const Fault& fault : catalogue())
      EXPECT_FALSE(read.answer(fault, column.name).empty()) << column.name << ", " << fault.name;
  }
}

TEST(FaultsDocument, IsReadAsItIsMade) {
  Column column{"Other", "1.2", {}};
  for (const Fault& fault : catalogue()) column.answers.push_back(std::string(fault.name) + "!");
  const std::string text = "# Faults\n\n" + std::string(marker) + make_tables({column});
  const Document read = parse_document(text);
  ASSERT_EQ(read.columns.size(), 1U);
  EXPECT_EQ(read.columns[0].name, "Other");
  EXPECT_EQ(read.columns[0].version, "1.2");
  ASSERT_EQ(read.rows.size(), catalogue().size());
  for (const Fault& fault : catalogue())
    EXPECT_EQ(read.answer(fault, "Other"), std::string(fault.name) + "!");
  EXPECT_EQ(read.answer(catalogue()[0], "Nobody"), "");
}

TEST(FaultsDocument, OfAnotherFormIsNotRead) {
  EXPECT_THROW(parse_document("# Faults\n"), std::runtime_error);
  const std::string versions = "| Other | 1.2 |\n";
  EXPECT_THROW(parse_document(std::string(marker) + versions +
                              "## The client misbehaves\n| `a` | does | RFC 1, 2 | goes on |\n"),
               std::runtime_error);
}

}  // namespace
}  // namespace glasstls::adversary
