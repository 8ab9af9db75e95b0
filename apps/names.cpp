#include "apps/names.h"

#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "apps/error.h"

namespace glasstls::apps {

namespace {

std::vector<std::string> split(const std::string& text, const char* separators = ",:") {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (begin <= text.size() && !text.empty()) {
    const std::size_t end = std::min(text.find_first_of(separators, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

template <class Value, class Parameters>
std::vector<Value> parse(const std::string& text, const char* what,
                         std::span<const Parameters> known,
                         std::optional<Value> (*by_name)(std::string_view)) {
  std::vector<Value> values;
  for (const std::string& name : split(text)) {
    const std::optional<Value> value = by_name(name);
    if (!value) {
      std::string message = "'" + name + "' is not a " + what + " that we speak; known are:";
      for (const Parameters& row : known) message += "\n  " + std::string(row.name);
      throw CommandError(ExitCode::usage, message);
    }
    values.push_back(*value);
  }
  return values;
}

}  // namespace

std::vector<crypto::CipherSuite> parse_suites(const std::string& text) {
  return parse(text, "cipher suite", crypto::all_suites(), crypto::suite_by_name);
}

std::vector<crypto::NamedGroup> parse_groups(const std::string& text) {
  return parse(text, "group", crypto::all_groups(), crypto::group_by_name);
}

std::vector<crypto::SignatureScheme> parse_schemes(const std::string& text) {
  return parse(text, "signature scheme", crypto::all_schemes(), crypto::scheme_by_name);
}

std::vector<std::string> parse_protocols(const std::string& text) { return split(text, ","); }

}  // namespace glasstls::apps
