#include "inspect/json.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/peers.h"

namespace glasstls::inspect {
namespace {

using Json = nlohmann::json;

AgreementFacts agreed() {
  test::Peers peers;
  peers.complete_handshake();
  return facts_of(peers.find<tls::HandshakeCompleted>()->agreement);
}

TEST(Json, HoldsTheReport) {
  Report report;
  report.target = "server.test:443";
  report.name = "server.test";
  report.remote = "192.0.2.1:443";
  report.agreement = agreed();
  report.bytes_sent = 6;
  report.remarks = {"a remark"};
  const Json json = Json::parse(to_json({report}, {}));

  EXPECT_EQ(json["schema"], 1);
  EXPECT_EQ(json["connection"]["target"], "server.test:443");
  EXPECT_EQ(json["connection"]["agreement"]["version"], "TLS 1.2");
  EXPECT_EQ(json["connection"]["agreement"]["group"], "x25519");
  EXPECT_EQ(json["connection"]["agreement"]["extended_master_secret"], true);
  EXPECT_EQ(json["connection"]["agreement"]["peer_chain"].size(), 1U);
  EXPECT_EQ(json["connection"]["agreement"]["verdict"]["trusted"], true);
  EXPECT_EQ(json["outcome"]["exit_code"], 0);
  EXPECT_TRUE(json["outcome"]["failure"].is_null());
  EXPECT_EQ(json["outcome"]["remarks"][0], "a remark");
  EXPECT_EQ(json["application_data"]["bytes_sent"], 6);
}

TEST(Json, HoldsAServersConnectionInOneLine) {
  ConnectionFacts connection;
  connection.number = 3;
  connection.peer = "192.0.2.1:50000";
  connection.agreement = agreed();
  connection.outcome = "failed";
  connection.failure.emplace();
  connection.failure->cause = "protocol";
  connection.failure->eliminations = {"x25519: the client does not offer it"};
  connection.remarks = {"a remark\nof two lines"};
  connection.bytes_received = 1;
  connection.bytes_sent = 2;
  const std::string text = to_json_line(connection);
  EXPECT_EQ(text.find('\n'), text.size() - 1);

  const Json line = Json::parse(text);
  EXPECT_EQ(line["schema"], 1);
  EXPECT_EQ(line["connection"], 3);
  EXPECT_EQ(line["peer"], "192.0.2.1:50000");
  EXPECT_EQ(line["agreement"]["resumed"], "none");
  EXPECT_EQ(line["agreement"]["server_name"], "server.test");
  EXPECT_TRUE(line["agreement"]["application_protocol"].is_null());
  EXPECT_EQ(line["agreement"]["client_certificate_requested"], false);
  EXPECT_TRUE(line["agreement"]["client_signature_scheme"].is_null());
  EXPECT_TRUE(line["agreement"]["peer_record_size_limit"].is_null());
  EXPECT_EQ(line["outcome"], "failed");
  EXPECT_TRUE(line["error"].is_null());
  EXPECT_EQ(line["failure"]["eliminations"][0], "x25519: the client does not offer it");
  EXPECT_EQ(line["remarks"][0], "a remark\nof two lines");
  EXPECT_EQ(line["bytes_received"], 1);
  EXPECT_EQ(line["bytes_sent"], 2);
}

TEST(Json, ShowsBytesThatAreNoText) {
  ConnectionFacts connection;
  connection.agreement.emplace();
  connection.agreement->application_protocol = "\xff\x01";
  const Json line = Json::parse(to_json_line(connection));
  EXPECT_EQ(line["agreement"]["application_protocol"], "\xef\xbf\xbd\x01");
}

TEST(Json, HoldsAFailureWithItsVerdictAndGuess) {
  tls::Failed failed;
  failed.cause = tls::Failed::Cause::certificate;
  failed.alert = AlertDescription::unknown_ca;
  failed.reason = "no path";
  failed.offset = 7;
  failed.verdict.emplace();
  failed.verdict->paths.push_back({{},
                                   false,
                                   {{x509::Rule::path_to_anchor,
                                     x509::Outcome::failed,
                                     std::nullopt,
                                     {},
                                     "no issuer",
                                     "RFC 5280, 6.1",
                                     AlertDescription::unknown_ca}}});
  Report report;
  report.exit_code = 7;
  report.failure = facts_of(failed);
  const Json failure = Json::parse(to_json({report}, {}))["outcome"]["failure"];
  EXPECT_EQ(failure["cause"], "certificate");
  EXPECT_EQ(failure["alert"], "unknown_ca");
  EXPECT_EQ(failure["alert_received"], false);
  EXPECT_EQ(failure["offset"], 7);
  EXPECT_TRUE(failure["field"].is_null());
  EXPECT_EQ(failure["verdict"]["checks"][0]["outcome"], "failed");
  EXPECT_TRUE(failure["verdict"]["checks"][0]["certificate"].is_null());
  EXPECT_FALSE(failure["guess"]["advice"].get<std::string>().empty());
}

TEST(Json, HoldsTheDocumentOfEachConnectionThatHasOne) {
  Report first, second, third;
  third.target = "third";
  Document document;
  document.connection.number = 7;
  const Json json = Json::parse(to_json({first, second, third}, {document, document}));
  EXPECT_EQ(json["document"]["connection"]["number"], 7);
  ASSERT_EQ(json["reconnections"].size(), 2U);
  EXPECT_EQ(json["reconnections"][0]["document"]["connection"]["number"], 7);
  EXPECT_EQ(json["reconnections"][1]["connection"]["target"], "third");
  EXPECT_TRUE(json["reconnections"][1]["document"].is_null());
}

}  // namespace
}  // namespace glasstls::inspect
