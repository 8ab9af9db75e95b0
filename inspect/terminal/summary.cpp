// Several connections: a line for each.
#include <algorithm>
#include <array>
#include <numeric>

#include "inspect/printable.h"
#include "inspect/terminal/layout.h"

namespace glasstls::inspect {

namespace {

using terminal::Label;

struct Column {
  Label title;
  std::string SummaryRow::*value;
  std::size_t least;  // columns that it keeps when room is short
};

/// The least widths fit on the narrowest page.
constexpr std::array<Column, 8> table{{
    {Label::column_number, &SummaryRow::number, 4},
    {Label::client, &SummaryRow::client, 5},
    {Label::server, &SummaryRow::server, 5},
    {Label::column_name, &SummaryRow::server_name, 8},
    {Label::column_version, &SummaryRow::version, 5},
    {Label::suite, &SummaryRow::cipher_suite, 8},
    {Label::checks, &SummaryRow::checks, 4},
    {Label::outcome, &SummaryRow::outcome, 7},
}};

using Widths = std::array<std::size_t, table.size()>;

constexpr std::size_t gap = 2;

std::size_t total(const Widths& widths) {
  std::size_t sum = 0;
  for (const std::size_t width : widths)
    if (width > 0) sum += width + (sum == 0 ? 0 : gap);
  return sum;
}

/// Takes from the widest column, again and again, until all fit.
void shrink(Widths& widths, std::size_t room) {
  while (total(widths) > room) {
    std::size_t widest = table.size();
    for (std::size_t i = 0; i < table.size(); ++i)
      if (widths[i] > table[i].least && (widest == table.size() || widths[i] > widths[widest]))
        widest = i;
    if (widest == table.size()) return;
    --widths[widest];
  }
}

Widths widths_of(const std::vector<SummaryRow>& rows, const TerminalOptions& options) {
  constexpr std::size_t most = 200;  // of what a stranger wrote
  Widths widths{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    for (const SummaryRow& row : rows)
      widths[i] = std::max(widths[i], std::min(columns(printable(row.*table[i].value)), most));
    if (widths[i] > 0)
      widths[i] = std::max(widths[i], columns(terminal::say(options.language, table[i].title)));
  }
  return widths;
}

void add_cell(std::string& line, std::size_t& used, std::string_view text, std::size_t width) {
  if (width == 0) return;
  if (used > 0) line += std::string(gap, ' ');
  const std::string shown = shorten(text, width);
  line += shown + std::string(width - std::min(width, columns(shown)), ' ');
  used += width + gap;
}

std::string ended(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

/// "ECDHE-RSA-AES_256_GCM-SHA384": what all names have in common says nothing in a table.
std::string short_suite(std::string name) {
  if (name.starts_with("TLS_")) name.erase(0, 4);
  if (const std::size_t with = name.find("_WITH_"); with != std::string::npos)
    name.replace(with, 6, " ");
  return name;
}

}  // namespace

SummaryRow summary_of(const Document& document, Language language) {
  const Connection& connection = document.connection;
  SummaryRow row;
  row.number = std::to_string(connection.number);
  row.client = connection.client;
  row.server = connection.server;
  row.server_name = connection.server_name;
  row.version = connection.version.name;
  row.cipher_suite = short_suite(connection.cipher_suite.name);
  row.outcome = Catalogue::get(language).say(connection.outcome);
  const auto count = [&](Verdict verdict) {
    return std::count_if(document.checks.begin(), document.checks.end(),
                         [verdict](const Check& check) { return check.verdict == verdict; });
  };
  if (!document.checks.empty())
    row.checks = std::to_string(count(Verdict::passed)) + "/" +
                 std::to_string(document.checks.size() -
                                static_cast<std::size_t>(count(Verdict::not_checkable)));
  return row;
}

std::string summary_table(const std::vector<SummaryRow>& rows, const TerminalOptions& options) {
  if (rows.empty()) return {};
  Page page(options.width, options.color);
  Widths widths = widths_of(rows, options);
  shrink(widths, page.width());
  std::string line;
  std::size_t used = 0;
  for (std::size_t i = 0; i < table.size(); ++i)
    add_cell(line, used, terminal::say(options.language, table[i].title), widths[i]);
  page.line(page.paint(Ink::title, ended(line)));
  for (const SummaryRow& row : rows) {
    line.clear();
    used = 0;
    for (std::size_t i = 0; i < table.size(); ++i)
      add_cell(line, used, printable(row.*table[i].value), widths[i]);
    page.line(ended(line));
  }
  return page.take();
}

}  // namespace glasstls::inspect
