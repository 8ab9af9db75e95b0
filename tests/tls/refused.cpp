#include "tests/tls/refused.h"

#include <gtest/gtest.h>

namespace glasstls::tls {

void expect_dead(test::Wired& peers) {
  EXPECT_TRUE(peers.ours.to_send().empty());
  EXPECT_TRUE(peers.ours.receive_buffer().empty());
  EXPECT_FALSE(peers.ours.writable());
  EXPECT_EQ(peers.ours.write(Bytes{1, 2, 3}), 0U);
  EXPECT_FALSE(peers.ours.next_event());
  peers.ours.end_of_stream();
  EXPECT_FALSE(peers.ours.next_event());
  peers.ours.close();
  EXPECT_TRUE(peers.ours.to_send().empty());  // no keys, no more alerts
}

void expect_ended(test::Wired& peers, Failed::Cause cause) {
  const Failed* failed = peers.find<Failed>();
  ASSERT_NE(failed, nullptr) << "our side did not fail";
  EXPECT_EQ(peers.count<Failed>(), 1U);
  EXPECT_TRUE(std::holds_alternative<Failed>(peers.events.back()));
  EXPECT_EQ(failed->cause, cause) << failed->reason;
  EXPECT_FALSE(failed->reason.empty());
  EXPECT_FALSE(failed->section.empty());
  for (const Alert& alert : peers.theirs.alerts())
    EXPECT_NE(alert.level, AlertLevel::fatal) << name_of(alert.description);
  expect_dead(peers);
}

void expect_refused(test::Wired& peers, const Expected& expected) {
  const Failed* failed = peers.find<Failed>();
  ASSERT_NE(failed, nullptr) << "our side did not fail";
  EXPECT_EQ(peers.count<Failed>(), 1U);
  EXPECT_TRUE(std::holds_alternative<Failed>(peers.events.back()));
  EXPECT_EQ(failed->cause, expected.cause) << failed->reason;
  ASSERT_TRUE(failed->alert);
  EXPECT_EQ(name_of(*failed->alert), name_of(expected.alert)) << failed->reason;
  EXPECT_FALSE(failed->reason.empty());
  EXPECT_FALSE(failed->section.empty()) << failed->reason;
  EXPECT_FALSE(failed->state.empty()) << failed->reason;
  EXPECT_EQ(failed->verdict.has_value(), expected.cause == Failed::Cause::certificate);

  if (!expected.message.empty()) {
    EXPECT_EQ(failed->message, expected.message) << failed->reason;
  }
  if (!expected.field.empty()) {
    EXPECT_EQ(failed->field, expected.field) << failed->reason;
  }
  if (expected.offset) {
    EXPECT_EQ(failed->offset, expected.offset) << failed->reason;
  }
  if (!expected.section.empty()) {
    EXPECT_EQ(failed->section, expected.section) << failed->reason;
  }
  EXPECT_NE(failed->reason.find(expected.reason_part), std::string::npos) << failed->reason;

  const auto& alerts = peers.theirs.alerts();
  ASSERT_FALSE(alerts.empty()) << "the peer got no alert";
  EXPECT_EQ(alerts.back().level, AlertLevel::fatal);
  EXPECT_EQ(name_of(alerts.back().description), name_of(expected.alert));
  std::size_t fatal = 0;
  for (const Alert& alert : alerts) fatal += alert.level == AlertLevel::fatal ? 1 : 0;
  EXPECT_EQ(fatal, 1U);
  expect_dead(peers);
}

}  // namespace glasstls::tls
