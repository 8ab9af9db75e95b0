// The schema in docs/json.md is that of the documents that are printed.
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "inspect/document_json.h"
#include "tests/inspect/document_samples.h"
#include "tests/support/data_files.h"

namespace glasstls::inspect {
namespace {

using Json = nlohmann::json;

void collect_members(const Json& json, std::set<std::string>& members) {
  for (const auto& [name, value] : json.items()) {
    if (json.is_object()) members.insert(name);
    if (value.is_structured()) collect_members(value, members);
  }
}

/// A document in which every optional row is there.
Document rich() {
  Document document = test::document_of_pair(false);
  document.messages.front().fault = Fault{1, "length", {"verbatim", {"too long"}}, "RFC 5246, 4"};
  document.certificates.front().remarks = {{"odd", "RFC 5280, 4"}};
  return document;
}

TEST(DocumentSchema, DescribesEveryMember) {
  const std::string page = test::read_data("../docs/json.md");
  const std::size_t begin = page.find("## The document\n");
  const std::size_t end = page.find("## The lines of glasstls server");
  ASSERT_NE(begin, std::string::npos);
  ASSERT_LT(begin, end);
  const std::string description = page.substr(begin, end - begin);
  std::set<std::string> members;
  collect_members(Json::parse(to_json(rich())), members);
  EXPECT_GT(members.size(), 100U);
  for (const std::string& member : members)
    EXPECT_NE(description.find('`' + member + '`'), std::string::npos) << member;
}

}  // namespace
}  // namespace glasstls::inspect
