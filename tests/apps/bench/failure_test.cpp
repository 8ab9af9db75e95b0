#include "apps/bench/failure.h"

#include <cerrno>
#include <gtest/gtest.h>

namespace glasstls::apps::bench {
namespace {

TEST(ConnectFailure, IsToldByItsErrorNumber) {
  EXPECT_EQ(connect_failure(ECONNREFUSED).cause, Cause::refused);
  EXPECT_EQ(connect_failure(EHOSTUNREACH).cause, Cause::unreachable);
  EXPECT_EQ(connect_failure(ETIMEDOUT).cause, Cause::connect_timeout);
  EXPECT_EQ(connect_failure(ECONNRESET).cause, Cause::reset);
  EXPECT_EQ(connect_failure(EADDRNOTAVAIL).cause, Cause::out_of_local_ports);
  EXPECT_EQ(connect_failure(EMFILE).cause, Cause::out_of_descriptors);
  EXPECT_EQ(connect_failure(ENFILE).cause, Cause::out_of_descriptors);
}

TEST(ConnectFailure, OfAMachineThatRanOutOfSomethingIsTheLoadGenerators) {
  EXPECT_TRUE(is_of_load_generator(Cause::out_of_local_ports));
  EXPECT_TRUE(is_of_load_generator(Cause::out_of_descriptors));
  EXPECT_FALSE(is_of_load_generator(Cause::refused));
  EXPECT_FALSE(is_of_load_generator(Cause::timeout));
}

tls::Failed failed(tls::Failed::Cause cause) {
  tls::Failed failed;
  failed.cause = cause;
  failed.alert = AlertDescription::handshake_failure;
  failed.reason = "it is wrong";
  failed.section = "RFC 5246, 7.4.3";
  failed.state = "WaitServerHello";
  return failed;
}

Failure failure(tls::Failed::Cause cause, bool was_reset = false) {
  return failure_of(failed(cause), was_reset);
}

TEST(Failure, OfAnAlertNamesItAndTheState) {
  const Failure alert = failure(tls::Failed::Cause::peer_alert);
  EXPECT_EQ(alert.cause, Cause::alert);
  EXPECT_EQ(alert.detail, "handshake_failure, in WaitServerHello");
}

TEST(Failure, OfAStreamThatEndsTellsHowAndInWhichState) {
  const Failure truncated = failure(tls::Failed::Cause::truncated);
  EXPECT_EQ(truncated.cause, Cause::truncated);
  EXPECT_EQ(truncated.detail, "in WaitServerHello");
  EXPECT_EQ(failure(tls::Failed::Cause::truncated, true).cause, Cause::reset);
}

TEST(Failure, OfTheProtocolGivesReasonAndRule) {
  const Failure protocol = failure(tls::Failed::Cause::protocol);
  EXPECT_EQ(protocol.cause, Cause::protocol_error);
  EXPECT_EQ(protocol.detail, "it is wrong (RFC 5246, 7.4.3)");
}

TEST(Failure, HasTheExitCodeOfItsKind) {
  EXPECT_EQ(exit_code_of(Cause::refused), ExitCode::no_connection);
  EXPECT_EQ(exit_code_of(Cause::connect_timeout), ExitCode::no_connection);
  EXPECT_EQ(exit_code_of(Cause::out_of_local_ports), ExitCode::no_connection);
  EXPECT_EQ(exit_code_of(failure(tls::Failed::Cause::not_tls).cause), ExitCode::not_tls);
  EXPECT_EQ(exit_code_of(failure(tls::Failed::Cause::peer_alert).cause), ExitCode::peer_alert);
  EXPECT_EQ(exit_code_of(failure(tls::Failed::Cause::protocol).cause), ExitCode::protocol_error);
  EXPECT_EQ(exit_code_of(failure(tls::Failed::Cause::certificate).cause), ExitCode::not_trusted);
  EXPECT_EQ(exit_code_of(failure(tls::Failed::Cause::truncated).cause), ExitCode::timed_out);
  EXPECT_EQ(exit_code_of(Cause::timeout), ExitCode::timed_out);
  EXPECT_EQ(exit_code_of(Cause::not_resumed), ExitCode::not_as_expected);
  EXPECT_EQ(exit_code_of(failure(tls::Failed::Cause::internal).cause), ExitCode::internal_error);
}

}  // namespace
}  // namespace glasstls::apps::bench
