// Truncation: whoever holds the wire ends the stream, and half of what was said is taken for the
// whole (Smyth and Pironti, 2013; "cookie cutter", Bhargavan and others, 2014).
#include <gtest/gtest.h>

#include "tests/attacks/support.h"

namespace glasstls::tls {
namespace {

// The application gets what came, and is told that it may not be all.
TEST(Attacks, TruncationIsToldToTheApplication) {
  for (const bool at_client : {true, false}) {
    Middle middle;
    middle.stand_aside();
    Victim& victim = at_client ? middle.client : middle.server;
    Victim& other = at_client ? middle.server : middle.client;
    other.connection.write(wire::as_bytes("Set-Cookie: session=1"));
    victim.hears(other.says());
    other.connection.write(wire::as_bytes("; Secure; HttpOnly"));
    other.connection.close();
    static_cast<void>(other.says());  // which the attacker keeps
    victim.connection.end_of_stream();
    victim.hears({});

    EXPECT_EQ(wire::as_text(victim.data), "Set-Cookie: session=1");
    EXPECT_EQ(victim.count<PeerClosed>(), 0U);
    const Failed* failed = victim.find<Failed>();
    ASSERT_NE(failed, nullptr);
    EXPECT_EQ(failed->cause, Failed::Cause::truncated);
    EXPECT_EQ(failed->alert, std::nullopt);
    EXPECT_EQ(failed->section, "RFC 5246, 7.2.1");
    EXPECT_TRUE(victim.says().empty());
    EXPECT_EQ(victim.connection.write(Bytes{1}), 0U);
  }
}

// A record that is cut is no record: not one byte of it is given out.
TEST(Attacks, TruncationWithinARecordGivesNothingOfIt) {
  Middle sample;
  sample.stand_aside();
  sample.server.connection.write(wire::as_bytes("transfer 100"));
  const Bytes record = sample.server.says();
  for (std::size_t cut = 1; cut < record.size(); ++cut) {
    Middle middle;
    middle.stand_aside();
    middle.client.hears(View(record).first(cut));
    middle.client.connection.end_of_stream();
    middle.client.hears({});
    EXPECT_TRUE(middle.client.data.empty());
    ASSERT_NE(middle.client.find<Failed>(), nullptr);
    EXPECT_EQ(middle.client.find<Failed>()->cause, Failed::Cause::truncated);
  }
}

// The end itself cannot be made up: a close_notify of the attacker's does not authenticate.
TEST(Attacks, TruncationByAForgedCloseNotifyIsRefused) {
  Middle middle;
  middle.stand_aside();
  middle.client.hears(Bytes{21, 3, 3, 0, 2, 1, 0});
  expect_failed(middle.client, AlertDescription::bad_record_mac, "Established");
  EXPECT_EQ(middle.client.count<PeerClosed>(), 0U);
}

// Records in the middle cannot be left out either.
TEST(Attacks, TruncationInTheMiddleIsRefused) {
  Middle middle;
  middle.stand_aside();
  for (const std::string_view part : {"do ", "not ", "pay"})
    middle.server.connection.write(wire::as_bytes(part));
  const std::vector<Bytes> records = records_of(middle.server.says());
  ASSERT_EQ(records.size(), 3U);
  middle.client.hears(records[0]);
  middle.client.hears(records[2]);
  expect_failed(middle.client, AlertDescription::bad_record_mac, "Established");
  EXPECT_EQ(wire::as_text(middle.client.data), "do ");
}

}  // namespace
}  // namespace glasstls::tls
