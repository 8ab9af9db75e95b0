#include "tests/interop/verifiers.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

namespace glasstls::test {

namespace {

using Json = nlohmann::json;

bool is_address(const std::string& name) {
  return name.find(':') != std::string::npos ||
         name.find_first_not_of("0123456789.") == std::string::npos;
}

/// The first line that holds `mark`, from there on; the last line of all if none does.
std::string line_with(const std::string& text, std::string_view mark) {
  std::istringstream lines(text);
  std::string found;
  std::string last;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t at = line.find(mark);
    if (at != std::string::npos && found.empty()) found = line.substr(at);
    if (!line.empty()) last = line;
  }
  return found.empty() ? last : found;
}

struct Run {
  int exit_code = 0;
  std::string output;  // and error
};

Run run(Words command) {
  Process process(std::move(command));
  process.end_input();
  Run result;
  result.exit_code = process.wait();
  result.output = process.output() + process.error();
  return result;
}

using JudgeOne = Judgement(const CertificateCase&);

template <JudgeOne judge>
std::vector<Judgement> one_by_one(std::span<const CertificateCase> cases, const TemporaryFolder&) {
  std::vector<Judgement> judgements;
  for (const CertificateCase& one : cases) judgements.push_back(judge(one));
  return judgements;
}

/// `glasstls cert verify`. Any end but the two that are verdicts is shown as none.
Judgement ours(const CertificateCase& one) {
  Words arguments = {"cert", "verify", "--ca", one.roots, "--purpose", one.purpose};
  const auto add = [&](bool when, std::initializer_list<std::string> words) {
    if (when) arguments.insert(arguments.end(), words);
  };
  add(one.has_untrusted, {"--untrusted", one.untrusted});
  add(one.has_crls, {"--crl", one.crls});
  add(one.require_crl, {"--require-crl"});
  add(!one.time.empty(), {"--at", one.time});
  add(!one.server_name.empty(), {"--name", one.server_name});
  add(one.strict, {"--strict"});
  arguments.push_back(one.leaf);
  const Client result = run_glasstls(arguments);
  const std::string said = result.output + result.error;
  const std::string words = said.substr(0, said.find('\n'));
  if (result.exit_code == 0) return {Opinion::trusted, words};
  if (result.exit_code == 7) return {Opinion::refused, words};
  return {Opinion::none, "exit " + std::to_string(result.exit_code) + ": " + words};
}

/// Any policy will do where one is required: no set would be the empty one. Security level 2 is what
/// Debian's and Ubuntu's OpenSSL use for TLS.
Judgement openssl(const CertificateCase& one) {
  Words command = {"openssl",    "verify",      "-x509_strict", "-policy_check",
                   "-policy",    "2.5.29.32.0", "-auth_level",  "2",
                   "-no-CApath", "-no-CAstore", "-CAfile",      one.roots};
  const auto add = [&](bool when, std::initializer_list<std::string> words) {
    if (when) command.insert(command.end(), words);
  };
  add(true, {"-purpose", one.purpose == "client" ? "sslclient" : "sslserver"});
  add(one.has_untrusted, {"-untrusted", one.untrusted});
  add(one.has_crls, {"-crl_check_all", "-CRLfile", one.crls});
  if (!one.time.empty()) add(true, {"-attime", epoch_seconds(one.time)});
  add(!one.server_name.empty(),
      {is_address(one.server_name) ? "-verify_ip" : "-verify_hostname", one.server_name});
  command.push_back(one.leaf);
  const Run result = run(std::move(command));
  const Opinion opinion = result.exit_code == 0 ? Opinion::trusted : Opinion::refused;
  return {opinion, line_with(result.output, "lookup: ")};
}

/// It judges by the time that it is; medium are keys as strong as RSA of 2048 bits.
Judgement certtool(const CertificateCase& one) {
  Words command = {"certtool",         "--verify", "--load-ca-certificate",
                   one.roots,          "--infile", one.chain,
                   "--verify-profile", "medium",   "--verify-purpose"};
  command.emplace_back(one.purpose == "client" ? "1.3.6.1.5.5.7.3.2" : "1.3.6.1.5.5.7.3.1");
  if (!one.server_name.empty())
    command.insert(command.end(), {"--verify-hostname", one.server_name});
  const Run result = run(std::move(command));
  const Opinion opinion = result.exit_code == 0 ? Opinion::trusted : Opinion::refused;
  return {opinion, line_with(result.output, "Chain verification output: ")};
}

/// It is asked about the chain alone, at the time that it is. Of each file it reads one certificate.
Judgement botan(const CertificateCase& one) {
  Words command = {"botan", "cert_verify", one.leaf, one.roots};
  command.insert(command.end(), one.each_untrusted.begin(), one.each_untrusted.end());
  const Run result = run(std::move(command));
  const bool trusted = result.output.find("passes validation checks") != std::string::npos;
  return {trusted ? Opinion::trusted : Opinion::refused, line_with(result.output, "not validate")};
}

Opinion opinion_from(const std::string& word) {
  if (word == "trusted") return Opinion::trusted;
  return word == "refused" ? Opinion::refused : Opinion::none;
}

/// One run for all: the script makes a handshake for each.
std::vector<Judgement> python(std::span<const CertificateCase> cases, const TemporaryFolder& work) {
  Json questions = Json::array();
  for (const CertificateCase& one : cases)
    questions.push_back({{"chain", one.chain},
                         {"key", one.key},
                         {"roots", one.roots},
                         {"crls", one.has_crls ? one.crls : ""},
                         {"purpose", one.purpose},
                         {"server_name", one.server_name}});
  const std::string file = work.write("questions.json", questions.dump());
  const Run result =
      run({"python3", std::string(GLASSTLS_TEST_DATA) + "/interop/python_verify.py", file});
  if (result.exit_code != 0) throw std::runtime_error("python_verify.py: " + result.output);
  std::vector<Judgement> judgements;
  for (const Json& answer : Json::parse(result.output))
    judgements.push_back({opinion_from(answer.at("opinion")), answer.at("words")});
  return judgements;
}

constexpr std::array all_verifiers{
    Verifier{"ours", "", "", one_by_one<ours>},
    Verifier{"openssl", "openssl", "openssl", one_by_one<openssl>},
    Verifier{"certtool", "certtool", "gnutls-bin", one_by_one<certtool>},
    Verifier{"botan", "botan", "botan", one_by_one<botan>},
    Verifier{"python", "python3", "python3", python},
};

}  // namespace

std::span<const Verifier> verifiers() { return all_verifiers; }

}  // namespace glasstls::test
