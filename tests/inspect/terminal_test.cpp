#include "inspect/terminal.h"

#include <algorithm>
#include <cctype>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "inspect/printable.h"
#include "inspect/redact.h"
#include "tests/inspect/document_samples.h"
#include "tests/support/data_files.h"

namespace glasstls::inspect {
namespace {

using testing::HasSubstr;
using testing::Not;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::size_t widest_line(const std::string& text) {
  std::size_t widest = 0;
  for (const std::string& line : lines_of(text)) widest = std::max(widest, columns(line));
  return widest;
}

bool has_control_bytes(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && byte != '\n') || byte == 0x7f;
  });
}

TerminalOptions at(Level level, std::size_t width = 80) {
  TerminalOptions options;
  options.level = level;
  options.width = width;
  return options;
}

const Document& full() {
  static const Document document = test::document_of_pair(false);
  return document;
}

const Document& resumed() {
  static const Document document = test::document_of_pair(true);
  return document;
}

std::string against_golden(const char* name, const std::string& text) {
  return test::compare_with_golden("data/inspect/" + std::string(name) + ".txt", text);
}

Buffer buffer_of(Bytes bytes) {
  Buffer buffer;
  buffer.bytes = std::move(bytes);
  return buffer;
}

// --- Whole texts

TEST(Terminal, TellsAConnectionInBrief) {
  EXPECT_EQ(against_golden("terminal_brief", to_text(full(), at(Level::brief))), "");
}

TEST(Terminal, TellsItWithFieldsAndTheirMeaning) {
  EXPECT_EQ(against_golden("terminal_normal", to_text(full())), "");
}

TEST(Terminal, TellsItOnANarrowTerminal) {
  EXPECT_EQ(against_golden("terminal_narrow", to_text(full(), at(Level::normal, 60))), "");
}

TEST(Terminal, TellsEveryByte) {
  EXPECT_EQ(against_golden("terminal_bytes", to_text(resumed(), at(Level::bytes))), "");
}

TEST(Terminal, TellsARedactedConnection) {
  Document document = resumed();
  redact(document);
  EXPECT_EQ(against_golden("terminal_redacted", to_text(document)), "");
}

TEST(Terminal, SpeaksChinese) {
  TerminalOptions options = at(Level::normal);
  options.language = Language::chinese;
  EXPECT_EQ(against_golden("terminal_chinese", to_text(resumed(), options)), "");
}

TEST(Terminal, SpeaksChineseInBriefOnANarrowTerminal) {
  TerminalOptions options = at(Level::brief, 60);
  options.language = Language::chinese;
  EXPECT_EQ(against_golden("terminal_chinese_brief", to_text(full(), options)), "");
}

// --- What holds of all texts

TEST(Terminal, KeepsToItsWidth) {
  for (const Level level : {Level::brief, Level::normal, Level::bytes})
    for (const std::size_t width : {60U, 71U, 72U, 80U, 132U})
      for (const Language language : languages()) {
        TerminalOptions options = at(level, width);
        options.language = language;
        const std::string text = to_text(full(), options) + secrets_text(full(), options);
        EXPECT_LE(widest_line(text), width) << static_cast<int>(level) << code_of(language);
        EXPECT_FALSE(has_control_bytes(text));
        for (const std::string& line : lines_of(text)) EXPECT_FALSE(line.ends_with(' ')) << line;
      }
}

TEST(Terminal, PaintsOnlyIfToldTo) {
  TerminalOptions options = at(Level::bytes);
  EXPECT_THAT(to_text(full(), options), Not(HasSubstr("\x1b")));
  options.color = true;
  const std::string painted = to_text(full(), options);
  EXPECT_THAT(painted, HasSubstr("\x1b["));
  EXPECT_EQ(std::regex_replace(painted, std::regex("\x1b\\[[0-9;]+m"), ""),
            to_text(full(), at(Level::bytes)));
}

TEST(Terminal, DrawsItsSignsInAsciiIfToldTo) {
  for (const Level level : {Level::brief, Level::normal, Level::bytes}) {
    TerminalOptions options = at(level);
    options.ascii = true;
    const std::string text = to_text(full(), options);
    EXPECT_TRUE(std::all_of(text.begin(), text.end(),
                            [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
  }
}

TEST(Terminal, FitsABriefTextOnAScreen) {
  EXPECT_LE(lines_of(to_text(test::document_of(), at(Level::brief))).size(), 30U);
}

// --- Bytes

/// The hexadecimal of the column of bytes.
std::string hex_column(const std::string& text) {
  static const std::regex bytes("^ *[0-9]+  ((?:[0-9a-f]{2} ?)+)(?: .*)?$");
  std::string hex;
  for (const std::string& line : lines_of(text))
    if (std::smatch match; std::regex_match(line, match, bytes)) hex += match[1].str();
  hex.erase(std::remove(hex.begin(), hex.end(), ' '), hex.end());
  return hex;
}

TEST(Terminal, ShowsEachByteOfAMessageOnceAndInOrder) {
  for (const Document* document : {&full(), &resumed()})
    for (Id id = 0; id < document->messages.size(); ++id) {
      Document alone = *document;
      alone.events = {{EventKind::message, std::nullopt, std::nullopt, id}};
      EXPECT_EQ(hex_column(conversation_text(alone, at(Level::bytes))),
                wire::hex(alone.bytes(alone.messages[id].range)))
          << alone.messages[id].name;
    }
}

TEST(Terminal, ShowsBytesThatBelongToNoField) {
  Document document;
  document.buffers.push_back(buffer_of({0x01, 0x02, 0x03, 0x04, 0x05}));
  Message& message = document.messages.emplace_back();
  message.name = "ClientHello";
  message.range = {0, 0, 5};
  message.fields = {0};
  message.fault = Fault{3, "session_id", {"verbatim", {"it is too long"}}, "RFC 5246, 7.4.1.2"};
  Field& field = document.fields.emplace_back();
  field.owner = {Table::message, 0};
  field.name = "msg_type";
  field.range = field.content = {0, 0, 3};
  field.kind = ValueKind::bytes;
  document.events = {{EventKind::message, Side::client, std::nullopt, 0}};
  const std::string text = conversation_text(document);
  EXPECT_THAT(text, HasSubstr("  0  01 02 03                  msg_type  3 bytes"));
  EXPECT_THAT(text, HasSubstr("  3  04 05                     (not read)"));
  EXPECT_THAT(text, HasSubstr("✗ malformed at byte 3, in session_id: it is too long [RFC 5246,"));
}

TEST(Terminal, ShowsDataAsTheTextThatItMaySpell) {
  EXPECT_THAT(conversation_text(full()), HasSubstr("  0  70 69 6e 67               ping\n"));
}

// --- Parts

TEST(Terminal, TellsTheRestFromAnyEventOn) {
  for (const Level level : {Level::normal, Level::bytes}) {
    const std::string all = conversation_text(full(), at(level));
    for (std::size_t first = 0; first <= full().events.size(); ++first)
      EXPECT_TRUE(all.ends_with(conversation_text(full(), at(level), first))) << first;
  }
}

TEST(Terminal, TellsTheRestInBrief) {
  const std::string rest = conversation_text(full(), at(Level::brief), full().events.size() - 1);
  EXPECT_THAT(rest, HasSubstr("◄─── Alert"));
  EXPECT_EQ(lines_of(rest).size(), 1U);
}

TEST(Terminal, JoinsDataThatFollowsDataInBrief) {
  Document document;
  document.buffers.push_back(buffer_of(Bytes(30)));
  for (Id id = 0; id < 3; ++id) {
    Message& message = document.messages.emplace_back();
    message.name = "ApplicationData";
    message.range = {0, 10 * std::size_t{id}, 10};
    document.events.push_back({EventKind::message, Side::client, std::nullopt, id});
  }
  EXPECT_EQ(conversation_text(document, at(Level::brief)), "───► ApplicationData (3)     30\n");
}

TEST(Terminal, ShowsTheKeyScheduleInShort) {
  const std::string text = secrets_text(full());
  for (const Secret& secret : full().secrets) {
    if (secret.state != Knowledge::known) continue;
    EXPECT_THAT(text, HasSubstr(wire::hex(secret.output).substr(0, 8))) << secret.name;
  }
  EXPECT_THAT(text, HasSubstr("ephemeral_private_key (server)  (not known)"));
}

TEST(Terminal, MarksChecksByTheirVerdict) {
  Document document;
  document.checks.resize(3);
  document.checks[0].name = "first_thing";
  document.checks[0].verdict = Verdict::passed;
  document.checks[1].name = "second_thing";
  document.checks[1].verdict = Verdict::failed;
  document.checks[1].reason = {"verbatim", {"it is wrong"}};
  document.checks[1].expected = {0xaa};
  document.checks[1].actual = {0xbb};
  document.checks[2].name = "third_thing";
  document.checks[2].verdict = Verdict::not_checkable;
  document.checks[2].reason = {"verbatim", {"no key"}};
  const std::string normal = checks_text(document);
  EXPECT_THAT(normal, HasSubstr("✓ first_thing"));
  EXPECT_THAT(normal, HasSubstr("✗ second_thing"));
  EXPECT_THAT(normal, HasSubstr("    expected\n      aa\n    actual\n      bb\n"));
  EXPECT_THAT(normal, HasSubstr("? third_thing"));
  EXPECT_EQ(checks_text(document, at(Level::brief)),
            "✓ first_thing\n✗ second_thing: it is wrong\n? third_thing: no key\n");
  TerminalOptions ascii = at(Level::brief);
  ascii.ascii = true;
  EXPECT_EQ(checks_text(document, ascii),
            "+ first_thing\nx second_thing: it is wrong\n? third_thing: no key\n");
}

TEST(Terminal, TellsRecordsThatWereNotOpened) {
  Document document;
  document.buffers.push_back(buffer_of(Bytes(40)));
  document.records.resize(2);
  document.records[0].side = Side::server;
  document.records[0].type = {22, "handshake"};
  document.records[0].version = {0x0303, "TLS 1.2"};
  document.records[0].protection = Protection::sealed;
  document.records[0].reason = {"verbatim", {"no key log"}};
  document.records[1] = document.records[0];
  document.records[1].protection = Protection::not_authentic;
  document.events = {{EventKind::record, Side::server, std::nullopt, 0},
                     {EventKind::record, Side::server, std::nullopt, 1}};
  const std::string text = conversation_text(document);
  EXPECT_THAT(text, HasSubstr("record 0 of the server: handshake, TLS 1.2, 40 bytes"));
  EXPECT_THAT(text, HasSubstr("? not opened: no key log"));
  EXPECT_THAT(text, HasSubstr("✗ its tag does not verify"));
  const std::string brief = conversation_text(document, at(Level::brief));
  EXPECT_THAT(brief, HasSubstr("◄─── (handshake)     40  not opened"));
  EXPECT_THAT(brief, HasSubstr("its tag does not verify"));
}

TEST(Terminal, SaysHowItEndedAndWhatIsMissing) {
  Document document;
  document.connection.outcome = {"verbatim", {"It ended."}};
  document.connection.remarks = {{"verbatim", {"Something is odd."}}};
  document.left_out[1] = {7, 70'000, 2};
  document.machines[0].remark = {"verbatim", {"It went astray."}};
  const std::string text = outcome_text(document);
  EXPECT_THAT(text, HasSubstr("Outcome   It ended.\n"));
  EXPECT_THAT(text, HasSubstr("  Something is odd.\n"));
  EXPECT_THAT(text, HasSubstr("left out: 7 records of the server's data, 70000 bytes"));
  EXPECT_THAT(text, HasSubstr("left out: 2 other entries of the server"));
  EXPECT_THAT(text, HasSubstr("It went astray."));
  EXPECT_THAT(text, Not(HasSubstr("secrets")));
  document.connection.has_secrets = true;
  EXPECT_THAT(outcome_text(document), HasSubstr("This text holds secrets"));
}

TEST(Terminal, SaysThatNothingWasAgreedOn) {
  Document document;
  document.connection.version = {0x0303, "TLS 1.2"};
  document.connection.began_in_the_middle = true;
  document.connection.prelude = "SMTP, STARTTLS";
  const std::string text = heading_text(document);
  EXPECT_THAT(text, HasSubstr("TLS 1.2 (offered, not agreed on)"));
  EXPECT_THAT(text, HasSubstr("the beginning is missing"));
  EXPECT_THAT(text, HasSubstr("before TLS  SMTP, STARTTLS"));
}

TEST(Terminal, SaysHowAStreamEnded) {
  Document document;
  document.events = {{EventKind::end_of_stream, Side::client, std::nullopt, 0},
                     {EventKind::end_of_stream, Side::server, std::nullopt, 1}};
  const std::string text = conversation_text(document);
  EXPECT_THAT(text, HasSubstr("end of the client's stream (FIN)"));
  EXPECT_THAT(text, HasSubstr("reset by the server (RST)"));
}

// --- Strangers' texts

/// The document with all that a peer chooses set to this.
Document hostile(const std::string& text) {
  Document document = full();
  Connection& connection = document.connection;
  connection.source = connection.client = connection.server = connection.server_name = text;
  connection.application_protocol = connection.prelude = connection.cipher_suite.name = text;
  for (Message& message : document.messages) {
    message.name = text;
    message.summary = {"verbatim", {text}};
    message.fault = Fault{1, text, {"verbatim", {text}}, text};
  }
  for (Field& field : document.fields) {
    field.name = text;
    field.text = text;
    field.number.name = text;
    field.value_meaning = {"verbatim", {text}};
  }
  for (Certificate& certificate : document.certificates) {
    for (Certificate::Statement& statement : certificate.statements)
      statement.name = statement.value = statement.meaning = text;
    certificate.remarks = {{text, text}};
  }
  for (Transition& transition : document.transitions) transition.reason = text;
  for (Record& record : document.records) record.type.name = text;
  for (Check& check : document.checks) {
    check.reason = {"verbatim", {text}};
    check.details = {{"verbatim", {text}}};
    check.verdict = Verdict::failed;
  }
  document.connection.outcome = {"verbatim", {text}};
  return document;
}

TEST(Terminal, MakesStrangersTextsHarmless) {
  const std::string right_to_left{'\xe2', '\x80', '\xae'};
  const Document document =
      hostile("\x1b[2J\x1b]0;title\x07\r\nfake line" + right_to_left + "\xc2\x9b\xff end");
  for (const Level level : {Level::brief, Level::normal, Level::bytes}) {
    const std::string text = to_text(document, at(level));
    EXPECT_FALSE(has_control_bytes(text));
    for (const std::string& bad : {right_to_left, std::string("\xc2\x9b"), std::string("\xff")})
      EXPECT_THAT(text, Not(HasSubstr(bad)));
    EXPECT_THAT(text, HasSubstr("\\1b[2J"));
    EXPECT_LE(widest_line(text), 80U);
  }
}

TEST(Terminal, KeepsToItsWidthWhateverNamesAreLikeAndHoweverLong) {
  for (const std::string& text :
       {std::string(3000, 'x'), std::string(500, ' '), std::string(), std::string(900, '_')}) {
    const Document document = hostile(text);
    for (const Level level : {Level::brief, Level::normal, Level::bytes})
      for (const std::size_t width : {60U, 80U})
        EXPECT_LE(widest_line(to_text(document, at(level, width))), width);
  }
  std::string wide;
  for (int i = 0; i < 300; ++i) wide += "证书";
  EXPECT_LE(widest_line(to_text(hostile(wide), at(Level::normal, 60))), 60U);
}

TEST(Terminal, LeavesOutWhatIsRedacted) {
  Document document = full();
  std::vector<std::string> values;
  for (const Secret& secret : document.secrets)
    if (!secret.is_public && !secret.output.empty()) values.push_back(wire::hex(secret.output));
  redact(document);
  for (const Level level : {Level::brief, Level::normal, Level::bytes}) {
    std::string text = to_text(document, at(level)) + secrets_text(document, at(level));
    EXPECT_THAT(text, HasSubstr("(redacted)"));
    text.erase(std::remove_if(text.begin(), text.end(), [](char c) { return std::isspace(c); }),
               text.end());
    for (const std::string& value : values) EXPECT_THAT(text, Not(HasSubstr(value)));
    EXPECT_THAT(text, Not(HasSubstr("ping")));
  }
}

// --- Several connections

TEST(SummaryTable, HasALineForEachConnection) {
  std::vector<SummaryRow> rows{summary_of(full()), summary_of(resumed())};
  rows[1].number = "2";
  const std::string text = summary_table(rows);
  EXPECT_EQ(lines_of(text).size(), 3U);
  EXPECT_LE(widest_line(text), 80U);
  EXPECT_THAT(lines_of(text)[1], testing::StartsWith("1  "));
  EXPECT_THAT(lines_of(text)[2], testing::StartsWith("2  "));
  EXPECT_THAT(text, HasSubstr("server.test"));
  EXPECT_THAT(text, HasSubstr("TLS 1.2"));
}

TEST(SummaryTable, LeavesOutColumnsThatNobodyFills) {
  SummaryRow row;
  row.number = "1";
  row.server_name = "a.test";
  EXPECT_EQ(summary_table({row}), "#  name\n1  a.test\n");
  EXPECT_EQ(summary_table({}), "");
}

TEST(SummaryTable, KeepsToItsWidthAndMakesTextsHarmless) {
  SummaryRow row;
  row.number = "1";
  row.server_name = std::string(300, 'x') + "\x1b[2J";
  row.outcome = "\r\nroot#";
  row.client = row.server = "[2001:db8::1234:5678:9abc:def0]:50000";
  row.cipher_suite = std::string(90, 'S');
  row.version = "TLS 1.2";
  for (const std::size_t width : {60U, 80U, 200U}) {
    const std::string text = summary_table({row}, at(Level::normal, width));
    EXPECT_LE(widest_line(text), width);
    EXPECT_FALSE(has_control_bytes(text));
    EXPECT_EQ(lines_of(text).size(), 2U);
  }
}

}  // namespace
}  // namespace glasstls::inspect
