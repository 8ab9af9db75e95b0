#include "inspect/recorder.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "tests/inspect/samples.h"

namespace glasstls::inspect {
namespace {

TEST(Recorder, KeepsEntriesInTheOrderInWhichTheyHappened) {
  Recorder recorder;
  test::tell_text(recorder, "a");
  test::tell_transition(recorder, "why");
  test::tell_text(recorder, "b");
  test::tell_master_secret(recorder, {});
  test::tell_application_data(recorder, Direction::sent, wire::as_bytes("data"));

  const Document& document = recorder.document();
  ASSERT_EQ(document.entries.size(), 5U);
  EXPECT_EQ(document.entries[0].kind, EntryKind::message);
  EXPECT_EQ(document.entries[1].kind, EntryKind::transition);
  EXPECT_EQ(document.entries[2].kind, EntryKind::message);
  EXPECT_EQ(document.entries[2].id, 1U);
  EXPECT_EQ(document.entries[3].kind, EntryKind::secret);
  EXPECT_EQ(document.entries[4].kind, EntryKind::record);
  EXPECT_EQ(document.messages[1].fields[0].text, "b");
}

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
  EXPECT_EQ(recorder.document().transitions[0].reason, "a reason that is gone after the call");
  EXPECT_EQ(recorder.document().records[0].plaintext, Bytes(100, 'x'));
  EXPECT_EQ(recorder.document().records[0].nonce, Bytes(12, 0x01));
  EXPECT_EQ(recorder.document().records[0].sequence_number, 7U);
}

TEST(Recorder, CountsApplicationDataBeyondItsBound) {
  RecorderOptions options;
  options.application_data_records = 2;
  Recorder recorder(options);
  for (int i = 0; i < 5; ++i)
    test::tell_application_data(recorder, Direction::received, Bytes(10, 'x'));
  test::tell_application_data(recorder, Direction::sent, Bytes(10, 'x'));

  EXPECT_EQ(recorder.document().records.size(), 3U);
  EXPECT_EQ(recorder.document().omitted_of(Direction::received).application_data_records, 3U);
  EXPECT_EQ(recorder.document().omitted_of(Direction::received).application_data_bytes, 30U);
  EXPECT_EQ(recorder.document().omitted_of(Direction::sent).application_data_records, 0U);
}

TEST(Recorder, KeepsARecordThatIsNotAuthenticThoughItsBoundIsReached) {
  RecorderOptions options;
  options.application_data_records = 0;
  Recorder recorder(options);
  wire::RecordSeen seen{
      Direction::received, ContentType::application_data, ProtocolVersion::tls12, {}, {}};
  seen.is_protected = true;
  seen.authentic = false;
  recorder.record(seen);
  ASSERT_EQ(recorder.document().records.size(), 1U);
  EXPECT_FALSE(recorder.document().records[0].authentic);
}

TEST(Recorder, CountsEntriesBeyondTheirBound) {
  RecorderOptions options;
  options.entries = 3;
  int told = 0;
  Recorder recorder(options, [&told](const Document&, const Entry&) { ++told; });
  for (int i = 0; i < 5; ++i) test::tell_text(recorder, "x");
  test::tell_transition(recorder, "");
  test::tell_master_secret(recorder, {});
  test::tell_application_data(recorder, Direction::sent, Bytes(1));
  EXPECT_EQ(told, 3);
  EXPECT_EQ(recorder.document().entries.size(), 3U);
  EXPECT_EQ(recorder.document().omitted_of(Direction::received).entries, 2U);
  EXPECT_EQ(recorder.document().omitted_of(Direction::sent).entries, 3U);
}

TEST(Recorder, KeepsValuesOfSecretsOnlyIfItExposesThem) {
  const Bytes value(48, 0x5e);
  Recorder discreet;
  EXPECT_FALSE(discreet.exposes_secrets());
  test::tell_master_secret(discreet, value);
  EXPECT_TRUE(discreet.document().secrets[0].value.empty());

  RecorderOptions options;
  options.expose_secrets = true;
  Recorder open(options);
  EXPECT_TRUE(open.exposes_secrets());
  test::tell_master_secret(open, value);
  EXPECT_EQ(open.document().secrets[0].value, value);
}

TEST(Recorder, TellsItsListenerOfEachEntryOnceItIsInTheDocument) {
  std::vector<std::string> names;
  Recorder recorder({}, [&names](const Document& document, const Entry& entry) {
    if (entry.kind == EntryKind::message) names.push_back(document.messages[entry.id].name);
    if (entry.kind == EntryKind::secret) names.push_back(document.secrets[entry.id].name);
  });
  test::tell_text(recorder, "x");
  test::tell_master_secret(recorder, {});
  EXPECT_EQ(names, (std::vector<std::string>{"ServerHello", "master_secret"}));
}

TEST(Recorder, KnowsWhereReadingStopped) {
  Recorder recorder;
  test::tell_text(recorder, "whole");
  test::tell_cut_message(recorder);
  const Bytes bytes{1, 2, 3};
  FieldTree fields;
  recorder.message({Direction::received, "ServerHello", "", bytes, fields});  // not dissected
  fields.begin("type", 0);
  fields.end("type", 1);
  recorder.message({Direction::received, "ServerHello", "", bytes, fields});  // bytes left over

  const auto& messages = recorder.document().messages;
  EXPECT_EQ(messages[0].stopped_at, std::nullopt);
  EXPECT_EQ(messages[1].stopped_at, 1U);
  EXPECT_EQ(messages[2].stopped_at, std::nullopt);
  EXPECT_EQ(messages[3].stopped_at, 1U);
}

}  // namespace
}  // namespace glasstls::inspect
