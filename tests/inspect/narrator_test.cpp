#include "inspect/narrator.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>
#include <string>

#include "inspect/printable.h"
#include "inspect/recorder.h"
#include "tests/inspect/samples.h"
#include "tests/support/data_files.h"
#include "tests/support/peers.h"

namespace glasstls::inspect {
namespace {

using testing::HasSubstr;
using testing::Not;

std::size_t widest_line(const std::string& text) {
  std::size_t widest = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) widest = std::max(widest, columns(line));
  return widest;
}

bool has_control_bytes(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && byte != '\n') || byte == 0x7f;
  });
}

/// What is recorded of a whole connection with data both ways, from fixed seeds.
std::shared_ptr<Recorder> whole_connection(bool expose_secrets = false) {
  RecorderOptions options;
  options.expose_secrets = expose_secrets;
  auto recorder = std::make_shared<Recorder>(options);
  test::ClientOptions client;
  client.observers = {recorder};
  test::Peers peers({}, client);
  peers.complete_handshake();
  peers.client.write(wire::as_bytes("do i connect with server ?"));
  peers.pump();
  peers.run({[](test::ScriptedServer& server) { server.data(wire::as_bytes("yes")); }});
  peers.client.close();
  peers.pump();
  peers.run({[](test::ScriptedServer& server) { server.close_notify(); }});
  return recorder;
}

TEST(Narrator, TellsAClientHello) {
  auto recorder = std::make_shared<Recorder>();
  test::TestRandom random("client");
  const tls::Connection connection(
      test::client_config(random,
                          [](tls::ClientSettings& settings) { settings.verify_peer = false; }),
      x509::ServerName::parse("server.test"), {recorder});
  EXPECT_EQ(
      test::compare_with_golden("data/inspect/client_hello.txt", narrate(recorder->recording())),
      "");
}

TEST(Narrator, TellsAWholeConnection) {
  const std::string text = narrate(whole_connection()->recording());
  EXPECT_EQ(test::compare_with_golden("data/inspect/connection.txt", text), "");
  EXPECT_LE(widest_line(text), 80U);
  EXPECT_FALSE(has_control_bytes(text));
}

TEST(Narrator, KeepsToItsWidth) {
  const auto recorder = whole_connection(true);
  for (const std::size_t width : {60U, 72U, 100U}) {
    NarratorOptions options;
    options.width = width;
    options.secret_values = true;
    EXPECT_LE(widest_line(narrate(recorder->recording(), options)), width);
  }
}

TEST(Narrator, ShowsValuesOfSecretsOnlyIfToldTo) {
  const auto recorder = whole_connection(true);
  const Recording& document = recorder->recording();
  ASSERT_FALSE(document.secrets.empty());
  NarratorOptions open;
  open.secret_values = true;
  for (const Recording::Secret& secret : document.secrets) {
    const std::string begin = wire::hex(secret.value).substr(0, 8);
    EXPECT_THAT(narrate(document, open), HasSubstr(begin)) << secret.name;
    if (secret.name == "verify_data") continue;  // the Finished messages show it
    if (secret.name.find("write_IV") != std::string::npos) continue;  // the nonces show it
    EXPECT_THAT(narrate(document), Not(HasSubstr(begin))) << secret.name;
  }
}

TEST(Narrator, SaysWhatASecretDerivesFrom) {
  Recorder recorder;
  test::tell_master_secret(recorder, {});
  recorder.secret({"client_write_key", "RFC 5246, 6.3", {}, {"key_block"}, {}, {}});
  const std::string text = narrate(recorder.recording());
  EXPECT_THAT(text, HasSubstr("= PRF(premaster_secret, \"extended master secret\", session_hash)"));
  EXPECT_THAT(text, HasSubstr("from key_block"));
}

TEST(Narrator, SaysWhereReadingStopped) {
  Recorder recorder;
  test::tell_cut_message(recorder);
  const std::string text = narrate(recorder.recording());
  EXPECT_THAT(text, HasSubstr("[ 0, 1)  msg_type"));
  EXPECT_THAT(text, HasSubstr("[ 1, ?)  session_id"));
  EXPECT_THAT(text, HasSubstr("!! reading stopped at byte 1 of 4, inside session_id"));
}

TEST(Narrator, TellsAMalformedMessageOfAPeerUpToTheBadByte) {
  const auto recorder = std::make_shared<Recorder>();
  test::ClientOptions client;
  client.observers = {recorder};
  test::Peers peers({}, client);
  peers.server.tamper = [](handshake::HandshakeType, Bytes& hello) {
    hello[38] = 33;  // the length of session_id, which is 32 at most
  };
  peers.run({[](test::ScriptedServer& server) { server.hello(); }});

  const std::string text = narrate(recorder->recording());
  EXPECT_THAT(text, HasSubstr("[ 4, 6)  server_version"));
  EXPECT_THAT(text, HasSubstr("[38, ?)  session_id"));
  EXPECT_THAT(text, HasSubstr("!! reading stopped at byte 38 of 53, inside session_id"));
  EXPECT_THAT(text, Not(HasSubstr("cipher_suite  ")));
  EXPECT_THAT(text, HasSubstr("2  fatal\n    [ 1, 2)  description  50  decode_error"));
}

TEST(Narrator, SaysHowManyBytesAreLeftOver) {
  Recorder recorder;
  FieldTree fields;
  fields.begin("type", 0);
  fields.end("type", 1);
  const Bytes bytes{1, 2, 3};
  recorder.message({Direction::received, "ChangeCipherSpec", "RFC 5246, 7.1", bytes, fields});
  EXPECT_THAT(narrate(recorder.recording()),
              HasSubstr("!! malformed: 2 bytes left over from byte 1 on"));
}

TEST(Narrator, ShowsTheBytesOfWhatWasNotDissected) {
  Recorder recorder;
  const Bytes bytes{0x63, 0, 0, 1, 0xaa};
  recorder.message({Direction::received, {}, {}, bytes, FieldTree()});
  EXPECT_THAT(narrate(recorder.recording()), HasSubstr("received message without a name, 5 bytes"));
  EXPECT_THAT(narrate(recorder.recording()), HasSubstr("63000001aa"));
}

TEST(Narrator, LetsNoEscapeSequenceOfAPeerThrough) {
  for (const char* hostile : {"\x1b[2J\x1b]0;owned\x07",
                              "\xc2\x9b"
                              "31m",
                              "\x9b"
                              "31m",
                              "a\r\nb\tc\x08",
                              "\xe2\x80\xae"
                              "txt.exe",
                              "\xff\xfe\x80"}) {
    Recorder recorder;
    test::tell_text(recorder, hostile);
    test::tell_transition(recorder, hostile);
    test::tell_application_data(recorder, Direction::received, wire::as_bytes(hostile));
    const std::string text = narrate(recorder.recording());
    EXPECT_FALSE(has_control_bytes(text)) << text;
    for (const char* bad : {"\xc2\x9b", "\x9b", "\xe2\x80\xae", "\xff"})
      EXPECT_THAT(text, Not(HasSubstr(bad)));
  }
}

TEST(Narrator, BoundsWhatALongTextOfAPeerTakes) {
  Recorder recorder;
  test::tell_text(recorder, std::string(65'000, 'x'));
  test::tell_transition(recorder, std::string(65'000, 'y'));
  const std::string text = narrate(recorder.recording());
  EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 12);
  EXPECT_LE(widest_line(text), 80U);
}

TEST(Narrator, TellsARecordWithItsProtection) {
  Recorder recorder;
  test::tell_application_data(recorder, Direction::received, wire::as_bytes("hello"));
  const std::string text = narrate(recorder.recording());
  EXPECT_THAT(text, HasSubstr("record received: application_data, TLS 1.2, 34 bytes, protected"));
  EXPECT_THAT(text, HasSubstr("sequence number  7"));
  EXPECT_THAT(text, HasSubstr("nonce            010101010101010101010101"));
  EXPECT_THAT(text, HasSubstr("additional data  02020202020202020202020202"));
  EXPECT_THAT(text, HasSubstr("as text          hello"));
}

TEST(Narrator, SaysThatARecordIsNotAuthentic) {
  Recorder recorder;
  const Bytes wire(40, 0);
  wire::RecordSeen seen{
      Direction::received, static_cast<ContentType>(99), ProtocolVersion::tls12, wire, {}};
  seen.is_protected = true;
  seen.authentic = false;
  recorder.record(seen);
  const std::string text = narrate(recorder.recording());
  EXPECT_THAT(text, HasSubstr("record received: 0x63, TLS 1.2"));
  EXPECT_THAT(text, HasSubstr("!! the tag does not verify"));
}

TEST(Narrator, LeavesRecordsOutIfToldTo) {
  Recorder recorder;
  test::tell_application_data(recorder, Direction::sent, wire::as_bytes("hello"));
  NarratorOptions options;
  options.records = false;
  EXPECT_EQ(narrate(recorder.recording(), options), "");
}

TEST(Narrator, SaysWhatWasNotKept) {
  RecorderOptions bounds;
  bounds.application_data = 0;
  bounds.entries = 1;
  Recorder recorder(bounds);
  test::tell_text(recorder, "a");
  EXPECT_EQ(narrate_omitted(recorder.recording()), "");
  test::tell_text(recorder, "b");
  test::tell_application_data(recorder, Direction::sent, Bytes(10));
  const std::string text = narrate_omitted(recorder.recording());
  EXPECT_THAT(text, HasSubstr("1 more application_data record sent, 10 bytes of plaintext"));
  EXPECT_THAT(text, HasSubstr("1 more events (received)"));
}

TEST(Narrator, UsesColorOnlyIfToldTo) {
  const auto recorder = whole_connection();
  NarratorOptions options;
  options.color = true;
  std::string colored = narrate(recorder->recording(), options);
  EXPECT_THAT(colored, HasSubstr("\x1b["));
  while (true) {  // colours are all that differs
    const std::size_t begin = colored.find("\x1b[");
    if (begin == std::string::npos) break;
    colored.erase(begin, colored.find('m', begin) - begin + 1);
  }
  EXPECT_EQ(colored, narrate(recorder->recording()));
}

}  // namespace
}  // namespace glasstls::inspect
