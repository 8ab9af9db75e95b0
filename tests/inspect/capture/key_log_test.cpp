#include "inspect/capture/key_log.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "tests/support/data_files.h"

namespace glasstls::inspect::capture {
namespace {

std::string times(std::size_t count, std::string_view digits) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += digits;
  return text;
}

const std::string random_1 = times(32, "a1");
const std::string random_2 = times(32, "a2");
const std::string master_1 = times(48, "51");
const std::string master_2 = times(48, "52");

Bytes bytes(std::string_view digits) { return wire::unhex(digits).value(); }

template <class Logged>
std::string hex_of(const Logged* found) {
  return found == nullptr ? "nothing" : wire::hex(found->secret.reveal());
}

class KeyLogs : public testing::Test {
 protected:
  void add(std::string_view text, std::string_view source = "keys.log") {
    log.add(source, wire::as_bytes(text));
  }

  std::string master_of(std::string_view client_random) const {
    return hex_of(log.master_secret(bytes(client_random)));
  }

  /// The line that gave the master secret.
  static std::string line_of(const KeyLog& log, std::string_view client_random) {
    const LoggedMaster* found = log.master_secret(bytes(client_random));
    return found == nullptr ? "nothing" : log.name_of(found->line);
  }

  /// All problems, a line each.
  std::string problems() const {
    std::string text;
    for (const KeyLogProblem& problem : log.problems()) text += log.text_of(problem) + "\n";
    return text;
  }

  /// What is said of a text of one line that is of no use.
  std::string fault(std::string_view line) {
    KeyLog one;
    one.add("k", wire::as_bytes(line));
    EXPECT_EQ(one.usable_lines(), 0U) << line;
    if (one.problems().size() != 1) return std::to_string(one.problems().size()) + " problems";
    EXPECT_EQ(one.problems()[0].kind, KeyLogProblem::Kind::bad);
    EXPECT_EQ(one.problems()[0].line.number, 1U);
    return one.problems()[0].text;
  }

  KeyLog log;
};

// --- What is found

TEST_F(KeyLogs, GiveTheMasterSecretOfAClientRandom) {
  add("CLIENT_RANDOM " + random_1 + " " + master_1 + "\n" +  //
      "CLIENT_RANDOM " + random_2 + " " + master_2 + "\n");
  EXPECT_EQ(master_of(random_1), master_1);
  EXPECT_EQ(master_of(random_2), master_2);
  EXPECT_EQ(master_of(times(32, "a3")), "nothing");
  EXPECT_EQ(log.premaster_secret(bytes(random_1)), nullptr);
  EXPECT_EQ(log.master_secret_of_session(bytes(random_1)), nullptr);
  EXPECT_EQ(log.usable_lines(), 2U);
  EXPECT_EQ(problems(), "");
}

TEST_F(KeyLogs, GiveThePremasterSecretOfAClientRandomInAnyLength) {
  for (const std::size_t size : {1U, 32U, 48U, 256U, 1024U}) {
    const std::string random =
        times(31, "b0") + wire::hex(Bytes{static_cast<std::uint8_t>(size / 8)});
    add("PMS_CLIENT_RANDOM " + random + " " + times(size, "77"));
    EXPECT_EQ(hex_of(log.premaster_secret(bytes(random))), times(size, "77"));
    EXPECT_EQ(master_of(random), "nothing");
  }
  EXPECT_EQ(problems(), "");
}

TEST_F(KeyLogs, GiveThePremasterSecretOfAnEncryptedOneByItsFirstEightBytes) {
  add("RSA 0102030405060708 " + master_1);
  EXPECT_EQ(hex_of(log.premaster_secret_of_exchange(bytes("0102030405060708" + times(248, "99")))),
            master_1);
  EXPECT_EQ(hex_of(log.premaster_secret_of_exchange(bytes("0102030405060708"))), master_1);
  EXPECT_EQ(hex_of(log.premaster_secret_of_exchange(bytes("0102030405060709"))), "nothing");
  EXPECT_EQ(hex_of(log.premaster_secret_of_exchange(bytes("01020304050607"))), "nothing");
}

TEST_F(KeyLogs, GiveTheMasterSecretOfASessionId) {
  add("RSA Session-ID:" + random_1 + " Master-Key:" + master_1 + "\n" +  //
      "RSA Session-ID:01 Master-Key:" + master_2 + "\n");
  EXPECT_EQ(hex_of(log.master_secret_of_session(bytes(random_1))), master_1);
  EXPECT_EQ(hex_of(log.master_secret_of_session(bytes("01"))), master_2);
  EXPECT_EQ(hex_of(log.master_secret_of_session(bytes("02"))), "nothing");
  EXPECT_EQ(hex_of(log.master_secret_of_session({})), "nothing");
  EXPECT_EQ(master_of(random_1), "nothing");
}

TEST_F(KeyLogs, ReadASessionWithBlanksBehindTheColons) {
  add("RSA Session-ID: 01 Master-Key: " + master_2);
  EXPECT_EQ(hex_of(log.master_secret_of_session(bytes("01"))), master_2);
}

TEST_F(KeyLogs, FindNothingByARandomOfAnotherLength) {
  add("CLIENT_RANDOM " + random_1 + " " + master_1 + "\nPMS_CLIENT_RANDOM " + random_1 + " 01");
  EXPECT_EQ(log.master_secret(bytes(times(31, "a1"))), nullptr);
  EXPECT_EQ(log.master_secret(bytes(times(33, "a1"))), nullptr);
  EXPECT_EQ(log.master_secret({}), nullptr);
  EXPECT_EQ(log.premaster_secret(bytes(times(31, "a1"))), nullptr);
}

TEST_F(KeyLogs, ReadARealOne) {
  const std::string text = test::read_data("../docs/tutorial/handshake.keys");
  add(text);
  EXPECT_EQ(master_of(text.substr(14, 64)), text.substr(79, 96));
  EXPECT_EQ(log.usable_lines(), 1U);
}

// --- The form of lines

TEST_F(KeyLogs, ReadDigitsInEitherCase) {
  add("CLIENT_RANDOM " + times(32, "aB") + " " + times(48, "Cd"));
  EXPECT_EQ(master_of(times(32, "ab")), times(48, "cd"));
}

TEST_F(KeyLogs, ReadLinesThatEndInCrLfOrInNothing) {
  add("CLIENT_RANDOM " + random_1 + " " + master_1 + "\r\n" +  //
      "CLIENT_RANDOM " + random_2 + " " + master_2);
  EXPECT_EQ(master_of(random_1), master_1);
  EXPECT_EQ(master_of(random_2), master_2);
}

TEST_F(KeyLogs, ReadBlanksBetweenAndAround) {
  add("  CLIENT_RANDOM\t" + random_1 + "   " + master_1 + "  \r\n");
  EXPECT_EQ(master_of(random_1), master_1);
}

TEST_F(KeyLogs, ReadBehindAByteOrderMark) {
  add("\xef\xbb\xbf"
      "CLIENT_RANDOM " +
      random_1 + " " + master_1);
  EXPECT_EQ(master_of(random_1), master_1);
}

TEST_F(KeyLogs, SkipCommentsAndBlankLinesAndCountThem) {
  add("# SSL/TLS secrets log file\n\n   \r\n #" + times(5000, "x") + "\nCLIENT_RANDOM " + random_1 +
      " " + master_1 + "\noops\n");
  EXPECT_EQ(line_of(log, random_1), "keys.log, line 5");
  EXPECT_EQ(problems(), "keys.log, line 6: it does not begin with a label\n");
}

TEST_F(KeyLogs, CountLinesOfOtherLabels) {
  add("CLIENT_HANDSHAKE_TRAFFIC_SECRET 01 02\n"
      "EXPORTER_SECRET\n"
      "CLIENT_HANDSHAKE_TRAFFIC_SECRET " +
      times(9000, "0") + "\n");
  const KeyLog::Counts expected{{"CLIENT_HANDSHAKE_TRAFFIC_SECRET", 2}, {"EXPORTER_SECRET", 1}};
  EXPECT_EQ(log.ignored_lines(), expected);
  EXPECT_EQ(log.usable_lines(), 0U);
  EXPECT_EQ(problems(), "");
}

TEST_F(KeyLogs, CountTheLabelsBeyondTheFirstHundredTogether) {
  for (int i = 0; i < 150; ++i) add("LABEL_" + std::to_string(i) + " 01 02\n");
  add("LABEL_3 01 02\n");
  EXPECT_EQ(log.ignored_lines().size(), KeyLog::most_labels + 1);
  EXPECT_EQ(log.ignored_lines().at("LABEL_3"), 2U);
  EXPECT_EQ(log.ignored_lines().at("other labels"), 50U);
}

TEST_F(KeyLogs, ReadPiecesOfEverySize) {
  const std::string text = "CLIENT_RANDOM " + random_1 + " " + master_1 + "\r\n\n# no\nRSA 1\n" +
                           "CLIENT_RANDOM " + random_2 + " " + master_2;
  for (std::size_t size = 1; size <= text.size(); ++size) {
    KeyLog pieces;
    pieces.begin("k");
    for (std::size_t at = 0; at < text.size(); at += size)
      pieces.read(wire::as_bytes(std::string_view(text).substr(at, size)));
    pieces.end();
    ASSERT_EQ(hex_of(pieces.master_secret(bytes(random_1))), master_1) << size;
    ASSERT_EQ(hex_of(pieces.master_secret(bytes(random_2))), master_2) << size;
    ASSERT_EQ(line_of(pieces, random_2), "k, line 5") << size;
    ASSERT_EQ(pieces.problems().size(), 1U) << size;
    ASSERT_EQ(pieces.problems()[0].line.number, 4U) << size;
  }
}

TEST_F(KeyLogs, BeginATextWhereAnotherWasNotEnded) {
  log.begin("one");
  log.read(wire::as_bytes("CLIENT_RANDOM " + random_1 + " " + master_1));
  add("CLIENT_RANDOM " + random_2 + " " + master_2);
  EXPECT_EQ(line_of(log, random_1), "one, line 1");
  EXPECT_EQ(line_of(log, random_2), "keys.log, line 1");
}

// --- Bad lines

TEST_F(KeyLogs, RefuseLinesWithoutALabel) {
  const std::string_view fault_text = "it does not begin with a label";
  EXPECT_EQ(fault("client_random " + random_1 + " " + master_1), fault_text);
  EXPECT_EQ(fault("Session-ID: 01"), fault_text);
  EXPECT_EQ(fault(std::string("\0\1\2", 3)), fault_text);
  EXPECT_EQ(fault(times(65, "X") + " 01 02"), fault_text);
  EXPECT_EQ(fault(std::string(5000, ' ')), fault_text);
}

TEST_F(KeyLogs, RefuseAnotherNumberOfValues) {
  const std::string_view master =
      "behind the label there must be a client_random and a master_secret";
  EXPECT_EQ(fault("CLIENT_RANDOM"), master);
  EXPECT_EQ(fault("CLIENT_RANDOM " + random_1), master);
  EXPECT_EQ(fault("CLIENT_RANDOM " + random_1 + " " + master_1 + " 01"), master);
  EXPECT_EQ(fault("PMS_CLIENT_RANDOM " + random_1),
            "behind the label there must be a client_random and a premaster_secret");
  EXPECT_EQ(fault("RSA 0102030405060708"),
            "behind the label there must be the beginning of an encrypted premaster_secret and a "
            "premaster_secret");
  EXPECT_EQ(fault("RSA Session-ID:01"), "behind the Session-ID there must be a Master-Key");
}

TEST_F(KeyLogs, RefuseWhatIsNotHexadecimal) {
  EXPECT_EQ(fault("CLIENT_RANDOM " + times(31, "a1") + "ag " + master_1),
            "the client_random is not hexadecimal");
  EXPECT_EQ(fault("CLIENT_RANDOM " + random_1 + " " + times(47, "51") + "0x"),
            "the master_secret is not hexadecimal");
  EXPECT_EQ(fault("PMS_CLIENT_RANDOM " + random_1 + " 0:"),
            "the premaster_secret is not hexadecimal");
  EXPECT_EQ(fault("RSA 010203040506070/ " + master_1),
            "the beginning of the encrypted premaster_secret is not hexadecimal");
  EXPECT_EQ(fault("RSA Session-ID:0G Master-Key:" + master_1), "the session_id is not hexadecimal");
  EXPECT_EQ(fault("RSA Session-ID:01 Master-Key:" + master_1 + " x"),
            "the master_secret is not hexadecimal");
}

TEST_F(KeyLogs, RefuseOtherLengths) {
  EXPECT_EQ(fault("CLIENT_RANDOM " + times(31, "a1") + " " + master_1),
            "the client_random has 31 bytes, not 32");
  EXPECT_EQ(fault("CLIENT_RANDOM " + times(33, "a1") + " " + master_1),
            "the client_random has 33 bytes, not 32");
  EXPECT_EQ(fault("CLIENT_RANDOM " + random_1 + " " + times(47, "51")),
            "the master_secret has 47 bytes, not 48");
  EXPECT_EQ(fault("CLIENT_RANDOM " + random_1 + " " + master_1 + "5"),
            "the master_secret has an odd number of digits");
  EXPECT_EQ(fault("PMS_CLIENT_RANDOM a1 01"), "the client_random has 1 byte, not 32");
  EXPECT_EQ(fault("PMS_CLIENT_RANDOM " + random_1 + " " + times(1025, "51")),
            "the premaster_secret has 1025 bytes, not 1 to 1024");
  EXPECT_EQ(fault("RSA 01020304050607 " + master_1),
            "the beginning of the encrypted premaster_secret has 7 bytes, not 8");
  EXPECT_EQ(fault("RSA 0102030405060708 " + times(49, "51")),
            "the premaster_secret has 49 bytes, not 48");
  EXPECT_EQ(fault("RSA Session-ID: Master-Key:" + master_1),
            "the session_id has 0 bytes, not 1 to 32");
  EXPECT_EQ(fault("RSA Session-ID:" + times(33, "01") + " Master-Key:" + master_1),
            "the session_id has 33 bytes, not 1 to 32");
  EXPECT_EQ(fault("RSA Session-ID:01 Master-Key:" + times(49, "51")),
            "the master_secret has 49 bytes, not 48");
}

TEST_F(KeyLogs, RefuseLinesThatAreTooLong) {
  const std::string line = "CLIENT_RANDOM " + random_1 + " " + master_1;
  const std::string spaces(KeyLog::longest_line - line.size(), ' ');
  EXPECT_EQ(fault(line + spaces + " "), "it has more than 4096 bytes");
  EXPECT_EQ(fault(line + spaces + " \n"), "it has more than 4096 bytes");
  add(line + spaces + "\n");
  EXPECT_EQ(master_of(random_1), master_1);
}

TEST_F(KeyLogs, GoOnBehindALineThatIsTooLong) {
  log.begin("keys.log");
  log.read(wire::as_bytes("CLIENT_RANDOM "));
  for (int i = 0; i < 100; ++i) log.read(Bytes(1000, 'a'));
  log.read(wire::as_bytes("\nCLIENT_RANDOM "));
  log.read(wire::as_bytes(random_1 + " " + master_1));
  log.end();
  EXPECT_EQ(problems(), "keys.log, line 1: it has more than 4096 bytes\n");
  EXPECT_EQ(line_of(log, random_1), "keys.log, line 2");
}

TEST_F(KeyLogs, TellNoSecretInAProblem) {
  add("CLIENT_RANDOM " + random_1 + " " + times(47, "51") + "\n" +     //
      "CLIENT_RANDOM " + random_1 + " " + times(48, "5x") + "\n" +     //
      times(48, "51") + "\n" +                                         //
      "CLIENT_RANDOM " + random_1 + " " + master_1 + " " + "5151\n" +  //
      "CLIENT_RANDOM " + random_1 + " " + master_1 + "\n" +            //
      "CLIENT_RANDOM " + random_1 + " " + times(48, "a551").substr(96));
  EXPECT_EQ(log.problems().size(), 5U);
  EXPECT_EQ(problems().find("51"), std::string::npos) << problems();
}

TEST_F(KeyLogs, KeepTheFirstHundredProblemsAndCountTheRest) {
  for (int i = 0; i < 250; ++i) add("oops\n");
  EXPECT_EQ(log.problems().size(), KeyLog::most_problems);
  EXPECT_EQ(log.problems_left_out(), 150U);
}

// --- Lines about the same thing

TEST_F(KeyLogs, UseTheEarlierOfTwoConflictingLines) {
  add("CLIENT_RANDOM " + random_1 + " " + master_1 + "\n" +  //
      "PMS_CLIENT_RANDOM " + random_1 + " 01\n" +            //
      "RSA 0102030405060708 " + master_1 + "\n" +            //
      "RSA Session-ID:01 Master-Key:" + master_1 + "\n");
  add("\nCLIENT_RANDOM " + random_1 + " " + master_2 + "\n" +  //
          "PMS_CLIENT_RANDOM " + random_1 + " 0101\n" +        //
          "RSA 0102030405060708 " + master_2 + "\n" +          //
          "RSA Session-ID:01 Master-Key:" + master_2 + "\n",
      "secrets block at byte 1234 of x.pcapng");
  EXPECT_EQ(master_of(random_1), master_1);
  EXPECT_EQ(hex_of(log.premaster_secret(bytes(random_1))), "01");
  EXPECT_EQ(hex_of(log.premaster_secret_of_exchange(bytes("0102030405060708"))), master_1);
  EXPECT_EQ(hex_of(log.master_secret_of_session(bytes("01"))), master_1);
  EXPECT_EQ(log.usable_lines(), 4U);
  for (const KeyLogProblem& problem : log.problems())
    EXPECT_EQ(problem.kind, KeyLogProblem::Kind::conflicting);
  EXPECT_EQ(
      problems(),
      "secrets block at byte 1234 of x.pcapng, line 2: it gives another master_secret for the "
      "client_random of keys.log, line 1; that earlier line is used\n"
      "secrets block at byte 1234 of x.pcapng, line 3: it gives another premaster_secret for "
      "the client_random of keys.log, line 2; that earlier line is used\n"
      "secrets block at byte 1234 of x.pcapng, line 4: it gives another premaster_secret for "
      "the encrypted premaster_secret of keys.log, line 3; that earlier line is used\n"
      "secrets block at byte 1234 of x.pcapng, line 5: it gives another master_secret for the "
      "session_id of keys.log, line 4; that earlier line is used\n");
}

TEST_F(KeyLogs, TakeARepeatedLineOnce) {
  add("CLIENT_RANDOM " + random_1 + " " + master_1 + "\n");
  add("CLIENT_RANDOM " + random_1 + " " + master_1 + "\n", "again");
  EXPECT_EQ(log.usable_lines(), 1U);
  EXPECT_EQ(line_of(log, random_1), "keys.log, line 1");
  EXPECT_EQ(problems(), "");
}

TEST_F(KeyLogs, KnowTheMasterAndThePremasterSecretOfOneConnection) {
  add("CLIENT_RANDOM " + random_1 + " " + master_1 + "\nPMS_CLIENT_RANDOM " + random_1 + " 01\n");
  EXPECT_EQ(master_of(random_1), master_1);
  EXPECT_EQ(hex_of(log.premaster_secret(bytes(random_1))), "01");
  EXPECT_EQ(problems(), "");
}

TEST_F(KeyLogs, NameTheSourceOfEachLine) {
  add("# nothing of use\n", "a");
  add("CLIENT_RANDOM " + random_1 + " " + master_1, "b");
  add("oops", "c");
  EXPECT_EQ(line_of(log, random_1), "b, line 1");
  EXPECT_EQ(problems(), "c, line 1: it does not begin with a label\n");
}

TEST_F(KeyLogs, MayHoldNothing) {
  add("");
  EXPECT_EQ(log.usable_lines(), 0U);
  EXPECT_EQ(master_of(random_1), "nothing");
  EXPECT_EQ(problems(), "");
}

}  // namespace
}  // namespace glasstls::inspect::capture
