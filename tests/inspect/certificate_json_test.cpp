#include "inspect/certificate_json.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/inspect/certificate_samples.h"

namespace glasstls::inspect {
namespace {

using Json = nlohmann::json;
using test::sample_der;
using test::sample_time;

TEST(CertificateJson, HasTheSchemaAndTheObjects) {
  std::vector<Explanation> objects{explain_certificate(sample_der("server-rsa.pem"), sample_time)};
  objects[0].source = "server-rsa.pem, certificate 1 (line 1)";
  const Json json = Json::parse(to_json("server-rsa.pem", objects, 0));
  EXPECT_EQ(json["schema"], 1);
  EXPECT_EQ(json["source"], "server-rsa.pem");
  EXPECT_EQ(json["exit_code"], 0);
  ASSERT_EQ(json["objects"].size(), 1U);
  const Json& object = json["objects"][0];
  EXPECT_EQ(object["kind"], "certificate");
  EXPECT_EQ(object["title"], "CN=test");
  EXPECT_EQ(object["source"], "server-rsa.pem, certificate 1 (line 1)");
  EXPECT_EQ(object["bytes"], wire::hex(sample_der("server-rsa.pem")));
  EXPECT_TRUE(object["error"].is_null());
}

TEST(CertificateJson, GivesStatementsWithTheirRange) {
  const std::vector<Explanation> objects{
      explain_certificate(sample_der("server-rsa.pem"), sample_time)};
  const Json json = Json::parse(to_json("x", objects, 0));
  for (const Json& statement : json["objects"][0]["statements"]) {
    if (statement["path"] != "validity.notAfter") continue;
    EXPECT_EQ(statement["value"], "2045-01-01 00:00:00 UTC");
    EXPECT_EQ(statement["range"]["offset"], 84);
    EXPECT_EQ(statement["range"]["length"], 15);
    return;
  }
  FAIL() << "no validity.notAfter";
}

TEST(CertificateJson, SaysWhereAMalformedOneIsBad) {
  Bytes bad = sample_der("server-ec256.pem");
  bad[82] = 'x';
  const std::vector<Explanation> objects{explain_certificate(bad, sample_time)};
  const Json json = Json::parse(to_json("x", objects, 2));
  EXPECT_EQ(json["exit_code"], 2);
  const Json& object = json["objects"][0];
  EXPECT_EQ(object["error"]["offset"], 80);
  EXPECT_EQ(object["error"]["section"], "RFC 5280, 4.1.2.5");
  EXPECT_TRUE(object["statements"].empty());
  EXPECT_EQ(object["fields"].back()["name"], "(not read)");
}

TEST(CertificateJson, IsValidWhateverTheNamesHold) {
  Explanation shown;
  shown.title = "\xff\xfe\x01";
  EXPECT_EQ(Json::parse(to_json("\xff", std::vector<Explanation>{shown}, 0))["schema"], 1);
}

}  // namespace
}  // namespace glasstls::inspect
