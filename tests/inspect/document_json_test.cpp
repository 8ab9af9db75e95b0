#include "inspect/document_json.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "inspect/make_document.h"
#include "inspect/redact.h"
#include "tests/inspect/recorded.h"

namespace glasstls::inspect {
namespace {

using Json = nlohmann::json;

Document recorded() {
  test::RecordedPeers peers(true);
  Recording recording = peers.connect().client;
  std::uint64_t at = 0;
  for (const Recording::Record& record : recording.records) {  // a segment for each record
    const Side side = recording.side_of(record.direction);
    recording.segments.push_back({side, record.stream_offset, record.wire.size(),
                                  1'735'689'600'000'000'000 + static_cast<std::int64_t>(at++), at});
  }
  return make_document(recording);
}

TEST(DocumentJson, HasEveryTableWithItsIds) {
  const Document document = recorded();
  const Json json = Json::parse(to_json(document));
  const std::pair<const char*, std::size_t> tables[] = {
      {"segments", document.segments.size()}, {"buffers", document.buffers.size()},
      {"records", document.records.size()},   {"messages", document.messages.size()},
      {"fields", document.fields.size()},     {"certificates", document.certificates.size()},
      {"secrets", document.secrets.size()},   {"transitions", document.transitions.size()},
      {"checks", document.checks.size()},     {"flights", document.flights.size()},
      {"events", document.events.size()}};
  for (const auto& [name, size] : tables) {
    ASSERT_EQ(json[name].size(), size) << name;
    EXPECT_GT(size, 0U) << name;
    for (std::size_t i = 0; i < size; ++i) EXPECT_EQ(json[name][i]["id"], i) << name;
  }
  EXPECT_EQ(json["machines"]["client"]["reached"], "Established");
  EXPECT_EQ(json["left_out"]["server"]["records"], 0);
}

TEST(DocumentJson, TellsTimesFromTheBeginning) {
  const Json json = Json::parse(to_json(recorded()));
  EXPECT_EQ(json["connection"]["begin"], "2025-01-01T00:00:00.000000000Z");
  EXPECT_EQ(json["records"][0]["time"], 0);
  EXPECT_EQ(json["records"][2]["time"], 2);
  EXPECT_EQ(json["segments"][2]["frame"], 3);
}

TEST(DocumentJson, TellsFieldsWithTheirBytesAndValues) {
  const Document document = recorded();
  const Json json = Json::parse(to_json(document));
  std::size_t seen = 0;
  for (const Json& field : json["fields"]) {
    if (field["path"] == "ServerHello.cipher_suite") {
      ++seen;
      EXPECT_EQ(field["kind"], "number");
      EXPECT_EQ(field["number"]["number"], 0xc030);
      EXPECT_EQ(field["number"]["name"], "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
      const std::string bytes =
          json["buffers"][field["range"]["buffer"].get<std::size_t>()]["bytes"];
      EXPECT_EQ(bytes.substr(2 * field["range"]["offset"].get<std::size_t>(), 4), "c030");
      EXPECT_EQ(field["owner"]["table"], "message");
    }
    if (field["name"] == "host_name") {
      ++seen;
      EXPECT_EQ(field["text"], "server.test");
      EXPECT_TRUE(field["number"].is_null());
    }
  }
  EXPECT_EQ(seen, 2U);
}

TEST(DocumentJson, OfARedactedDocumentHoldsNoSecret) {
  Document document = recorded();
  std::vector<std::string> values;
  for (const Secret& secret : document.secrets)
    if (!secret.is_public) values.push_back(wire::hex(secret.output));
  redact(document);
  const std::string text = to_json(document);
  for (const std::string& value : values) {
    if (value.empty()) continue;
    EXPECT_EQ(text.find(value), std::string::npos) << value;
  }
}

TEST(DocumentJson, OfManyIsOneTextWithTheSchema) {
  const Json json = Json::parse(to_json(std::vector<Document>{Document{}, Document{}}));
  EXPECT_EQ(json["schema"], 1);
  EXPECT_EQ(json["documents"].size(), 2U);
}

TEST(DocumentJson, ReplacesBytesThatAreNoText) {
  Document document;
  document.connection.server_name =
      "a\xff"
      "b";
  const Json json = Json::parse(to_json(document));
  EXPECT_EQ(json["connection"]["server_name"], "a\uFFFDb");
}

}  // namespace
}  // namespace glasstls::inspect
