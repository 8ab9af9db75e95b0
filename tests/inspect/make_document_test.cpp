#include "inspect/make_document.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <iterator>
#include <memory>
#include <set>
#include <string>

#include "inspect/recorder.h"
#include "inspect/redact.h"
#include "tests/support/lab.h"
#include "tests/support/peers.h"

namespace glasstls::inspect {
namespace {

struct Live {
  Recording client, server;
};

Live whole_connection(bool expose_secrets = true) {
  RecorderOptions at_client, at_server;
  at_client.expose_secrets = at_server.expose_secrets = expose_secrets;
  at_server.own = Side::server;
  const auto client = std::make_shared<Recorder>(at_client);
  const auto server = std::make_shared<Recorder>(at_server);
  test::ClientOptions client_options;
  client_options.observers = {client};
  test::ServerOptions server_options;
  server_options.observers = {server};
  test::Pair pair(client_options, server_options);
  pair.complete_handshake();
  pair.client.connection.write(wire::as_bytes("ping"));
  pair.pump();
  pair.client.connection.close();
  pair.pump();
  return {client->recording(), server->recording()};
}

const Check* find(const Document& document, std::string_view name) {
  const auto found = std::find_if(document.checks.begin(), document.checks.end(),
                                  [name](const Check& check) { return check.name == name; });
  return found == document.checks.end() ? nullptr : &*found;
}

std::string failed_checks(const Document& document) {
  std::string names;
  for (const Check& check : document.checks)
    if (check.verdict == Verdict::failed) names += check.name + " ";
  return names;
}

TEST(Document, HasEveryMessageOfAHandshakeInOrder) {
  const Document document = make_document(whole_connection().client);
  std::vector<std::string> names;
  for (const Message& message : document.messages) names.push_back(message.name);
  EXPECT_EQ(names, (std::vector<std::string>{
                       "ClientHello", "ServerHello", "Certificate", "ServerKeyExchange",
                       "ServerHelloDone", "ClientKeyExchange", "ChangeCipherSpec", "Finished",
                       "ChangeCipherSpec", "Finished", "ApplicationData", "Alert", "Alert"}));
}

TEST(Document, PassesEveryCheckOfAGoodConnection) {
  for (const Recording& recording : {whole_connection().client, whole_connection().server}) {
    const Document document = make_document(recording);
    EXPECT_EQ(failed_checks(document), "");
    for (const char* name :
         {"downgrade_sentinel", "renegotiation_info", "session_hash", "server_signature",
          "premaster", "master_secret", "key_block", "client_record_tags", "server_record_tags",
          "client_finished", "server_finished"}) {
      const Check* check = find(document, name);
      ASSERT_NE(check, nullptr) << name;
      EXPECT_EQ(check->verdict, Verdict::passed) << name << " " << check->reason.key;
    }
    EXPECT_EQ(find(document, "certificate_chain")->verdict, Verdict::not_checkable);
  }
}

TEST(Document, OfBothSidesTellsTheSameBytesMessagesAndSecrets) {
  const Live live = whole_connection();
  const Document client = make_document(live.client), server = make_document(live.server);
  ASSERT_EQ(client.messages.size(), server.messages.size());
  for (std::size_t i = 0; i < client.messages.size(); ++i) {
    EXPECT_EQ(client.messages[i].name, server.messages[i].name);
    EXPECT_EQ(client.messages[i].side, server.messages[i].side);
    EXPECT_TRUE(wire::equal(client.bytes(client.messages[i].range),
                            server.bytes(server.messages[i].range)));
  }
  ASSERT_EQ(client.secrets.size(), server.secrets.size());
  for (std::size_t i = 0; i < client.secrets.size(); ++i)
    if (client.secrets[i].name != "ephemeral_private_key") {
      EXPECT_EQ(client.secrets[i].output, server.secrets[i].output) << client.secrets[i].name;
    }
  ASSERT_EQ(client.transitions.size(), server.transitions.size());
  for (std::size_t i = 0; i < client.transitions.size(); ++i) {
    EXPECT_EQ(client.transitions[i].from, server.transitions[i].from);
    EXPECT_EQ(client.transitions[i].to, server.transitions[i].to);
    EXPECT_EQ(client.transitions[i].message, server.transitions[i].message);
    EXPECT_NE(client.transitions[i].told, server.transitions[i].told);
  }
}

TEST(Document, SaysOfEachByteOfAMessageWhichFieldItBelongsTo) {
  const Document document = make_document(whole_connection().client);
  for (Id id = 0; id < document.messages.size(); ++id) {
    const Message& message = document.messages[id];
    if (message.name == "ApplicationData") continue;
    std::vector<bool> told(message.range.length);
    for (const Field& field : document.fields) {
      if (field.owner != Ref{Table::message, id}) continue;
      EXPECT_EQ(field.range.buffer, message.range.buffer);
      const std::size_t own =
          field.children.empty() ? field.range.length : field.content.offset - field.range.offset;
      for (std::size_t i = 0; i < own; ++i)
        told.at(field.range.offset - message.range.offset + i) = true;
    }
    if (message.name == "Certificate") continue;  // DER has tags around elements of its own
    EXPECT_EQ(std::count(told.begin(), told.end(), false), 0) << message.name;
  }
}

TEST(Document, ReferencesOnlyWhatIsThere) {
  const Document document = make_document(whole_connection().client);
  const auto size_of = [&](Table table) -> std::size_t {
    switch (table) {
      case Table::segment: return document.segments.size();
      case Table::buffer: return document.buffers.size();
      case Table::record: return document.records.size();
      case Table::message: return document.messages.size();
      case Table::field: return document.fields.size();
      case Table::certificate: return document.certificates.size();
      case Table::secret: return document.secrets.size();
      case Table::transition: return document.transitions.size();
      case Table::check: return document.checks.size();
      case Table::flight: return document.flights.size();
    }
    return 0;
  };
  const auto expect_inputs = [&](const std::vector<Input>& inputs) {
    for (const Input& input : inputs)
      if (input.ref) {
        EXPECT_LT(input.ref->id, size_of(input.ref->table)) << input.name;
      }
  };
  for (const Secret& secret : document.secrets) {
    expect_inputs(secret.inputs);
    for (const Input& input : secret.inputs) EXPECT_TRUE(input.ref) << secret.name << input.name;
  }
  for (const Check& check : document.checks) {
    EXPECT_LT(check.subject.id, size_of(check.subject.table)) << check.name;
    expect_inputs(check.inputs);
  }
  for (const Field& field : document.fields) {
    ASSERT_LT(field.range.buffer, document.buffers.size());
    EXPECT_LE(field.range.offset + field.range.length,
              document.buffers[field.range.buffer].bytes.size());
  }
}

TEST(Document, WalksBothMachinesToTheirEnd) {
  const Document document = make_document(whole_connection().server);
  for (const Machine& machine : document.machines) {
    EXPECT_EQ(machine.reached, "Established");
    EXPECT_TRUE(machine.remark.empty());
    EXPECT_FALSE(machine.arrows.empty());
  }
}

TEST(Document, TellsEachEventOnce) {
  const Document document = make_document(whole_connection().client);
  std::set<std::pair<EventKind, Id>> told;
  for (const Event& event : document.events) EXPECT_TRUE(told.emplace(event.kind, event.id).second);
  const auto count = [&](EventKind kind) {
    return static_cast<std::size_t>(
        std::count_if(document.events.begin(), document.events.end(),
                      [kind](const Event& event) { return event.kind == kind; }));
  };
  EXPECT_EQ(count(EventKind::record), document.records.size());
  EXPECT_EQ(count(EventKind::message), document.messages.size());
  EXPECT_EQ(count(EventKind::secret), document.secrets.size());
  EXPECT_EQ(count(EventKind::transition), document.transitions.size());
}

TEST(Document, FailsTheCheckOfAFinishedThatIsDamaged) {
  Recording recording = whole_connection().client;
  for (Recording::Record& record : recording.records)
    if (record.direction == Direction::received && record.is_protected &&
        record.type == ContentType::handshake)
      record.plaintext.back() ^= 1;
  const Document document = make_document(recording);
  EXPECT_EQ(failed_checks(document), "server_finished ");
  EXPECT_NE(find(document, "server_finished")->expected, find(document, "server_finished")->actual);
}

TEST(Document, FailsTheCheckOfASignatureThatIsDamaged) {
  Recording recording = whole_connection().client;
  Document document = make_document(recording);
  const Id message = find(document, "server_signature")->subject.id;
  const Range signature = document.fields[message].content;
  const Buffer& buffer = document.buffers[signature.buffer];
  for (Recording::Record& record : recording.records)
    if (record.direction == Direction::received && record.stream_offset == buffer.stream_offset)
      record.wire[signature.offset + 5] ^= 1, record.plaintext[signature.offset] ^= 1;
  document = make_document(recording);
  EXPECT_EQ(find(document, "server_signature")->verdict, Verdict::failed);
  EXPECT_EQ(find(document, "server_finished")->verdict, Verdict::failed);
}

TEST(Document, NamesBothCausesIfTheFirstProtectedRecordDoesNotAuthenticate) {
  Recording recording = whole_connection().client;
  for (Recording::Record& record : recording.records)
    if (record.direction == Direction::received && record.is_protected) {
      record.authentic = false;
      record.plaintext.clear();
      break;
    }
  const Document document = make_document(recording);
  const Check* check = find(document, "server_record_tags");
  EXPECT_EQ(check->verdict, Verdict::failed);
  EXPECT_EQ(check->reason.key, "reason.first_tag_fails");
}

TEST(Document, WithoutValuesOfSecretsSaysWhatCannotBeChecked) {
  const Document document = make_document(whole_connection(false).client);
  EXPECT_EQ(find(document, "master_secret")->verdict, Verdict::not_checkable);
  EXPECT_EQ(find(document, "server_finished")->verdict, Verdict::passed);  // the machine saw it
  EXPECT_EQ(find(document, "client_finished")->verdict, Verdict::not_checkable);
  EXPECT_FALSE(document.connection.has_secrets);
}

TEST(Redact, LeavesNoSecretAndNothingDecrypted) {
  Document document = make_document(whole_connection().client);
  ASSERT_TRUE(document.connection.has_secrets);
  redact(document);
  EXPECT_FALSE(document.connection.has_secrets);
  EXPECT_TRUE(document.connection.redacted);
  for (const Secret& secret : document.secrets)
    if (!secret.is_public) {
      EXPECT_TRUE(secret.output.empty()) << secret.name;
    }
  for (const Buffer& buffer : document.buffers)
    if (buffer.origin == Origin::decrypted) {
      EXPECT_TRUE(buffer.bytes.empty());
    }
  for (const Record& record : document.records) EXPECT_TRUE(record.nonce.empty());
  EXPECT_EQ(find(document, "server_finished")->verdict, Verdict::passed);
}

}  // namespace
}  // namespace glasstls::inspect
