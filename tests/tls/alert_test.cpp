#include "tls/alert.h"

#include <gtest/gtest.h>

#include "tests/support/refusal.h"

namespace glasstls::tls {
namespace {

using test::refusal_of;

class Watching final : public Observer {
 public:
  void message(const wire::MessageSeen& seen) noexcept override {
    ++messages;
    direction = seen.direction;
    complete = seen.fields.complete();
    if (const auto* field = seen.fields.find("description")) description = field->text;
  }
  int messages = 0;
  Direction direction{};
  bool complete = false;
  std::string description;
};

TEST(Alert, IsTwoBytes) {
  const Bytes bytes = make_alert({AlertLevel::fatal, AlertDescription::decode_error}, nullptr);
  EXPECT_EQ(bytes, (Bytes{2, 50}));
  const Alert alert = receive_alert(bytes, nullptr);
  EXPECT_EQ(alert.level, AlertLevel::fatal);
  EXPECT_EQ(alert.description, AlertDescription::decode_error);
}

TEST(Alert, RefusesLessAndMoreThanOne) {
  for (const Bytes& bytes : {Bytes{}, Bytes{1}, Bytes{1, 0, 1}, Bytes{1, 0, 1, 0}}) {
    const ProtocolError error = refusal_of([&] { receive_alert(bytes, nullptr); });
    EXPECT_EQ(error.alert, AlertDescription::decode_error);
    EXPECT_EQ(error.message, "Alert");
    EXPECT_EQ(error.section, "RFC 5246, 7.2");
  }
}

TEST(Alert, RefusesUnknownLevels) {
  for (unsigned level = 0; level < 256; ++level) {
    const Bytes bytes{static_cast<std::uint8_t>(level), 0};
    if (level == 1 || level == 2) {
      EXPECT_NO_THROW(receive_alert(bytes, nullptr));
      continue;
    }
    const ProtocolError error = refusal_of([&] { receive_alert(bytes, nullptr); });
    EXPECT_EQ(error.alert, AlertDescription::illegal_parameter);
    EXPECT_EQ(error.field, "level");
  }
}

TEST(Alert, TakesUnknownDescriptions) {
  EXPECT_EQ(receive_alert(Bytes{1, 255}, nullptr).description, AlertDescription(255));
}

TEST(Alert, IsShownInBothDirections) {
  Watching watching;
  make_alert({AlertLevel::warning, AlertDescription::close_notify}, &watching);
  EXPECT_EQ(watching.messages, 1);
  EXPECT_EQ(watching.direction, Direction::sent);
  EXPECT_EQ(watching.description, "close_notify");
  receive_alert(Bytes{2, 10}, &watching);
  EXPECT_EQ(watching.messages, 2);
  EXPECT_EQ(watching.direction, Direction::received);
  EXPECT_EQ(watching.description, "unexpected_message");
  EXPECT_TRUE(watching.complete);
  EXPECT_THROW(receive_alert(Bytes{2}, &watching), ProtocolError);
  EXPECT_EQ(watching.messages, 3);
  EXPECT_FALSE(watching.complete);
}

}  // namespace
}  // namespace glasstls::tls
