// The matrix of our own: every fault of the catalogue against our client or our server, which must
// send exactly the alert that the catalogue expects, and bear what is legal.
#include "tests/adversary/own_side.h"

#include <gtest/gtest.h>
#include <string>

#include "tests/adversary/drive.h"

namespace glasstls::adversary {

static void PrintTo(const Fault& fault, std::ostream* out) {
  *out << fault.name << ": " << fault.title;
}

namespace {

class OwnSideGetsFault : public testing::TestWithParam<Fault> {};

TEST_P(OwnSideGetsFault, AndAnswersAsTheCatalogueSays) {
  const Fault& fault = GetParam();
  OwnSide own(fault.side(), fault.needs);
  std::string steps;
  const Answer answer = play(fault, own, [&](std::string_view step) {
    steps += "  ";
    steps += step;
    steps += '\n';
  });
  const tls::Failed* failed = own.last().find<tls::Failed>();
  EXPECT_EQ(text_of(answer), text_of(fault.expected))
      << steps << (failed != nullptr ? failed->reason : "nothing failed");

  // What the application is told agrees with what the wire says.
  if (fault.legal()) {
    EXPECT_EQ(failed, nullptr);
    EXPECT_TRUE(own.last().completed());
    return;
  }
  ASSERT_NE(failed, nullptr) << steps;
  EXPECT_NE(failed->cause, tls::Failed::Cause::internal);
  EXPECT_FALSE(failed->reason.empty());
  EXPECT_FALSE(failed->section.empty());
  if (fault.expected.kind == Answer::Kind::alert) {
    EXPECT_EQ(failed->alert, fault.expected.alert);
  }
}

std::string test_name(const Fault& fault) {
  std::string name = std::string(name_of(fault.side())) + "_" + std::string(fault.name);
  for (char& letter : name)
    if (letter == '-') letter = '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(Every, OwnSideGetsFault, testing::ValuesIn(catalogue()),
                         [](const auto& fault) { return test_name(fault.param); });

// --- What an answer cannot show

Answer play_quietly(Side side, std::string_view name, OwnSide& own) {
  return play(*find(side, name), own, quietly);
}

TEST(Truncation, IsToldToTheApplication) {
  for (const Side side : {Side::client, Side::server})
    for (const char* name : {"truncation", "truncated-record", "truncated-handshake"}) {
      OwnSide own(side, Needs::nothing);
      play_quietly(side, name, own);
      ASSERT_NE(own.last().find<tls::Failed>(), nullptr) << name;
      EXPECT_EQ(own.last().find<tls::Failed>()->cause, tls::Failed::Cause::truncated) << name;
    }
}

TEST(Truncation, LetsNoPartOfARecordThrough) {
  OwnSide own(Side::server, Needs::nothing);
  play_quietly(Side::server, "truncated-record", own);
  EXPECT_TRUE(own.last().data.empty());
}

TEST(Ticket, IsTakenThreeTimesAndForgedOnesAreNot) {
  const auto resumed = [](std::string_view name) {
    OwnSide own(Side::client, Needs::nothing);
    play_quietly(Side::client, name, own);
    EXPECT_GE(own.connections(), 2U);
    return own.last().agreement().resumed;
  };
  EXPECT_EQ(resumed("resumption"), handshake::Resumption::ticket);
  EXPECT_EQ(resumed("replayed-ticket"), handshake::Resumption::ticket);
  for (const char* name : {"forged-ticket", "cut-ticket", "huge-ticket", "forged-session-id"})
    EXPECT_EQ(resumed(name), handshake::Resumption::none) << name;
}

TEST(Steps, AreToldAsTheyHappen) {
  OwnSide own(Side::client, Needs::nothing);
  std::vector<std::string> steps;
  play(*find(Side::client, "bad-finished"), own,
       [&](std::string_view step) { steps.emplace_back(step); });
  ASSERT_EQ(steps.size(), 5U);
  EXPECT_EQ(steps[0], "connects");
  EXPECT_TRUE(steps[1].starts_with("sends ClientHello: handshake (")) << steps[1];
  EXPECT_EQ(steps[2], "gets  ServerHello Certificate ServerKeyExchange ServerHelloDone");
  EXPECT_EQ(steps[3],
            "sends ClientKeyExchange Finished: handshake (37 bytes), change_cipher_spec (1 bytes), "
            "handshake (40 bytes)");
  EXPECT_EQ(steps[4], "gets  decrypt_error");
}

}  // namespace
}  // namespace glasstls::adversary
