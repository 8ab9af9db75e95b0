#include "tests/differential/explained.h"

#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "tests/support/data_files.h"

namespace glasstls::differential {

namespace {

constexpr std::string_view separator = " | ";

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(' ') - first + 1));
}

std::vector<std::string> split(std::string_view line) {
  std::vector<std::string> parts;
  for (std::size_t end = 0; end != std::string_view::npos;) {
    end = line.find(separator);
    parts.push_back(trimmed(line.substr(0, end)));
    if (end != std::string_view::npos) line.remove_prefix(end + separator.size());
  }
  return parts;
}

Explanation read_line(const std::string& line) {
  std::vector<std::string> parts = split(line);
  const auto is_one_of = [](const std::string& part, std::initializer_list<const char*> words) {
    return std::find(words.begin(), words.end(), part) != words.end();
  };
  if (parts.size() != 5 || parts[0].empty() || parts[1].empty() ||
      !is_one_of(parts[2], {"we", "they"}) || !is_one_of(parts[3], {"we", "they", "both"}) ||
      parts[4].empty())
    throw std::runtime_error("not KEY | COUNTERPART | ACCEPTS | RIGHT | because: " + line);
  return {parts[0], parts[1], parts[2] == "we", parts[3], parts[4]};
}

bool fits(std::string_view pattern, std::string_view text) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == text;
  if (!text.starts_with(pattern.substr(0, star))) return false;
  const std::string_view rest = pattern.substr(star + 1);
  for (std::size_t begin = star; begin <= text.size(); ++begin)
    if (fits(rest, text.substr(begin))) return true;
  return false;
}

std::string line_for(const std::string& key, const std::string& counterpart, bool we_accept) {
  return key + " | " + counterpart + (we_accept ? " | we" : " | they");
}

}  // namespace

Explained::Explained(std::string_view list) {
  std::istringstream lines{std::string(list)};
  for (std::string line; std::getline(lines, line);)
    if (!trimmed(line).empty() && line.front() != '#') explanations_.push_back(read_line(line));
}

void Explained::add(const Disagreement& disagreement, std::string input) {
  for (Explanation& explanation : explanations_) {
    if (fits(explanation.counterpart, disagreement.counterpart) &&
        explanation.we_accept == disagreement.we_accept &&
        fits(explanation.key, disagreement.key)) {
      ++explanation.count;
      return;
    }
  }
  Unexplained& found =
      unexplained_[line_for(disagreement.key, disagreement.counterpart, disagreement.we_accept)];
  if (found.count++ == 0 || input.size() < found.input.size()) found.input = std::move(input);
}

std::vector<std::string> Explained::faults() const {
  std::vector<std::string> faults;
  for (const auto& [line, found] : unexplained_)
    faults.push_back("not explained, " + std::to_string(found.count) + " times: " + line + "\n  " +
                     found.input);
  for (const Explanation& line : explanations_)
    if (line.count == 0)
      faults.push_back("does not occur: " + line_for(line.key, line.counterpart, line.we_accept));
  return faults;
}

std::string table_of(const Explained& explained) {
  std::string table =
      "| refused because | by | taken by | times | who is right | why |\n"
      "| --- | --- | --- | ---: | --- | --- |\n";
  for (const Explanation& line : explained.explanations()) {
    const std::string they = line.counterpart.substr(0, line.counterpart.find('*'));
    table += "| `" + line.key + "` | " + (line.we_accept ? they + " | us" : "us | " + they) +
             " | " + std::to_string(line.count) + " | " + line.right + " | " + line.because +
             " |\n";
  }
  return table;
}

std::string fault_of_document(const std::string& name, const Explained& explained) {
  constexpr const char* document = "../docs/testing.md";
  const std::string text = test::read_data(document);
  const std::string mark = "<!-- generated: " + name + " -->\n";
  const std::size_t found = text.find(mark);
  const std::size_t end = text.find("<!-- end -->", found);
  if (end == std::string::npos) return "docs/testing.md has no place for " + name;
  const std::size_t begin = found + mark.size();
  const std::string table = table_of(explained);
  if (test::updates_golden())
    test::write_data(document, text.substr(0, begin) + table + text.substr(end));
  else if (without_numbers(text.substr(begin, end - begin)) != without_numbers(table))
    return "docs/testing.md has another table; GLASSTLS_UPDATE_GOLDEN=1 writes this one:\n" + table;
  return {};
}

std::string without_numbers(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool digit = std::isdigit(static_cast<unsigned char>(c)) != 0;
    if (!digit) result += c;
    if (digit && (result.empty() || result.back() != '#')) result += '#';
  }
  return result;
}

}  // namespace glasstls::differential
