#include "tests/adversary/document.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace glasstls::adversary {

namespace {

constexpr std::size_t fixed_cells = 4;  // before the columns of others

std::string code(std::string_view name) { return "`" + std::string(name) + "`"; }

std::string line_of(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (const std::string& cell : cells) line += " " + cell + " |";
  return line + "\n";
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream text(line.substr(1));
  for (std::string cell; std::getline(text, cell, '|');)
    cells.push_back(cell.size() < 2 ? "" : cell.substr(1, cell.size() - 2));
  return cells;
}

std::string heading(Side side) { return "## The " + std::string(name_of(side)) + " misbehaves"; }

std::string table(Side side, const std::vector<Column>& columns) {
  std::vector<std::string> head{"fault", "what the " + std::string(name_of(side)) + " does", "rule",
                                "GlassTLS"};
  for (const Column& column : columns) head.push_back(column.name);
  std::string text = heading(side) + "\n\n" + line_of(head);
  text += line_of(std::vector<std::string>(head.size(), "---"));
  for (std::size_t i = 0; i < catalogue().size(); ++i) {
    const Fault& fault = catalogue()[i];
    if (fault.side() != side) continue;
    std::vector<std::string> cells{code(fault.name), std::string(fault.title),
                                   std::string(fault.rule), text_of(fault.expected)};
    for (const Column& column : columns) cells.push_back(column.answers.at(i));
    text += line_of(cells);
  }
  return text;
}

Row row_of(Side side, const std::vector<std::string>& cells) {
  if (cells.size() < fixed_cells || cells[0].size() < 2)
    throw std::runtime_error("a row of another form");
  Row row{side, cells[0].substr(1, cells[0].size() - 2), cells[1], cells[2], cells[3], {}};
  row.answers.assign(cells.begin() + fixed_cells, cells.end());
  return row;
}

}  // namespace

std::string Document::answer(const Fault& fault, std::string_view column) const {
  const auto at = std::find_if(columns.begin(), columns.end(),
                               [&](const Column& c) { return c.name == column; });
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const Row& r) {
    return r.side == fault.side() && r.name == fault.name;
  });
  if (at == columns.end() || row == rows.end()) return {};
  return row->answers.at(static_cast<std::size_t>(at - columns.begin()));
}

std::string make_tables(const std::vector<Column>& columns) {
  std::string text = "\n## Versions\n\n| stack | version |\n| --- | --- |\n";
  for (const Column& column : columns) text += line_of({column.name, column.version});
  for (const Side side : {Side::client, Side::server}) text += "\n" + table(side, columns);
  return text;
}

Document parse_document(std::string_view text) {
  const std::size_t begin = text.find(marker);
  if (begin == std::string_view::npos) throw std::runtime_error("there is no marker");
  std::istringstream lines(std::string(text.substr(begin + marker.size())));
  Document document;
  const Side* side = nullptr;  // null: the table of versions
  static constexpr Side sides[] = {Side::client, Side::server};
  for (std::string line; std::getline(lines, line);) {
    for (const Side& which : sides)
      if (line == heading(which)) side = &which;
    if (!line.starts_with("| ") || line.starts_with("| ---")) continue;
    const std::vector<std::string> cells = cells_of(line);
    if (cells.at(0) == "stack" || cells.at(0) == "fault") continue;
    if (side != nullptr)
      document.rows.push_back(row_of(*side, cells));
    else
      document.columns.push_back({cells.at(0), cells.at(1), {}});
  }
  for (const Row& row : document.rows)
    if (row.answers.size() != document.columns.size())
      throw std::runtime_error("the row " + row.name + " has another number of cells");
  return document;
}

}  // namespace glasstls::adversary
