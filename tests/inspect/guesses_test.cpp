#include "inspect/guesses.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace glasstls::inspect {
namespace {

using testing::HasSubstr;
using tls::Failed;
using Cause = tls::Failed::Cause;

Failed failed(Cause cause, std::optional<AlertDescription> alert = std::nullopt) {
  Failed failed;
  failed.cause = cause;
  failed.alert = alert;
  return failed;
}

TEST(Guess, KnowsEveryCause) {
  using enum AlertDescription;
  for (const Failed& each : {failed(Cause::protocol, bad_record_mac),
                             failed(Cause::peer_alert, handshake_failure), failed(Cause::not_tls),
                             failed(Cause::truncated), failed(Cause::internal, internal_error)}) {
    EXPECT_FALSE(guess(each).likely_cause.empty());
    EXPECT_FALSE(guess(each).advice.empty());
  }
}

TEST(Guess, KnowsEveryAlertThatWeSendToABadPeer) {
  using enum AlertDescription;
  for (const auto alert : {unexpected_message, bad_record_mac, record_overflow, handshake_failure,
                           bad_certificate, unsupported_certificate, illegal_parameter,
                           decode_error, decrypt_error, protocol_version, unsupported_extension})
    EXPECT_FALSE(guess(failed(Cause::protocol, alert)).likely_cause.empty()) << name_of(alert);
}

TEST(Guess, TellsReceivedAlertsFromSentOnes) {
  const auto alert = AlertDescription::protocol_version;
  EXPECT_FALSE(guess(failed(Cause::peer_alert, alert)).advice.empty());
  EXPECT_NE(guess(failed(Cause::peer_alert, AlertDescription::unknown_ca)).likely_cause,
            guess(failed(Cause::protocol, AlertDescription::unknown_ca)).likely_cause);
}

TEST(Guess, KnowsWhatAHandshakeFailureMeansByWhenItCame) {
  Failed received = failed(Cause::peer_alert, AlertDescription::handshake_failure);
  received.state = "WaitServerHello";
  EXPECT_THAT(guess(received).likely_cause, HasSubstr("shares no cipher suite"));
  for (const char* state : {"WaitChangeCipherSpec", "WaitNewSessionTicket"}) {
    received.state = state;
    EXPECT_THAT(guess(received).likely_cause, HasSubstr("requires a client certificate"));
    EXPECT_THAT(guess(received).advice, HasSubstr("--cert"));
  }
  received.state = "Established";
  EXPECT_THAT(guess(received).likely_cause, HasSubstr("insists on a renegotiation"));
}

TEST(Guess, TellsAnEndDuringTheHandshakeFromOneAfterIt) {
  Failed early = failed(Cause::truncated);
  early.state = "WaitServerHello";
  Failed late = failed(Cause::truncated);
  late.state = "Established";
  EXPECT_NE(guess(early).likely_cause, guess(late).likely_cause);
  EXPECT_THAT(std::string(guess(late).likely_cause), HasSubstr("close_notify"));
}

TEST(Guess, FollowsTheFirstFailedCheckOfACertificate) {
  Failed refused = failed(Cause::certificate, AlertDescription::unknown_ca);
  EXPECT_TRUE(guess(refused).likely_cause.empty());
  refused.verdict.emplace();
  const auto check = [](x509::Rule rule, bool passed) {
    const auto outcome = passed ? x509::Outcome::passed : x509::Outcome::failed;
    return x509::Check{rule, outcome, 0, {}, "", "", AlertDescription::unknown_ca};
  };
  refused.verdict->paths.emplace_back();
  std::vector<x509::Check>& checks = refused.verdict->paths[0].checks;
  checks = {check(x509::Rule::version, true), check(x509::Rule::path_to_anchor, false),
            check(x509::Rule::validity, false)};
  EXPECT_THAT(std::string(guess(refused).advice), HasSubstr("--ca"));
  checks = {check(x509::Rule::server_name, false)};
  EXPECT_THAT(std::string(guess(refused).advice), HasSubstr("--name"));
  checks = {check(x509::Rule::work_bound, false)};
  EXPECT_TRUE(guess(refused).likely_cause.empty());
}

TEST(GuessOfAServer, KnowsWhatIsWrongWithAClientsCertificate) {
  const auto guessed = [](Cause cause, AlertDescription alert) {
    Failed each = failed(cause, alert);
    each.at_server = true;
    each.message = "Certificate";
    return guess(each);
  };
  using enum AlertDescription;
  EXPECT_THAT(std::string(guessed(Cause::certificate, unknown_ca).advice),
              HasSubstr("--client-ca"));
  EXPECT_THAT(std::string(guessed(Cause::certificate, certificate_expired).likely_cause),
              HasSubstr("expired"));
  EXPECT_THAT(std::string(guessed(Cause::certificate, unsupported_certificate).advice),
              HasSubstr("clientAuth"));
  EXPECT_THAT(std::string(guessed(Cause::protocol, handshake_failure).likely_cause),
              HasSubstr("no certificate"));
}

TEST(GuessOfAServer, SpeaksOfTheClientAndNeverOfTheServerAsThePeer) {
  using enum AlertDescription;
  std::vector<Failed> all{failed(Cause::not_tls), failed(Cause::truncated),
                          failed(Cause::internal, internal_error),
                          failed(Cause::certificate, unknown_ca)};
  for (const auto alert : {handshake_failure, protocol_version, no_application_protocol,
                           unrecognized_name, unexpected_message, illegal_parameter, decode_error,
                           decrypt_error, bad_record_mac, record_overflow})
    all.push_back(failed(Cause::protocol, alert));
  for (const auto alert : {unknown_ca, certificate_unknown, bad_certificate, certificate_expired,
                           protocol_version, handshake_failure, decrypt_error, close_notify})
    all.push_back(failed(Cause::peer_alert, alert));
  for (Failed& each : all) {
    each.at_server = true;
    const Guess guessed = guess(each);
    EXPECT_FALSE(guessed.likely_cause.empty());
    EXPECT_FALSE(guessed.advice.empty());
    EXPECT_THAT(std::string(guessed.likely_cause), testing::Not(HasSubstr("the server ")));
  }
}

}  // namespace
}  // namespace glasstls::inspect
