#include "tls/event_queue.h"

#include <gtest/gtest.h>

namespace glasstls::tls {
namespace {

std::uint64_t number_in(const std::optional<Event>& event) {
  return std::get<RecordLimit>(event.value()).records_left;
}

TEST(EventQueue, GivesEventsInOrderAndThenNone) {
  EventQueue queue;
  EXPECT_TRUE(queue.empty());
  EXPECT_FALSE(queue.pop());
  for (std::uint64_t round = 0; round < 3; ++round) {
    queue.push(RecordLimit{Direction::sent, 10 * round});
    queue.push(RecordLimit{Direction::sent, 10 * round + 1});
    EXPECT_EQ(number_in(queue.pop()), 10 * round);
    queue.push(RecordLimit{Direction::sent, 10 * round + 2});
    EXPECT_FALSE(queue.empty());
    EXPECT_EQ(number_in(queue.pop()), 10 * round + 1);
    EXPECT_EQ(number_in(queue.pop()), 10 * round + 2);
    EXPECT_TRUE(queue.empty());
    EXPECT_FALSE(queue.pop());
  }
}

TEST(EventQueue, KeepsWhatKindAnEventIs) {
  EventQueue queue;
  queue.push(PeerClosed{});
  queue.push(WarningReceived{AlertDescription::user_canceled});
  EXPECT_TRUE(std::holds_alternative<PeerClosed>(*queue.pop()));
  EXPECT_TRUE(std::holds_alternative<WarningReceived>(*queue.pop()));
}

}  // namespace
}  // namespace glasstls::tls
