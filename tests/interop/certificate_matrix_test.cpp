// Chains with known verdicts, judged by us and by other verifiers, as a table in the test's log.
//
// Ours must be the verdict that the chain deserves. The others may differ, for a reason that
// tests/data/interop/disagreements.txt tells; what it does not tell fails the test.
#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tests/interop/certificate_cases.h"
#include "tests/interop/verifiers.h"

namespace glasstls::test {
namespace {

using Json = nlohmann::json;

std::string data_file(const std::string& name) {
  return std::string(GLASSTLS_TEST_DATA) + "/data/interop/" + name;
}

std::string word_for(Opinion opinion) {
  if (opinion == Opinion::none) return "-";
  return opinion == Opinion::trusted ? "trusted" : "refused";
}

/// A line "CASES | VERIFIERS | OPINION | because": CASES is a name ("zoo/expired"), the beginning of
/// names ("corpus/*") or a rule that is broken ("rule: name").
struct Explanation {
  std::string cases, verifiers, opinion, because;

  bool is_about(const CertificateCase& one, std::string_view who, Opinion said) const {
    return opinion == word_for(said) && names(who) && covers(one);
  }

 private:
  bool names(std::string_view who) const {
    std::istringstream words(verifiers);
    return std::find(std::istream_iterator<std::string>(words),
                     std::istream_iterator<std::string>(),
                     who) != std::istream_iterator<std::string>();
  }
  bool covers(const CertificateCase& one) const {
    if (cases.starts_with("rule: ")) return cases.substr(6) == one.rule;
    if (cases.ends_with('*')) return one.name.starts_with(cases.substr(0, cases.size() - 1));
    return cases == one.name;
  }
};

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(' ');
  return begin == std::string::npos ? ""
                                    : text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

std::vector<Explanation> read_explanations() {
  std::vector<Explanation> explanations;
  std::ifstream file(data_file("disagreements.txt"));
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream parts(line);
    Explanation one;
    for (std::string* part : {&one.cases, &one.verifiers, &one.opinion, &one.because}) {
      std::getline(parts, *part, '|');
      *part = trimmed(*part);
    }
    EXPECT_FALSE(one.because.empty()) << "disagreements.txt: " << line;
    explanations.push_back(std::move(one));
  }
  return explanations;
}

struct Column {
  const Verifier* verifier;
  std::vector<Judgement> judgements;
};

class Matrix {
 public:
  Matrix(std::vector<CertificateCase> cases, const TemporaryFolder& work)
      : cases_(std::move(cases)), explanations_(read_explanations()) {
    for (const Verifier& verifier : verifiers()) {
      if (!verifier.program.empty() && find_program(std::string(verifier.program)).empty()) {
        missing_ += fmt::format("{}{} (package {})", missing_.empty() ? "" : ", ", verifier.program,
                                verifier.package);
      } else {
        columns_.push_back({&verifier, verifier.judge(cases_, work)});
      }
    }
  }

  void print() const {
    std::string table = fmt::format("{:44} {:8}", "", "deserves");
    for (const Column& column : columns_) table += fmt::format(" {:8}", column.verifier->name);
    for (std::size_t row = 0; row < cases_.size(); ++row) {
      table += fmt::format("\n{:44} {:8}", cases_[row].name, word_for(deserved(row)));
      for (const Column& column : columns_)
        table += fmt::format(" {:8}", word_for(column.judgements[row].opinion));
    }
    std::cout << table << "\n";
  }

  /// Prints the disagreements with their reasons; fails for those that have none.
  void explain() const {
    for (std::size_t row = 0; row < cases_.size(); ++row)
      for (const Column& column : columns_) explain(row, column);
  }

  const std::string& missing() const { return missing_; }

 private:
  Opinion deserved(std::size_t row) const {
    return cases_[row].expected ? Opinion::trusted : Opinion::refused;
  }

  void explain(std::size_t row, const Column& column) const {
    const CertificateCase& one = cases_[row];
    const Judgement& judgement = column.judgements[row];
    if (judgement.opinion == deserved(row)) return;
    const std::string_view who = column.verifier->name;
    const bool is_ours = column.verifier->program.empty();
    if (judgement.opinion == Opinion::none && !is_ours) {
      std::cout << one.name << ": " << who << ": not asked: " << judgement.words << "\n";
      return;
    }
    const std::string what = fmt::format("{}: {}: {}", one.name, who, word_for(judgement.opinion));
    for (const Explanation& explanation : explanations_) {
      if (is_ours || !explanation.is_about(one, who, judgement.opinion)) continue;
      std::cout << what << ", because " << explanation.because << "\n";
      return;
    }
    ADD_FAILURE() << what << ", which nothing explains; it deserves " << word_for(deserved(row))
                  << (one.why.empty() ? "" : ": ") << one.why << "\n  it said: " << judgement.words;
  }

  std::vector<CertificateCase> cases_;
  std::vector<Explanation> explanations_;
  std::vector<Column> columns_;
  std::string missing_;
};

void judge(std::vector<CertificateCase> cases, const TemporaryFolder& work) {
  ASSERT_FALSE(cases.empty());
  const Matrix matrix(std::move(cases), work);
  matrix.print();
  matrix.explain();
  if (!matrix.missing().empty()) GTEST_SKIP() << "not installed: " << matrix.missing();
}

/// Runs a program that must succeed.
void must_run(Words command) {
  Process process(std::move(command));
  process.end_input();
  ASSERT_EQ(process.wait(), 0) << process.describe();
}

void must_run_glasstls(const Words& arguments) {
  const Client result = run_glasstls(arguments);
  ASSERT_EQ(result.exit_code, 0) << result.all;
}

/// An entry of a manifest: trusted, strictly and now.
Json good(const std::string& name, const std::string& folder, const std::string& who) {
  return {{"name", name},
          {"chain", folder + (who == "server" ? "/server-chain.pem" : "/client-cert.pem")},
          {"key", folder + "/" + who + "-key.pem"},
          {"roots", {folder + "/ca-cert.pem"}},
          {"purpose", who},
          {"server_name", who == "server" ? Json("localhost") : Json()},
          {"profile", "strict"},
          {"expected", "trusted"}};
}

TEST(CertificateMatrix, JudgesTheCorpusOfTheTests) {
  const TemporaryFolder work;
  judge(read_manifest("corpus", data_file("corpus.json"), work), work);
}

TEST(CertificateMatrix, JudgesTheZoo) {
  const TemporaryFolder work;
  const std::string zoo = work.file("zoo");
  must_run_glasstls({"cert", "zoo", zoo});
  if (HasFatalFailure()) return;
  judge(read_manifest("zoo", zoo + "/manifest.json", work), work);
}

TEST(CertificateMatrix, JudgesTheLab) {
  const TemporaryFolder work;
  Json cases = Json::array();
  const auto make = [&](const std::string& name, const Words& options) {
    Words arguments = {"cert", "lab", work.file(name)};
    arguments.insert(arguments.end(), options.begin(), options.end());
    must_run_glasstls(arguments);
    for (const std::string who : {"server", "client"})
      cases.push_back(good(name + "-" + who, name, who));
    cases.push_back(good(name + "-server-by-address", name, "server"));
    cases.back()["server_name"] = "127.0.0.1";
  };
  make("rsa", {"--key", "rsa"});
  make("ec", {"--key", "ec"});
  make("intermediate", {"--key", "ec", "--intermediate"});
  if (HasFatalFailure()) return;
  const std::string manifest = work.write("lab.json", Json{{"cases", cases}}.dump());
  judge(read_manifest("lab", manifest, work), work);
}

/// The steps that every tutorial shows: a CA's key and certificate, a server's key, its request, and
/// the certificate that the CA issues for it.
void openssl_tutorial(const TemporaryFolder& work, const std::string& name,
                      const std::string& extensions) {
  const auto file = [&](const std::string& kind) { return work.file(name + "-" + kind + ".pem"); };
  must_run({"openssl", "genrsa", "-out", file("ca-key"), "2048"});
  must_run({"openssl", "req", "-x509", "-new", "-key", file("ca-key"), "-subj", "/CN=Tutorial CA",
            "-days", "30", "-out", file("ca-cert")});
  must_run({"openssl", "genrsa", "-out", file("key"), "2048"});
  must_run({"openssl", "req", "-new", "-key", file("key"), "-subj", "/CN=localhost", "-out",
            file("request")});
  Words issue = {"openssl",       "x509",
                 "-req",          "-in",
                 file("request"), "-CA",
                 file("ca-cert"), "-CAkey",
                 file("ca-key"),  "-CAcreateserial",
                 "-days",         "30",
                 "-out",          file("cert")};
  if (!extensions.empty())
    issue.insert(issue.end(), {"-extfile", work.write(name + ".cnf", extensions)});
  must_run(issue);
}

Json of_tutorial(const std::string& name, const std::string& broken) {
  return {{"name", name},
          {"chain", name + "-cert.pem"},
          {"key", name + "-key.pem"},
          {"roots", {name + "-ca-cert.pem"}},
          {"server_name", "localhost"},
          {"rule", broken},
          {"expected", broken.empty() ? "trusted" : "refused"}};
}

TEST(CertificateMatrix, JudgesTheTutorialsFiles) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const TemporaryFolder work;
  openssl_tutorial(work, "without-extensions", "");
  openssl_tutorial(work, "with-name", "subjectAltName=DNS:localhost\n");
  openssl_tutorial(work, "in-full",
                   "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n"
                   "extendedKeyUsage=serverAuth\nsubjectAltName=DNS:localhost\n"
                   "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n");
  if (HasFatalFailure()) return;
  const Json manifest = {{"cases",
                          {of_tutorial("without-extensions", "version"),
                           of_tutorial("with-name", ""), of_tutorial("in-full", "")}}};
  judge(read_manifest("tutorial", work.write("tutorial.json", manifest.dump()), work), work);
}

TEST(CertificateMatrix, JudgesTheTutorialsFilesMadeByUs) {
  const TemporaryFolder work;
  const auto file = [&](const std::string& kind) { return work.file("ours-" + kind + ".pem"); };
  must_run_glasstls({"cert", "ca", "--subject", "CN=Tutorial CA", "--key-out", file("ca-key"),
                     "--out", file("ca-cert")});
  must_run_glasstls({"cert", "request", "--name", "localhost", "--key-out", file("key"), "--out",
                     file("request")});
  must_run_glasstls({"cert", "issue", "--ca", file("ca-cert"), "--ca-key", file("ca-key"),
                     "--request", file("request"), "--copy-extensions", "--out", file("cert")});
  if (HasFatalFailure()) return;
  Json one = of_tutorial("ours", "");
  one["profile"] = "strict";
  const Json manifest = {{"cases", {one}}};
  judge(read_manifest("tutorial", work.write("tutorial.json", manifest.dump()), work), work);
}

}  // namespace
}  // namespace glasstls::test
