// The order of the reasons in the shim's failure line.
#include <gtest/gtest.h>

#include "tests/bogo/failure.h"

namespace glasstls::bogo {
namespace {

using Cause = tls::Failed::Cause;

tls::Failed failed(Cause cause, std::optional<AlertDescription> alert = std::nullopt) {
  tls::Failed event;
  event.cause = cause;
  event.alert = alert;
  event.reason = "what happened";
  event.section = "RFC 5246, 7.2";
  return event;
}

TEST(Failure, TellsTheFirstReasonThatFits) {
  const tls::Failed sent = failed(Cause::certificate, AlertDescription::certificate_unknown);
  EXPECT_STREQ(failure_of(sent, {true, true}).what(), "verify-rejected");
  EXPECT_STREQ(failure_of(sent, {false, true}).what(), "renegotiation");
  EXPECT_STREQ(failure_of(sent, {}).what(), "sent certificate_unknown");
}

TEST(Failure, NamesAlertsAsTheRfcDoes) {
  using enum AlertDescription;
  EXPECT_STREQ(failure_of(failed(Cause::protocol, decode_error), {}).what(), "sent decode_error");
  EXPECT_STREQ(failure_of(failed(Cause::internal, internal_error), {}).what(),
               "sent internal_error");
  EXPECT_STREQ(failure_of(failed(Cause::peer_alert, close_notify), {}).what(),
               "received close_notify");
  EXPECT_STREQ(failure_of(failed(Cause::peer_alert, AlertDescription{99}), {}).what(),
               "received 99");
}

TEST(Failure, HasWordsWhereThereIsNoAlert) {
  EXPECT_STREQ(failure_of(failed(Cause::truncated), {}).what(), "truncated");
  EXPECT_STREQ(failure_of(failed(Cause::not_tls), {}).what(), "not TLS");
  EXPECT_STREQ(failure_of(failed(Cause::internal), {}).what(), "internal");
}

TEST(Failure, KeepsTheDetailsForPeople) {
  EXPECT_EQ(failure_of(failed(Cause::truncated), {}).detail, "what happened; RFC 5246, 7.2");
}

}  // namespace
}  // namespace glasstls::bogo
