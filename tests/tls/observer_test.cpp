// What an observer sees of a whole connection, at the four places where it is called.
#include "wire/observer.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "tests/tls/refused.h"

namespace glasstls::tls {
namespace {

using test::Peers;
using test::ScriptedServer;

class Notebook final : public Observer {
 public:
  struct Message {
    Direction direction{};
    std::string name;
    Bytes bytes;
    FieldTree fields;
  };

  explicit Notebook(bool exposes = false) : exposes_(exposes) {}

  void record(const wire::RecordSeen& seen) noexcept override {
    records.push_back(mark(seen.direction) + std::string(name_of(seen.type)) +
                      (seen.is_protected ? " protected" : "") +
                      (seen.authentic ? "" : " not authentic"));
  }
  void message(const wire::MessageSeen& seen) noexcept override {
    messages.push_back(
        {seen.direction, std::string(seen.name), wire::copy(seen.bytes), seen.fields});
    names.push_back(mark(seen.direction) + std::string(seen.name));
  }
  void secret(const wire::SecretSeen& seen) noexcept override {
    secrets.emplace_back(seen.name);
    if (seen.name == "master_secret") master_secret = wire::copy(seen.value);
    any_value = any_value || !seen.value.empty();
  }
  void transition(const wire::TransitionSeen& seen) noexcept override {
    transitions.push_back(std::string(seen.from) + " " + std::string(seen.on) + " " +
                          std::string(seen.to));
    reasons.emplace_back(seen.reason);
  }
  bool exposes_secrets() const noexcept override { return exposes_; }

  std::vector<std::string> records, names, secrets, transitions, reasons;
  std::vector<Message> messages;
  Bytes master_secret;
  bool any_value = false;

 private:
  static std::string mark(Direction direction) {
    return direction == Direction::sent ? "> " : "< ";
  }
  bool exposes_;
};

struct Observed {
  explicit Observed(bool exposes = false)
      : notebook(std::make_shared<Notebook>(exposes)),
        peers({}, {.name = "server.test", .settings = {}, .observers = {notebook}}) {}
  std::shared_ptr<Notebook> notebook;
  Peers peers;
};

using Lines = std::vector<std::string>;

TEST(Observer, SeesEveryRecord) {
  Observed observed;
  observed.peers.complete_handshake();
  EXPECT_EQ(observed.peers.client.write(Bytes{1}), 1U);
  observed.peers.run({[](ScriptedServer& server) { server.data(Bytes{2}); },
                      [](ScriptedServer& server) { server.close_notify(); }});
  EXPECT_EQ(observed.notebook->records,
            (Lines{"> handshake", "< handshake", "< handshake", "< handshake", "< handshake",
                   "> handshake", "> change_cipher_spec", "> handshake protected",
                   "< change_cipher_spec", "< handshake protected", "> application_data protected",
                   "< application_data protected", "< alert protected", "> alert protected"}));
}

TEST(Observer, SeesEveryMessageWithItsFields) {
  Observed observed;
  observed.peers.complete_handshake();
  observed.peers.run({[](ScriptedServer& server) { server.close_notify(); }});
  EXPECT_EQ(observed.notebook->names,
            (Lines{"> ClientHello", "< ServerHello", "< Certificate", "< ServerKeyExchange",
                   "< ServerHelloDone", "> ClientKeyExchange", "> ChangeCipherSpec", "> Finished",
                   "< ChangeCipherSpec", "< Finished", "< Alert", "> Alert"}));
  for (const auto& message : observed.notebook->messages) {
    EXPECT_TRUE(message.fields.complete()) << message.name;
    ASSERT_FALSE(message.fields.fields().empty()) << message.name;
    EXPECT_EQ(message.fields.fields().front().begin, 0U) << message.name;
  }
  const auto& hello = observed.notebook->messages[1];
  EXPECT_EQ(hello.fields.find("cipher_suite")->text, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
  EXPECT_EQ(hello.fields.find("cipher_suite")->begin, 39U);
}

TEST(Observer, SeesEverySecretByNameButNoValueUnlessItAsked) {
  const Lines names{
      "ephemeral_private_key", "premaster_secret", "master_secret",   "key_block",
      "client_write_key",      "server_write_key", "client_write_IV", "server_write_IV",
      "verify_data",           "verify_data"};
  Observed curious(true);
  curious.peers.complete_handshake();
  EXPECT_EQ(curious.notebook->secrets, names);
  EXPECT_TRUE(wire::equal(curious.notebook->master_secret, curious.peers.server.master_secret()));
  Observed discreet(false);
  discreet.peers.complete_handshake();
  EXPECT_EQ(discreet.notebook->secrets, names);
  EXPECT_FALSE(discreet.notebook->any_value);
}

TEST(Observer, SeesEveryTransitionWithItsReason) {
  Observed observed;
  observed.peers.complete_handshake();
  EXPECT_EQ(observed.notebook->transitions,
            (Lines{"WaitServerHello ServerHello WaitCertificate",
                   "WaitCertificate Certificate WaitServerKeyExchange",
                   "WaitServerKeyExchange ServerKeyExchange WaitCertificateRequestOrDone",
                   "WaitCertificateRequestOrDone ServerHelloDone WaitChangeCipherSpec",
                   "WaitChangeCipherSpec ChangeCipherSpec WaitFinished",
                   "WaitFinished Finished Established"}));
  for (const std::string& reason : observed.notebook->reasons) EXPECT_FALSE(reason.empty());
  EXPECT_NE(observed.notebook->reasons[0].find("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
            std::string::npos);
  EXPECT_NE(observed.notebook->reasons[2].find("x25519"), std::string::npos);
}

TEST(Observer, IsToldOfWhatIsNotAsUsual) {
  const auto notebook = std::make_shared<Notebook>();
  test::ClientOptions options;
  options.observers = {notebook};
  options.settings = [](ClientSettings& settings) { settings.verify_peer = false; };
  test::Choices choices;
  choices.extended_master_secret = false;
  Peers peers(choices, options);
  peers.run({[](ScriptedServer& server) {
    server.hello([](handshake::ServerHello& hello) {
      const std::string_view sentinel("DOWNGRD\x01", 8);
      std::copy(sentinel.begin(), sentinel.end(), hello.random.end() - 8);
    });
    server.certificate();
    server.key_exchange();
    server.certificate_request();
  }});
  ASSERT_EQ(notebook->reasons.size(), 4U);
  EXPECT_NE(notebook->reasons[0].find("no extended_master_secret"), std::string::npos);
  EXPECT_NE(notebook->reasons[0].find("DOWNGRD 01"), std::string::npos);
  EXPECT_NE(notebook->reasons[1].find("not verified"), std::string::npos);
  EXPECT_NE(notebook->reasons[3].find("client certificate"), std::string::npos);
}

TEST(Observer, SeesAMalformedMessageUpToTheBadByte) {
  Observed observed;
  observed.peers.server.tamper = [](handshake::HandshakeType, Bytes& bytes) {
    bytes[3] = static_cast<std::uint8_t>(bytes[3] - 4);  // the last extension loses its body
    bytes.resize(bytes.size() - 4);
  };
  observed.peers.run({[](ScriptedServer& server) { server.hello(); }});
  const Failed* failed = observed.peers.find<Failed>();
  ASSERT_NE(failed, nullptr);
  EXPECT_EQ(failed->alert, AlertDescription::decode_error);
  ASSERT_GE(observed.notebook->messages.size(), 2U);
  const auto& hello = observed.notebook->messages[1];
  EXPECT_EQ(hello.name, "ServerHello");
  EXPECT_FALSE(hello.fields.complete());
  EXPECT_EQ(hello.fields.find("compression_method")->end, 42U);
  EXPECT_EQ(hello.fields.find("extensions")->begin, 42U);
  EXPECT_EQ(hello.fields.find("extensions")->end, std::nullopt);
  for (const wire::Field& field : hello.fields.fields())
    EXPECT_LE(field.begin, failed->offset.value()) << field.name;
}

TEST(Observer, SeesAMessageThatMayNotCome) {
  Observed observed;
  observed.peers.run({[](ScriptedServer& server) { server.certificate(); }});
  ASSERT_GE(observed.notebook->names.size(), 3U);
  EXPECT_EQ(observed.notebook->names[1], "< Certificate");
  EXPECT_EQ(observed.notebook->names[2], "> Alert");
  EXPECT_NE(observed.notebook->messages[1].fields.find("body"), nullptr);
}

TEST(Observer, SeesAChangeCipherSpecThatMayNotCome) {
  Observed observed;
  observed.peers.run({[](ScriptedServer& server) {
    server.plain_record(ContentType::change_cipher_spec, Bytes{1});
  }});
  EXPECT_EQ(observed.notebook->names, (Lines{"> ClientHello", "< ChangeCipherSpec", "> Alert"}));
}

TEST(Observer, SeesARecordThatDoesNotAuthenticate) {
  Observed observed;
  observed.peers.complete_handshake();
  observed.peers.run(
      {[](ScriptedServer& server) { server.plain_record(ContentType::alert, Bytes(40)); }});
  const auto& records = observed.notebook->records;
  EXPECT_NE(std::find(records.begin(), records.end(), "< alert protected not authentic"),
            records.end());
}

TEST(Observer, ChangesNothing) {
  Observed observed(true);
  Peers alone;
  for (Peers* peers : {&observed.peers, &alone}) {
    peers->complete_handshake();
    peers->run({[](ScriptedServer& server) { server.data(wire::as_bytes("x")); }});
  }
  EXPECT_TRUE(wire::equal(observed.peers.server.master_secret(), alone.server.master_secret()));
  EXPECT_EQ(observed.peers.data, alone.data);
}

}  // namespace
}  // namespace glasstls::tls
