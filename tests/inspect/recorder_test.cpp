#include "inspect/recorder.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "tests/inspect/samples.h"

namespace glasstls::inspect {
namespace {

TEST(Recorder, OwnsWhatItKeeps) {
  Recorder recorder;
  {
    std::string reason = "a reason that is gone after the call";
    Bytes plaintext(100, 'x');
    test::tell_transition(recorder, reason);
    test::tell_application_data(recorder, Direction::received, plaintext);
    reason.assign(reason.size(), '-');
    plaintext.assign(plaintext.size(), '-');
  }
  EXPECT_EQ(recorder.recording().transitions[0].reason, "a reason that is gone after the call");
  EXPECT_EQ(recorder.recording().records[0].plaintext, Bytes(100, 'x'));
  EXPECT_EQ(recorder.recording().records[0].nonce, Bytes(12, 0x01));
  EXPECT_EQ(recorder.recording().records[0].sequence_number, 7U);
}

TEST(Recorder, KeepsTheBeginningOfApplicationDataInWholeRecordsAndCountsTheRest) {
  RecorderOptions options;
  options.application_data = 25;
  Recorder recorder(options);
  for (int i = 0; i < 4; ++i)
    test::tell_application_data(recorder, Direction::received, Bytes(10, 'x'));
  test::tell_application_data(recorder, Direction::received, Bytes(1, 'x'));  // would fit again
  test::tell_application_data(recorder, Direction::sent, Bytes(25, 'x'));

  EXPECT_EQ(recorder.recording().records.size(), 3U);
  EXPECT_EQ(recorder.recording().omitted_of(Direction::received).application_data_records, 3U);
  EXPECT_EQ(recorder.recording().omitted_of(Direction::received).application_data_bytes, 21U);
  EXPECT_EQ(recorder.recording().omitted_of(Direction::sent).application_data_records, 0U);
}

TEST(Recorder, CountsRecordsAndTheirPlaceInTheStreamThoughItKeepsOnlySome) {
  RecorderOptions options;
  options.application_data = 10;
  options.own = Side::server;
  Recorder recorder(options);
  test::tell_application_data(recorder, Direction::received, Bytes(10, 'x'));  // 39 bytes of wire
  test::tell_application_data(recorder, Direction::received, Bytes(10, 'x'));
  wire::RecordSeen alert{Direction::received, ContentType::alert, ProtocolVersion::tls12, {}, {}};
  recorder.record(alert);
  const Recording& recording = recorder.recording();
  ASSERT_EQ(recording.records.size(), 2U);
  EXPECT_EQ(recording.side_of(Direction::received), Side::client);
  EXPECT_EQ(recording.records[1].number, 2U);
  EXPECT_EQ(recording.records[1].stream_offset, 78U);
}

TEST(Recorder, KnowsWhichSegmentsBroughtWhichPartOfAStream) {
  Recorder recorder;
  recorder.segment(Side::client, 5, 1000, 1);
  recorder.segment(Side::server, 7, std::nullopt);
  recorder.segment(Side::client, 3, 2000, 4);
  recorder.gap(Side::client, 100, "gap.lost");
  recorder.segment(Side::client, 1, 3000, 9);
  const auto& segments = recorder.recording().segments;
  ASSERT_EQ(segments.size(), 4U);
  EXPECT_EQ(segments[1].side, Side::server);
  EXPECT_EQ(segments[1].offset, 0U);
  EXPECT_EQ(segments[2].offset, 5U);
  EXPECT_EQ(segments[2].frame, 4U);
  EXPECT_EQ(segments[3].offset, 108U);
  ASSERT_TRUE(recorder.recording().gaps[0]);
  EXPECT_EQ(recorder.recording().gaps[0]->offset, 8U);
  EXPECT_EQ(recorder.recording().gaps[0]->length, 100U);
  EXPECT_FALSE(recorder.recording().gaps[1]);
}

TEST(Recorder, KeepsSegmentsWithinTheirBound) {
  RecorderOptions options;
  options.segments = 2;
  Recorder recorder(options);
  for (int i = 0; i < 5; ++i) recorder.segment(Side::client, 1, i);
  EXPECT_EQ(recorder.recording().segments.size(), 2U);
}

TEST(Recorder, TellsAResetFromAnOrderlyEnd) {
  Recorder recorder;
  recorder.end_of_stream(Side::client, false, 5);
  recorder.end_of_stream(Side::client, true, 6);
  recorder.end_of_stream(Side::server, true, 7);
  recorder.end_of_stream(Side::server, false, 8);
  EXPECT_TRUE(recorder.recording().ends[0]->reset);
  EXPECT_EQ(recorder.recording().ends[0]->time, 6);
  EXPECT_TRUE(recorder.recording().ends[1]->reset);
  EXPECT_EQ(recorder.recording().ends[1]->time, 7);
}

TEST(Recorder, KeepsARecordThatStayedSealedWithTheReason) {
  Recorder recorder;
  const Bytes wire(30, 0xee);
  wire::RecordSeen seen{Direction::sent, ContentType::handshake, ProtocolVersion::tls12, wire, {}};
  seen.is_protected = true;
  recorder.sealed(seen, true, "sealed.no_key");
  recorder.sealed(seen, false, "sealed.gap");
  const auto& records = recorder.recording().records;
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].not_opened, "sealed.no_key");
  EXPECT_EQ(records[0].sequence_number, 0U);
  EXPECT_FALSE(records[1].sequence_number);
}

TEST(Recorder, KeepsTheFirstReasonForWhichReadingStopped) {
  Recorder recorder;
  recorder.stopped({Side::server, "ServerHello", 7, "random", "too short", "RFC 5246", {}});
  recorder.stopped({Side::client, "Finished", {}, {}, "later", {}, {}});
  ASSERT_TRUE(recorder.recording().stop);
  EXPECT_EQ(recorder.recording().stop->message, "ServerHello");
}

TEST(Recorder, KeepsARecordThatIsNotAuthenticThoughItsBoundIsReached) {
  RecorderOptions options;
  options.application_data = 0;
  Recorder recorder(options);
  wire::RecordSeen seen{
      Direction::received, ContentType::application_data, ProtocolVersion::tls12, {}, {}};
  seen.is_protected = true;
  seen.authentic = false;
  recorder.record(seen);
  ASSERT_EQ(recorder.recording().records.size(), 1U);
  EXPECT_FALSE(recorder.recording().records[0].authentic);
}

TEST(Recorder, CountsEntriesBeyondTheirBound) {
  RecorderOptions options;
  options.entries = 3;
  Recorder recorder(options);
  for (int i = 0; i < 5; ++i) test::tell_transition(recorder, "");
  test::tell_master_secret(recorder, {});
  test::tell_application_data(recorder, Direction::received, Bytes(1));
  EXPECT_EQ(recorder.recording().transitions.size(), 3U);
  EXPECT_TRUE(recorder.recording().secrets.empty());
  EXPECT_TRUE(recorder.recording().records.empty());
  EXPECT_EQ(recorder.recording().omitted_of(Direction::sent).entries, 3U);
  EXPECT_EQ(recorder.recording().omitted_of(Direction::received).entries, 1U);
}

TEST(Recorder, KeepsValuesOfSecretsOnlyIfItExposesThem) {
  const Bytes value(48, 0x5e);
  Recorder discreet;
  EXPECT_FALSE(discreet.exposes_secrets());
  test::tell_master_secret(discreet, value);
  EXPECT_TRUE(discreet.recording().secrets[0].value.empty());

  RecorderOptions options;
  options.expose_secrets = true;
  Recorder open(options);
  EXPECT_TRUE(open.exposes_secrets());
  test::tell_master_secret(open, value);
  EXPECT_EQ(open.recording().secrets[0].value, value);
}

}  // namespace
}  // namespace glasstls::inspect
