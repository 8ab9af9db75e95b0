#include "inspect/json.h"

#include <gtest/gtest.h>
#include <memory>
#include <nlohmann/json.hpp>

#include "inspect/recorder.h"
#include "tests/inspect/samples.h"
#include "tests/support/peers.h"

namespace glasstls::inspect {
namespace {

using Json = nlohmann::json;

struct Recorded {
  Recording document;
  AgreementFacts agreement;
};

Recorded whole_connection(bool expose_secrets) {
  RecorderOptions bounds;
  bounds.expose_secrets = expose_secrets;
  bounds.application_data = 3;
  const auto recorder = std::make_shared<Recorder>(bounds);
  test::ClientOptions options;
  options.observers = {recorder};
  test::Peers peers({}, options);
  peers.complete_handshake();
  peers.client.write(wire::as_bytes("one"));
  peers.client.write(wire::as_bytes("two"));
  peers.pump();
  return {recorder->recording(), facts_of(peers.find<tls::HandshakeCompleted>()->agreement)};
}

TEST(Json, HoldsTheReport) {
  const Recorded run = whole_connection(false);
  Report report;
  report.target = "server.test:443";
  report.name = "server.test";
  report.remote = "192.0.2.1:443";
  report.agreement = run.agreement;
  report.bytes_sent = 6;
  report.remarks = {"a remark"};
  const Json json = Json::parse(to_json(report, run.document));

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
  connection.agreement = whole_connection(false).agreement;
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

TEST(Json, HoldsTheDocumentsTables) {
  const Recorded run = whole_connection(false);
  const Json document = Json::parse(to_json({}, run.document))["document"];

  ASSERT_EQ(document["entries"].size(), run.document.entries.size());
  EXPECT_EQ(document["records"].size(), run.document.records.size());
  EXPECT_EQ(document["messages"].size(), run.document.messages.size());
  for (const Json& entry : document["entries"]) {
    const std::string table = entry["kind"].get<std::string>() + "s";
    EXPECT_LT(entry["id"].get<std::size_t>(), document[table].size());
  }

  const Json& hello = document["messages"][0];
  EXPECT_EQ(hello["name"], "ClientHello");
  EXPECT_EQ(hello["direction"], "sent");
  EXPECT_EQ(hello["section"], "RFC 5246, 7.4.1.2");
  EXPECT_EQ(hello["bytes"], wire::hex(run.document.messages[0].bytes));
  EXPECT_TRUE(hello["stopped_at"].is_null());
  EXPECT_EQ(hello["fields"][0]["name"], "msg_type");
  EXPECT_EQ(hello["fields"][0]["number"], 1);
  EXPECT_EQ(hello["fields"][0]["text"], "client_hello");
  EXPECT_EQ(hello["fields"][0]["end"], 1);

  const Json& record = document["records"][0];
  EXPECT_EQ(record["type"]["name"], "handshake");
  EXPECT_TRUE(record["protection"].is_null());
  const Json& last = document["records"].back();
  EXPECT_EQ(last["protection"]["authentic"], true);
  EXPECT_EQ(last["protection"]["nonce"].get<std::string>().size(), 24U);
  EXPECT_EQ(last["protection"]["additional_data"].get<std::string>().size(), 26U);

  EXPECT_EQ(document["transitions"][0]["from"], "WaitServerHello");
  EXPECT_EQ(document["omitted"]["sent"]["application_data_records"], 1);
  EXPECT_EQ(document["omitted"]["sent"]["application_data_bytes"], 3);
}

TEST(Json, HoldsValuesOfSecretsOnlyIfTheDocumentDoes) {
  const Json closed = Json::parse(to_json({}, whole_connection(false).document));
  const Json open = Json::parse(to_json({}, whole_connection(true).document));
  ASSERT_FALSE(closed["document"]["secrets"].empty());
  EXPECT_EQ(closed["document"]["secrets"][0]["name"], "ephemeral_private_key");
  for (const Json& secret : closed["document"]["secrets"]) EXPECT_TRUE(secret["value"].is_null());
  for (const Json& secret : open["document"]["secrets"]) EXPECT_TRUE(secret["value"].is_string());
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
  const Json failure = Json::parse(to_json(report, {}))["outcome"]["failure"];
  EXPECT_EQ(failure["cause"], "certificate");
  EXPECT_EQ(failure["alert"], "unknown_ca");
  EXPECT_EQ(failure["alert_received"], false);
  EXPECT_EQ(failure["offset"], 7);
  EXPECT_TRUE(failure["field"].is_null());
  EXPECT_EQ(failure["verdict"]["checks"][0]["outcome"], "failed");
  EXPECT_TRUE(failure["verdict"]["checks"][0]["certificate"].is_null());
  EXPECT_FALSE(failure["guess"]["advice"].get<std::string>().empty());
}

TEST(Json, ReplacesBytesThatAreNotUtf8) {
  Recorder recorder;
  test::tell_text(recorder,
                  "a\xff\x1b"
                  "b");
  test::tell_transition(recorder, "\xc3");
  const std::string text = to_json({}, recorder.recording());
  const Json document = Json::parse(text)["document"];
  EXPECT_EQ(document["messages"][0]["fields"][0]["text"],
            "a\uFFFD\u001b"
            "b");
  EXPECT_EQ(document["transitions"][0]["reason"], "\uFFFD");
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

TEST(Json, ShowsWhatCouldNotBeReadAsMissing) {
  Recorder recorder;
  test::tell_cut_message(recorder);
  wire::RecordSeen seen{
      Direction::received, static_cast<ContentType>(99), ProtocolVersion::tls12, {}, {}};
  seen.is_protected = true;
  seen.authentic = false;
  recorder.record(seen);
  const Json document = Json::parse(to_json({}, recorder.recording()))["document"];
  EXPECT_EQ(document["messages"][0]["stopped_at"], 1);
  EXPECT_TRUE(document["messages"][0]["fields"][1]["end"].is_null());
  EXPECT_TRUE(document["records"][0]["plaintext"].is_null());
  EXPECT_TRUE(document["records"][0]["type"]["name"].is_null());
  EXPECT_EQ(document["records"][0]["type"]["number"], 99);
}

}  // namespace
}  // namespace glasstls::inspect
