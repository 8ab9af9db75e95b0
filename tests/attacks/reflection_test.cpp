// Reflection, as in Selfie (Drucker and Gueron, 2019): an endpoint is made to talk to itself.
#include <gtest/gtest.h>

#include "tests/attacks/support.h"

namespace glasstls::tls {
namespace {

TEST(Attacks, SelfieHelloEchoedToItsClientIsRefused) {
  Middle middle;
  middle.client.hears(middle.client.says());
  expect_refused_without_secrets(middle.client, AlertDescription::unexpected_message,
                                 "WaitServerHello");
  EXPECT_EQ(middle.client.find<Failed>()->message, "ClientHello");
}

TEST(Attacks, SelfieFlightEchoedToItsServerIsRefused) {
  Middle middle;
  middle.server.hears(middle.client.says());
  middle.server.hears(middle.server.says());
  expect_refused_without_secrets(middle.server, AlertDescription::unexpected_message,
                                 "WaitClientKeyExchange");
  EXPECT_EQ(middle.server.find<Failed>()->message, "ServerHello");
}

// Its own ChangeCipherSpec is like the other's. Its own Finished is under the key of its own
// direction.
TEST(Attacks, SelfieFinishedEchoedToItsClientIsRefused) {
  Middle middle;
  middle.server.hears(middle.client.says());
  middle.client.hears(middle.server.says());
  const std::vector<Bytes> second_flight = records_of(middle.client.says());
  ASSERT_EQ(second_flight.size(), 3U);  // ClientKeyExchange, ChangeCipherSpec, Finished
  middle.client.hears(second_flight[1]);
  middle.client.hears(second_flight[2]);
  expect_failed(middle.client, AlertDescription::bad_record_mac, "WaitFinished");
  EXPECT_FALSE(middle.client.completed());
}

TEST(Attacks, SelfieRecordsEchoedToTheirSenderAreRefused) {
  for (const bool to_client : {true, false}) {
    Middle middle;
    middle.stand_aside();
    Victim& victim = to_client ? middle.client : middle.server;
    EXPECT_EQ(victim.connection.write(wire::as_bytes("pay 100")), 7U);
    victim.hears(victim.says());
    expect_failed(victim, AlertDescription::bad_record_mac, "Established");
    EXPECT_TRUE(victim.data.empty());
  }
}

// A record of one connection said again on it, or on the next of the same two ends.
TEST(Attacks, ReplayedRecordsAreRefused) {
  Middle middle;
  middle.stand_aside();
  middle.client.connection.write(wire::as_bytes("pay 100"));
  const Bytes record = middle.client.says();
  middle.server.hears(record);
  EXPECT_EQ(wire::as_text(middle.server.data), "pay 100");
  middle.server.hears(record);
  expect_failed(middle.server, AlertDescription::bad_record_mac, "Established");
  EXPECT_EQ(wire::as_text(middle.server.data), "pay 100");

  Middle next({.seed = "client 2"}, {.seed = "server 2"});
  next.stand_aside();
  next.server.hears(record);
  expect_failed(next.server, AlertDescription::bad_record_mac, "Established");
}

}  // namespace
}  // namespace glasstls::tls
