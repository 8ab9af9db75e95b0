#include "tests/x509/pkits_table.h"

#include <sstream>
#include <stdexcept>

namespace glasstls::x509::pkits {

namespace {

std::vector<std::string> words(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> out;
  for (std::string word; in >> word;) out.push_back(word);
  return out;
}

/// Cuts `text` at the first `separator`; what follows it is returned.
std::string cut(std::string& text, std::string_view separator) {
  const std::size_t at = text.find(separator);
  if (at == std::string::npos) return {};
  std::string rest = text.substr(at + separator.size());
  text.resize(at);
  return rest;
}

/// NIST-test-policy-1 to -9: arcs below 2.16.840.1.101.3.2.1.48.
Oid test_policy(const std::string& number) {
  if (number.size() != 1 || number < "1" || number > "9") {
    throw std::runtime_error("no policy " + number);
  }
  return Oid{2, 16, 840, 1, 101, 3, 2, 1, 48, static_cast<std::uint32_t>(number[0] - '0')};
}

PolicyInputs parse_inputs(const std::string& text) {
  PolicyInputs inputs;
  bool policies = false;
  for (const std::string& word : words(text)) {
    if (policies) {
      inputs.acceptable.push_back(test_policy(word));
    } else if (word == "explicit") {
      inputs.require_explicit = true;
    } else if (word == "inhibit-mapping") {
      inputs.inhibit_mapping = true;
    } else if (word == "inhibit-any-policy") {
      inputs.inhibit_any_policy = true;
    } else if (word == "policies") {
      policies = true;
    } else {
      throw std::runtime_error("no input " + word);
    }
  }
  if (policies && inputs.acceptable.empty()) throw std::runtime_error("no policies are named");
  return inputs;
}

Expectation parse_expectation(bool accepted, std::string text) {
  Expectation expectation;
  expectation.accepted = accepted;
  expectation.inputs_text = cut(text, "| ");
  expectation.inputs = parse_inputs(expectation.inputs_text);
  while (text.ends_with(' ')) text.pop_back();
  if (accepted != text.empty()) throw std::runtime_error("a refusal, and only that, has a rule");
  expectation.rule = std::move(text);
  return expectation;
}

void add_property(Case& test, std::string line) {
  line.erase(0, line.find_first_not_of(' '));
  std::string rest = cut(line, " ");
  rest.erase(0, rest.find_first_not_of(' '));
  if (line == "path") {
    test.path = words(rest);
  } else if (line == "crls") {
    test.crls = words(rest);
  } else if (line == "left-out") {
    test.left_out = rest;
  } else if (line == "accept" || line == "refuse") {
    test.expectations.push_back(parse_expectation(line == "accept", rest));
  } else {
    throw std::runtime_error("not understood: " + line);
  }
}

}  // namespace

std::vector<Case> parse_table(std::string_view text) {
  std::vector<Case> tests;
  std::istringstream in{std::string(text)};
  std::size_t number = 0;
  try {
    for (std::string line; std::getline(in, line);) {
      ++number;
      const std::size_t first = line.find_first_not_of(' ');
      if (first == std::string::npos || line[first] == '#') continue;
      if (!line.starts_with(' ')) {
        Case& test = tests.emplace_back();
        test.title = cut(line, " ");
        test.number = line;
      } else if (tests.empty()) {
        throw std::runtime_error("it belongs to no test");
      } else {
        add_property(tests.back(), line);
      }
    }
  } catch (const std::runtime_error& error) {
    throw std::runtime_error("line " + std::to_string(number) + ": " + error.what());
  }
  return tests;
}

}  // namespace glasstls::x509::pkits
