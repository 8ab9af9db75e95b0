// docs/faults.md: the catalogue as a table, with the answers that were recorded.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/adversary/fault.h"

namespace glasstls::adversary {

/// A stack of others, and what it made of each fault, in the catalogue's order.
struct Column {
  std::string name, version;
  std::vector<std::string> answers;
};

/// One fault as the document has it.
struct Row {
  Side side{};
  std::string name, title, rule;
  std::string own;                   // our answer
  std::vector<std::string> answers;  // of the columns
};

struct Document {
  std::vector<Column> columns;  // names and versions only
  std::vector<Row> rows;

  /// The recorded answer; empty if there is no such row or column.
  std::string answer(const Fault& fault, std::string_view column) const;
};

/// What stands between the introduction, which people write, and what is made.
inline constexpr std::string_view marker = "<!-- made by scripts/faults from here -->\n";

/// Everything behind the marker.
std::string make_tables(const std::vector<Column>& columns);

/// std::runtime_error if the text has no marker, or tables of another form.
Document parse_document(std::string_view text);

}  // namespace glasstls::adversary
