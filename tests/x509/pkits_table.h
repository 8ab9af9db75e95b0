// The demands of NIST's PKITS suite: tests/data/pkits/pkits.txt, whose head describes its form.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "x509/verify.h"

namespace glasstls::x509::pkits {

/// What verify() must say to one set of initial inputs.
struct Expectation {
  bool accepted = false;
  std::string rule;  // name_of() the rule that fails first; empty if accepted
  PolicyInputs inputs;
  std::string inputs_text;  // as written
};

/// One test of the suite.
struct Case {
  std::string number;             // "4.8.1"
  std::string title;              // "All Certificates Same Policy Test1"
  std::vector<std::string> path;  // names of files without their ending; the leaf first
  std::vector<std::string> crls;
  std::string left_out;  // why it is not run; mostly empty
  std::vector<Expectation> expectations;
};

/// std::runtime_error, with the line, for a table that is not of the form.
std::vector<Case> parse_table(std::string_view text);

}  // namespace glasstls::x509::pkits
