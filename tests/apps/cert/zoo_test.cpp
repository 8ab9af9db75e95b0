// Our verifier must reach every verdict of the zoo, by the rule that the zoo names.
#include "apps/cert/zoo.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/support/test_random.h"
#include "x509/crl.h"
#include "x509/private_key.h"
#include "x509/verify.h"

namespace glasstls::apps {
namespace {

using Json = nlohmann::json;

/// One zoo for all tests: its RSA keys take their time.
struct Keeper {
  Keeper() {
    test::TestRandom random("zoo");
    zoo = make_zoo(random);
    manifest = Json::parse(zoo.manifest);
    for (const ZooFile& file : zoo.files) files[file.name] = file.pem;
    for (const Json& one : manifest["cases"]) cases[one["name"]] = one;
  }
  View file(const std::string& name) const { return wire::as_bytes(files.at(name)); }

  Zoo zoo;
  Json manifest;
  std::map<std::string, std::string> files;
  std::map<std::string, Json> cases;
};

const Keeper& keeper() {
  static const Keeper all;
  return all;
}

x509::Time time_of(const std::string& iso) {
  std::string digits;
  std::copy_if(iso.begin(), iso.end(), std::back_inserter(digits),
               [](char c) { return c >= '0' && c <= '9'; });
  return x509::parse_generalized_time(digits + "Z").value();
}

struct Outcome {
  bool trusted = false;
  std::string rule, told;
};

/// What whoever reads the manifest does.
class Judge {
 public:
  explicit Judge(const Json& manifest) : case_(manifest) {
    take(case_["leaf"]);
    for (const Json& file : case_["untrusted"]) take(file);
    for (const Json& file : case_["roots"]) {
      const auto skipped = roots_.add(keeper().file(file));
      EXPECT_TRUE(skipped.empty());
    }
    for (const Json& file : case_["crls"]) {
      auto lists = x509::parse_crls(keeper().file(file));
      crls_.insert(crls_.end(), lists.value().begin(), lists.value().end());
    }
  }

  Outcome judge(const std::string& profile) const {
    if (!malformed_.empty()) return {false, "encoding", malformed_};
    x509::VerifyRequest request;
    request.chain = chain_;
    request.roots = &roots_;
    if (!case_["server_name"].is_null())
      request.name = x509::ServerName::parse(std::string(case_["server_name"])).value();
    request.at = time_of(case_["time"]);
    request.purpose = case_["purpose"] == "client" ? x509::Purpose::client : x509::Purpose::server;
    request.profile = profile == "strict" ? x509::Profile::strict : x509::Profile::standard;
    request.crls = crls_;
    request.require_crl = case_["require_crl"];
    const x509::Verdict verdict = x509::verify(request);
    if (verdict.trusted) return {true, "", verdict.summary};
    return {false, std::string(x509::name_of(verdict.path().failure()->rule)), verdict.summary};
  }

 private:
  void take(const std::string& file) {
    auto certificates = x509::parse_certificates(keeper().file(file));
    if (!certificates)
      malformed_ = file + ": " + certificates.error().what;
    else
      chain_.push_back(certificates->front());
  }

  const Json& case_;
  std::vector<x509::Certificate> chain_;
  x509::TrustStore roots_;
  std::vector<x509::CertificateList> crls_;
  std::string malformed_;
};

class ZooVerdict : public testing::TestWithParam<std::string> {};

TEST_P(ZooVerdict, IsReachedByTheRuleThatTheManifestNames) {
  const Json& one = keeper().cases.at(GetParam());
  const Outcome outcome = Judge(one).judge(one["profile"]);
  EXPECT_EQ(outcome.trusted ? "trusted" : "refused", std::string(one["expected"])) << outcome.told;
  EXPECT_EQ(outcome.rule, one.value("rule", Json()).is_null() ? "" : std::string(one["rule"]))
      << outcome.told;
}

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const ZooCase& one : zoo_cases()) all.emplace_back(one.name);
  return all;
}

INSTANTIATE_TEST_SUITE_P(Zoo, ZooVerdict, testing::ValuesIn(names()),
                         [](const testing::TestParamInfo<std::string>& one) {
                           std::string name = one.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(Zoo, HoldsStrictCasesThatOnlyTheStrictProfileRefuses) {
  std::size_t held = 0;
  for (const auto& [name, one] : keeper().cases) {
    if (one["profile"] != "strict") continue;
    ++held;
    EXPECT_TRUE(Judge(one).judge("standard").trusted) << name;
  }
  EXPECT_GE(held, 6U);
}

TEST(Zoo, SaysOfEveryCaseWhatAReaderNeeds) {
  EXPECT_EQ(keeper().manifest["schema"], 1);
  std::set<std::string> seen;
  for (const Json& one : keeper().manifest["cases"]) {
    const std::string name = one["name"];
    EXPECT_TRUE(seen.insert(name).second) << name;
    EXPECT_NE(one["why"], "") << name;
    EXPECT_NE(one["section"], "") << name;
    EXPECT_EQ(one["expected"] == "trusted", one["rule"].is_null()) << name;
    EXPECT_EQ(one["expected"] == "trusted", name.starts_with("good")) << name;
  }
  EXPECT_EQ(seen.size(), zoo_cases().size());
}

TEST(Zoo, WritesNoFileThatNoCaseUses) {
  std::set<std::string> used;
  for (const Json& one : keeper().manifest["cases"]) {
    used.insert(std::string(one["leaf"]));
    for (const char* list : {"untrusted", "roots", "crls"})
      for (const Json& file : one[list]) used.insert(std::string(file));
  }
  std::set<std::string> written;
  for (const auto& [name, pem] : keeper().files) written.insert(name);
  EXPECT_EQ(used, written);
}

TEST(Zoo, GivesTheKeyOfItsLeaves) {
  const auto key = x509::parse_private_key(keeper().zoo.key.reveal());
  ASSERT_TRUE(key);
  const auto leaf = x509::parse_certificates(keeper().file("good.pem"));
  EXPECT_EQ(key->public_key(), *leaf->front().public_key().key);
  EXPECT_EQ(keeper().cases.at("good")["key"], "leaf-key.pem");
  EXPECT_FALSE(keeper().cases.at("weak-key").contains("key"));
}

TEST(Zoo, IsTheSameFromTheSameRandomness) {
  test::TestRandom random("zoo");
  EXPECT_EQ(make_zoo(random).manifest, keeper().zoo.manifest);
}

TEST(ZooReplacement, RefusesToSpoilNothing) {
  EXPECT_EQ(replaced({1, 2, 3, 2}, Bytes{2}, Bytes{4, 4}), (Bytes{1, 4, 4, 3, 4, 4}));
  EXPECT_THROW(replaced({1, 2}, Bytes{3}, Bytes{4}), std::logic_error);
}

}  // namespace
}  // namespace glasstls::apps
