// NIST's PKITS suite, sections 4.1 to 4.13 and 4.16: every verdict is the description's, for the
// reason that we expect, whatever the order of the certificates.
//
// The log lists what was run, passed and left out (lines that begin with "PKITS:"). What the
// suite demands stands in tests/data/pkits/pkits.txt.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/data_files.h"
#include "tests/x509/pkits_table.h"

namespace glasstls::x509::pkits {
namespace {

const std::filesystem::path data_folder = GLASSTLS_PKITS;

Bytes contents(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  return wire::copy(wire::as_bytes(text));
}

struct Judgement {
  bool accepted = false;
  std::string rule;
  std::string summary;
};

std::string to_string(const Judgement& judgement) {
  return judgement.accepted ? "accepted" : "refused (" + judgement.rule + "): " + judgement.summary;
}

class Suite {
 public:
  Suite() { roots_.add(certificate("TrustAnchorRootCertificate").value()); }

  Judgement judge(const Case& test, const PolicyInputs& inputs, bool reversed) const {
    std::vector<Certificate> chain;
    std::vector<Unreadable> unreadable;
    for (std::size_t i = 0; i < test.path.size(); ++i) {
      auto parsed = certificate(test.path[i]);
      if (parsed) {
        chain.push_back(*std::move(parsed));
      } else {
        unreadable.push_back({i, parsed.error()});
      }
    }
    if (reversed) std::reverse(chain.begin() + 1, chain.end());
    std::vector<CertificateList> crls;
    for (const std::string& name : test.crls) {
      auto parsed = CertificateList::parse(contents(data_folder / "crls" / (name + ".crl")));
      if (parsed) crls.push_back(*std::move(parsed));
    }
    VerifyRequest request;
    request.chain = chain;
    request.unreadable = unreadable;
    request.roots = &roots_;
    request.at = time_from(2015, 1, 1, 0, 0, 0).value();
    request.purpose = Purpose::any;
    request.policies = inputs;
    request.crls = crls;
    request.require_crl = true;
    return judgement_of(verify(request));
  }

  std::size_t anchors() const { return roots_.size(); }

 private:
  static Result<Certificate> certificate(const std::string& name) {
    return Certificate::parse(contents(data_folder / "certs" / (name + ".crt")));
  }

  static Judgement judgement_of(const Verdict& verdict) {
    const Check* failure = verdict.path().failure();
    return {verdict.trusted, failure == nullptr ? "" : std::string(name_of(failure->rule)),
            verdict.summary};
  }

  TrustStore roots_;
};

/// What the log says at the end, by section.
struct Tally {
  std::size_t tests = 0, run = 0, passed = 0, left_out = 0;

  void print(const std::string& section) const {
    std::cout << "PKITS: " << section << ": " << tests << " tests, " << run << " verdicts, "
              << passed << " as expected";
    if (left_out != 0) std::cout << ", " << left_out << " tests left out";
    std::cout << "\n";
  }
};

std::string section_of(const Case& test) { return test.number.substr(0, test.number.rfind('.')); }

std::string title_of(const Case& test, const Expectation& expectation) {
  return test.number + " " + test.title +
         (expectation.inputs_text.empty() ? "" : " (" + expectation.inputs_text + ")");
}

class Pkits : public testing::Test {
 protected:
  /// Both orders of the certificates above the leaf.
  static bool is_met(const Suite& suite, const Case& test, const Expectation& expectation) {
    bool met = true;
    for (const bool reversed : {false, true}) {
      const Judgement judgement = suite.judge(test, expectation.inputs, reversed);
      const bool good =
          judgement.accepted == expectation.accepted && judgement.rule == expectation.rule;
      EXPECT_TRUE(good) << title_of(test, expectation) << (reversed ? ", reversed" : "") << ": "
                        << to_string(judgement) << "; expected "
                        << (expectation.accepted ? "accepted" : "refused, " + expectation.rule);
      met = met && good;
    }
    return met;
  }

  const std::vector<Case> cases_ = parse_table(test::read_data("data/pkits/pkits.txt"));
};

TEST_F(Pkits, TableNamesEveryTestOfItsSections) {
  const std::vector<std::pair<std::string, std::size_t>> sections{
      {"4.1", 6},  {"4.2", 8}, {"4.3", 11},  {"4.4", 21},  {"4.5", 8},   {"4.6", 17},  {"4.7", 5},
      {"4.8", 20}, {"4.9", 8}, {"4.10", 14}, {"4.11", 11}, {"4.12", 10}, {"4.13", 38}, {"4.16", 2}};
  auto next = cases_.begin();
  for (const auto& section : sections) {
    for (std::size_t i = 1; i <= section.second; ++i, ++next) {
      ASSERT_NE(next, cases_.end());
      EXPECT_EQ(next->number, section.first + "." + std::to_string(i));
      EXPECT_FALSE(next->path.empty() || next->crls.empty()) << next->number;
      EXPECT_FALSE(next->expectations.empty()) << next->number;
    }
  }
  EXPECT_EQ(next, cases_.end());
}

std::string refusal(std::string_view table) {
  try {
    parse_table(table);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}

TEST(PkitsTable, RefusesWhatItDoesNotUnderstandByLine) {
  EXPECT_EQ(refusal("4.1.1 Title\n  path A\n  # a comment\n\n  accept | explicit policies 1\n"),
            "");
  EXPECT_EQ(refusal("  path A"), "line 1: it belongs to no test");
  EXPECT_EQ(refusal("4.1.1 Title\n  paths A"), "line 2: not understood: paths");
  EXPECT_EQ(refusal("4.1.1 Title\n  refuse"), "line 2: a refusal, and only that, has a rule");
  EXPECT_EQ(refusal("4.1.1 Title\n  accept validity"),
            "line 2: a refusal, and only that, has a rule");
  EXPECT_EQ(refusal("4.1.1 Title\n  accept | all"), "line 2: no input all");
  EXPECT_EQ(refusal("4.1.1 Title\n  accept | policies 0"), "line 2: no policy 0");
  EXPECT_EQ(refusal("4.1.1 Title\n  accept | policies"), "line 2: no policies are named");
}

// The titles of all but the policy tests say what the verdict must be.
TEST_F(Pkits, TableAgreesWithTheTitles) {
  for (const Case& test : cases_) {
    for (const Expectation& expectation : test.expectations) {
      if (!expectation.inputs_text.empty()) continue;
      if (test.title.starts_with("Valid ")) {
        EXPECT_TRUE(expectation.accepted) << test.number;
      }
      if (test.title.starts_with("Invalid ")) {
        EXPECT_FALSE(expectation.accepted) << test.number;
      }
    }
  }
}

TEST_F(Pkits, EveryVerdictIsTheExpectedOneForTheExpectedReason) {
  if (!std::filesystem::is_directory(data_folder)) {
    GTEST_SKIP() << "Debian's package python3-cryptography-vectors is not installed";
  }
  const Suite suite;
  ASSERT_EQ(suite.anchors(), 1u);
  Tally all;
  std::vector<std::pair<std::string, Tally>> sections;
  for (const Case& test : cases_) {
    if (sections.empty() || sections.back().first != section_of(test)) {
      sections.emplace_back(section_of(test), Tally{});
    }
    for (Tally* tally : {&all, &sections.back().second}) {
      ++tally->tests;
      if (!test.left_out.empty()) ++tally->left_out;
    }
    if (!test.left_out.empty()) {
      std::cout << "PKITS: left out: " << test.number << " " << test.title << ": " << test.left_out
                << "\n";
      continue;
    }
    for (const Expectation& expectation : test.expectations) {
      const bool met = is_met(suite, test, expectation);
      for (Tally* tally : {&all, &sections.back().second}) {
        ++tally->run;
        if (met) ++tally->passed;
      }
    }
  }
  for (const auto& section : sections) section.second.print(section.first);
  std::cout << "PKITS: left out: 4.14 and 4.15: CRLs that are split, indirect or delta\n";
  all.print("all");
}

}  // namespace
}  // namespace glasstls::x509::pkits
