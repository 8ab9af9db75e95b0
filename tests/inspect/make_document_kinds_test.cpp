// Documents of the other kinds of handshakes: with certificates on both sides, resumed, in pieces,
// malformed, sealed.
#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "inspect/make_document.h"
#include "tests/inspect/recorded.h"
#include "tests/support/identity.h"

namespace glasstls::inspect {
namespace {

std::vector<std::string> names_of(const Document& document) {
  std::vector<std::string> names;
  for (const Message& message : document.messages) names.push_back(message.name);
  return names;
}

const Check* find(const Document& document, std::string_view name) {
  const auto found = std::find_if(document.checks.begin(), document.checks.end(),
                                  [name](const Check& check) { return check.name == name; });
  return found == document.checks.end() ? nullptr : &*found;
}

std::string verdicts_other_than_passed(const Document& document) {
  std::string names;
  for (const Check& check : document.checks)
    if (check.verdict != Verdict::passed) names += check.name + "=" + check.reason.key + " ";
  return names;
}

void expect_same(const Document& client, const Document& server) {
  EXPECT_EQ(names_of(client), names_of(server));
  ASSERT_EQ(client.transitions.size(), server.transitions.size());
  for (std::size_t i = 0; i < client.transitions.size(); ++i) {
    EXPECT_EQ(client.transitions[i].from, server.transitions[i].from) << i;
    EXPECT_EQ(client.transitions[i].to, server.transitions[i].to) << i;
    EXPECT_EQ(client.transitions[i].on, server.transitions[i].on) << i;
  }
  ASSERT_EQ(client.secrets.size(), server.secrets.size());
  for (std::size_t i = 0; i < client.secrets.size(); ++i) {
    if (client.secrets[i].name == "ephemeral_private_key") continue;
    EXPECT_EQ(client.secrets[i].output, server.secrets[i].output) << client.secrets[i].name;
  }
}

class DocumentOf : public testing::TestWithParam<bool> {};  // by ticket

INSTANTIATE_TEST_SUITE_P(Sessions, DocumentOf, testing::Values(true, false),
                         [](const auto& test) { return test.param ? "ByTicket" : "BySessionId"; });

TEST_P(DocumentOf, AMutualHandshakeIsTheSameOnBothSides) {
  test::RecordedPeers peers(GetParam());
  const test::RecordedPair recorded = peers.connect();
  DocumentOptions options;
  options.roots = options.client_roots = test::roots();
  options.at = test::in_validity();
  options.ticket_keys = peers.ticket_keys;
  const Document client = make_document(recorded.client, options);
  const Document server = make_document(recorded.server, options);
  expect_same(client, server);
  EXPECT_EQ(client.connection.resumed, "none");
  EXPECT_EQ(client.connection.application_protocol, "http/1.1");
  EXPECT_EQ(client.connection.server_name, "server.test");
  EXPECT_EQ(client.certificates.size(), 2U);
  ASSERT_NE(find(client, "client_signature"), nullptr);
  EXPECT_EQ(find(client, "client_signature")->verdict, Verdict::passed);
  EXPECT_EQ(find(client, "certificate_chain")->verdict, Verdict::passed);
  EXPECT_EQ(find(client, "certificate_name")->verdict, Verdict::passed);
  // The test's certificate is one for servers.
  EXPECT_EQ(verdicts_other_than_passed(client),
            "client_certificate_chain=reason.chain_is_refused ");
  for (const Machine& machine : client.machines) EXPECT_EQ(machine.reached, "Established");
}

TEST_P(DocumentOf, AResumedHandshakeTellsWhereItsMasterSecretIsFrom) {
  test::RecordedPeers peers(GetParam());
  peers.connect();
  const test::RecordedPair recorded = peers.connect();
  DocumentOptions options;
  options.ticket_keys = peers.ticket_keys;
  const Document client = make_document(recorded.client, options);
  const Document server = make_document(recorded.server, options);
  expect_same(client, server);
  EXPECT_EQ(client.connection.resumed, GetParam() ? "ticket" : "session_id");
  const auto master = std::find_if(client.secrets.begin(), client.secrets.end(),
                                   [](const Secret& s) { return s.name == "master_secret"; });
  ASSERT_NE(master, client.secrets.end());
  EXPECT_EQ(master->inputs.front().name, "session");
  EXPECT_EQ(master->section, "RFC 5246, F.1.4");
  EXPECT_EQ(find(client, "server_finished")->verdict, Verdict::passed);
  EXPECT_EQ(find(client, "client_finished")->verdict, Verdict::passed);
  EXPECT_EQ(verdicts_other_than_passed(client), "session_hash=reason.resumed_no_hash ");
  EXPECT_EQ(client.machines[0].path.size(), GetParam() ? 3U : 3U);
}

TEST(DocumentOfAHandshake, InPiecesKnowsWhereEachFragmentLies) {
  test::RecordedPeers peers(true);
  Recording recording = peers.connect().client;
  // The server's Certificate in two records.
  const auto certificate = std::find_if(
      recording.records.begin(), recording.records.end(), [](const Recording::Record& record) {
        return !record.plaintext.empty() && record.plaintext[0] == 11;
      });
  ASSERT_NE(certificate, recording.records.end());
  Recording::Record second = *certificate;
  const std::size_t cut = 100;
  certificate->wire.resize(5 + cut);
  certificate->plaintext.resize(cut);
  second.wire.erase(second.wire.begin() + 5, second.wire.begin() + 5 + cut);
  second.plaintext.erase(second.plaintext.begin(), second.plaintext.begin() + cut);
  recording.records.insert(certificate + 1, second);

  const Document document = make_document(recording);
  const auto message = std::find_if(document.messages.begin(), document.messages.end(),
                                    [](const Message& m) { return m.name == "Certificate"; });
  ASSERT_NE(message, document.messages.end());
  EXPECT_EQ(message->records.size(), 2U);
  const Buffer& joined = document.buffers[message->range.buffer];
  EXPECT_EQ(joined.origin, Origin::joined);
  ASSERT_EQ(joined.sources.size(), 2U);
  EXPECT_EQ(joined.sources[0].length, cut);
  EXPECT_EQ(document.bytes(joined.sources[0]).size(), cut);
  EXPECT_EQ(find(document, "server_signature")->verdict, Verdict::passed);
}

TEST(DocumentOfAHandshake, ThatIsMalformedIsExplainedUpToTheBadByte) {
  Recording recording;
  Recording::Record record;
  record.direction = Direction::received;
  record.type = ContentType::handshake;
  record.version = ProtocolVersion::tls12;
  record.plaintext = *wire::unhex("0200000603030102aabb");  // a ServerHello of 6 bytes
  record.wire = *wire::unhex("160303000a");
  wire::append(record.wire, record.plaintext);
  recording.records = {record};
  const Document document = make_document(recording);
  ASSERT_EQ(document.messages.size(), 1U);
  ASSERT_TRUE(document.messages[0].fault);
  EXPECT_EQ(document.messages[0].fault->offset, 6U);
  EXPECT_EQ(document.messages[0].fault->field, "random");
  EXPECT_FALSE(document.messages[0].fields.empty());
}

TEST(DocumentOfAHandshake, ThatIsCutSaysThatTheRestIsMissing) {
  Recording recording;
  Recording::Record record;
  record.direction = Direction::sent;
  record.type = ContentType::handshake;
  record.version = ProtocolVersion::tls10;
  record.plaintext = *wire::unhex("010000ff0303");
  record.wire = *wire::unhex("1603010006");
  wire::append(record.wire, record.plaintext);
  recording.records = {record};
  const Document document = make_document(recording);
  ASSERT_EQ(document.messages.size(), 1U);
  ASSERT_TRUE(document.messages[0].fault);
  EXPECT_EQ(document.messages[0].fault->offset, 6U);
  EXPECT_EQ(document.messages[0].range.length, 6U);
}

TEST(DocumentOfAHandshake, OfNothingIsEmpty) {
  const Document document = make_document({});
  EXPECT_TRUE(document.messages.empty());
  EXPECT_TRUE(document.checks.empty());
  EXPECT_FALSE(document.machines[0].arrows.empty());
}

TEST(DocumentOfAHandshake, WhoseRecordsStaySealedSaysWhy) {
  test::RecordedPeers peers(true);
  Recording recording = peers.connect().client;
  recording.live = false;
  recording.secrets.clear();
  for (Recording::Record& record : recording.records) {
    if (!record.is_protected) continue;
    record.plaintext.clear();
    record.not_opened = "sealed.no_key_log_line";
  }
  const Document document = make_document(recording);
  EXPECT_FALSE(document.connection.complete);
  EXPECT_EQ(find(document, "client_record_tags")->verdict, Verdict::not_checkable);
  EXPECT_EQ(find(document, "client_record_tags")->reason.key, "sealed.no_key_log_line");
  EXPECT_EQ(find(document, "server_signature")->verdict, Verdict::passed);
  for (const Secret& secret : document.secrets) {
    if (secret.is_public) continue;
    EXPECT_EQ(secret.state, Knowledge::unknown) << secret.name;
    EXPECT_FALSE(secret.reason.empty()) << secret.name;
  }
}

}  // namespace
}  // namespace glasstls::inspect
