// Disagreements with another library, and the list that explains them.
//
// The list is a file of lines `KEY | COUNTERPART | ACCEPTS | RIGHT | because`: KEY is what the refusing
// side said, ACCEPTS who took the input all the same (`we` or `they`), RIGHT whom the RFC bears out
// (`we`, `they`, or `both` where it leaves the choice). A '*' in the first two stands for
// anything; the first line that fits counts. Empty lines and those that begin with '#' are skipped.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace glasstls::differential {

struct Disagreement {
  std::string key;          // what the refusing side said, without what varies from input to input
  std::string counterpart;  // "OpenSSL"
  bool we_accept = false;
};

struct Explanation {
  std::string key;
  std::string counterpart;
  bool we_accept = false;
  std::string right;  // "we", "they", "both"
  std::string because;
  std::size_t count = 0;  // of disagreements that it explained
};

class Explained {
 public:
  /// Reads a list. std::runtime_error for a line that is not of its form.
  explicit Explained(std::string_view list);

  /// `input` is kept as an example where nothing explains it.
  void add(const Disagreement& disagreement, std::string input);

  /// What no line explains (once each, with a count and an input), then the lines that explained
  /// nothing. Empty: all is well.
  std::vector<std::string> faults() const;
  /// Of all lines, in order.
  const std::vector<Explanation>& explanations() const { return explanations_; }

 private:
  struct Unexplained {
    std::size_t count = 0;
    std::string input;
  };

  std::vector<Explanation> explanations_;
  std::map<std::string, Unexplained> unexplained_;  // by the line that would explain it
};

/// A table of Markdown with a row for each line of the list.
std::string table_of(const Explained& explained);

/// Compares the table with what stands between the marks `<!-- generated: NAME -->` and
/// `<!-- end -->` of docs/testing.md, but for its numbers. Empty: it is the same. With
/// GLASSTLS_UPDATE_GOLDEN=1 in the environment it is written there instead.
std::string fault_of_document(const std::string& name, const Explained& explained);

/// Digits become one '#': a count or an offset does not make a disagreement another one.
std::string without_numbers(std::string_view text);

}  // namespace glasstls::differential
