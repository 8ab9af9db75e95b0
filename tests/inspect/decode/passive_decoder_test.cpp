#include "inspect/decode/passive_decoder.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "inspect/document_json.h"
#include "inspect/make_document.h"
#include "tests/inspect/decode/streams.h"

namespace glasstls::inspect {
namespace {

using test::Overheard;
using test::Talkers;

void expect_equal(const Recording& heard, const Recording& lived) {
  ASSERT_EQ(heard.records.size(), lived.records.size());
  for (std::size_t i = 0; i < heard.records.size(); ++i) {
    const Recording::Record& a = heard.records[i];
    const Recording::Record& b = lived.records[i];
    EXPECT_EQ(a.direction, b.direction) << i;
    EXPECT_EQ(a.wire, b.wire) << i;
    EXPECT_EQ(a.plaintext, b.plaintext) << i;
    EXPECT_EQ(a.sequence_number, b.sequence_number) << i;
    EXPECT_EQ(a.nonce, b.nonce) << i;
    EXPECT_EQ(a.additional_data, b.additional_data) << i;
    EXPECT_EQ(a.stream_offset, b.stream_offset) << i;
    EXPECT_TRUE(a.authentic) << i;
    EXPECT_EQ(a.not_opened, "") << i;
  }
  for (const Recording::Secret& secret : lived.secrets) {
    if (secret.name == "ephemeral_private_key" || secret.name == "premaster_secret") continue;
    const auto same = std::find_if(
        heard.secrets.begin(), heard.secrets.end(), [&](const Recording::Secret& other) {
          return other.name == secret.name && other.value == secret.value;
        });
    EXPECT_NE(same, heard.secrets.end()) << secret.name;
  }
}

/// What only an endpoint, or only a listener, can know: the list that a comparison leaves out.
Document comparable(Document document) {
  document.connection.own.reset();
  document.connection.begin = document.connection.end = std::nullopt;
  document.segments.clear();
  document.secrets.clear();  // compared by expect_equal
  document.checks.clear();   // likewise, by name
  for (Buffer& buffer : document.buffers) buffer.segments.clear();
  for (Record& record : document.records) record.time.reset();
  for (Message& message : document.messages) message.time.reset();
  for (Flight& flight : document.flights) flight.begin = flight.end = std::nullopt;
  for (Transition& transition : document.transitions) {
    transition.told = false;
    transition.reason.clear();
  }
  std::erase_if(document.events, [](const Event& event) {
    return event.kind == EventKind::segment || event.kind == EventKind::secret;
  });
  for (Event& event : document.events) event.time.reset();
  return document;
}

std::string failed_checks(const Document& document) {
  std::string names;
  for (const Check& check : document.checks)
    if (check.verdict == Verdict::failed) names += check.name + " ";
  return names;
}

struct Case {
  crypto::CipherSuite suite;
  crypto::NamedGroup group;
  bool extended_master_secret;
  const char* identity;
};

class Decoder : public testing::TestWithParam<Case> {};

using enum crypto::CipherSuite;
using enum crypto::NamedGroup;
INSTANTIATE_TEST_SUITE_P(
    Of, Decoder,
    testing::Values(Case{TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, x25519, true, "rsa"},
                    Case{TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, secp256r1, false, "rsa"},
                    Case{TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, secp384r1, true, "rsa"},
                    Case{TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, x25519, true, "p384"},
                    Case{TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, x25519, true, "ed25519"},
                    Case{TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, x25519, false, "p256"}));

Talkers talkers(const Case& wanted) {
  Talkers made;
  made.identities = {wanted.identity};
  made.client_settings = [wanted](tls::ClientSettings& s) {
    s.cipher_suites = {wanted.suite};
    s.groups = {wanted.group};
    for (const auto curve : {secp256r1, secp384r1})  // those of the certificates' keys
      if (curve != wanted.group) s.groups.push_back(curve);
    s.offer_extended_master_secret = wanted.extended_master_secret;
  };
  return made;
}

TEST_P(Decoder, HearsWhatTheClientRecords) {
  Talkers made = talkers(GetParam());
  const Overheard heard = made.talk();
  const test::Decoded decoded = test::decode(heard.said, heard.key_log);
  expect_equal(decoded.recording, heard.client);
  EXPECT_TRUE(decoded.summary.complete);
  EXPECT_EQ(decoded.summary.server_name, "server.test");
  EXPECT_EQ(decoded.summary.extended_master_secret, GetParam().extended_master_secret);
  const Document document = make_document(decoded.recording);
  EXPECT_EQ(failed_checks(document), "");
  EXPECT_EQ(to_json(comparable(document)), to_json(comparable(make_document(heard.client))));
}

TEST(PassiveDecoder, HearsTheSameInPiecesOfAnySize) {
  Talkers made;
  const Overheard heard = made.talk();
  for (std::size_t piece = 1; piece < 80; ++piece) {
    const test::Decoded decoded = test::decode(heard.said, heard.key_log, piece);
    ASSERT_EQ(decoded.recording.records.size(), heard.client.records.size()) << piece;
    EXPECT_TRUE(decoded.summary.complete) << piece;
    EXPECT_EQ(decoded.summary.sent[0].opened + decoded.summary.sent[1].opened, 6U) << piece;
  }
}

TEST(PassiveDecoder, TakesTheMasterSecretOfAResumedConnectionFromTheOneThatGaveTheSession) {
  for (const bool tickets : {true, false}) {
    Talkers made;
    made.tickets = tickets;
    const Overheard first = made.talk(), second = made.talk();
    capture::KeyLog log;
    log.add("keys.log", wire::as_bytes(first.key_log));  // no line for the second
    SeenSessions sessions;
    const test::Decoded full = test::decode(first.said, &log, sessions);
    const test::Decoded resumed = test::decode(second.said, &log, sessions);
    EXPECT_TRUE(full.summary.complete);
    EXPECT_FALSE(full.summary.resumed);
    EXPECT_TRUE(resumed.summary.resumed);
    EXPECT_TRUE(resumed.summary.complete);
    expect_equal(resumed.recording, second.client);
    EXPECT_EQ(failed_checks(make_document(resumed.recording)), "");
    EXPECT_EQ(resumed.recording.remarks, (std::vector<std::string>{"remark.master_of_session"}));

    SeenSessions none;
    const test::Decoded unknown = test::decode(second.said, &log, none);
    EXPECT_EQ(unknown.summary.not_opened, "sealed.session_not_known");
  }
}

TEST(PassiveDecoder, WithoutAKeyLogSaysWhyRecordsStaySealed) {
  Talkers made;
  const Overheard heard = made.talk();
  SeenSessions sessions;
  const test::Decoded decoded = test::decode(heard.said, nullptr, sessions);
  EXPECT_EQ(decoded.summary.not_opened, "sealed.no_key_log");
  EXPECT_TRUE(decoded.summary.complete);  // each side's record after ChangeCipherSpec was seen
  const Document document = make_document(decoded.recording);
  for (const Record& record : document.records) EXPECT_NE(record.protection, Protection::opened);
  EXPECT_EQ(failed_checks(document), "");
}

TEST(PassiveDecoder, WithTheLineOfAnotherConnectionHasNoneForThisOne) {
  Talkers made;
  const Overheard heard = made.talk();
  Talkers others;
  others.talk();
  const Overheard other = others.talk();
  EXPECT_EQ(test::decode(heard.said, other.key_log).summary.not_opened, "sealed.no_key_log_line");
}

TEST(PassiveDecoder, WithAWrongMasterSecretNamesBothPossibleCauses) {
  Talkers made;
  const Overheard heard = made.talk();
  std::string wrong = heard.key_log;
  wrong[wrong.size() - 3] = wrong[wrong.size() - 3] == '0' ? '1' : '0';
  const test::Decoded decoded = test::decode(heard.said, wrong);
  ASSERT_FALSE(decoded.recording.remarks.empty());
  EXPECT_EQ(decoded.recording.remarks[0], "remark.first_record_fails");
  EXPECT_EQ(decoded.summary.sent[0].opened, 0U);
  EXPECT_NE(failed_checks(make_document(decoded.recording)).find("client_record_tags"),
            std::string::npos);
}

TEST(PassiveDecoder, GoesOnBehindARecordThatIsDamaged) {
  Talkers made;
  Overheard heard = made.talk();
  // The client's application data: the record before its close_notify.
  const auto data = std::find_if(heard.said.begin(), heard.said.end(), [](const test::Said& said) {
    return said.from == Side::client && said.bytes[0] == 23;
  });
  ASSERT_NE(data, heard.said.end());
  data->bytes.back() ^= 1;
  const test::Decoded decoded = test::decode(heard.said, heard.key_log);
  EXPECT_EQ(decoded.summary.sent[0].failed, 1U);
  EXPECT_EQ(decoded.summary.sent[0].opened, 2U);  // Finished and close_notify
  EXPECT_EQ(decoded.recording.remarks, (std::vector<std::string>{"remark.record_fails"}));
}

TEST(PassiveDecoder, OpensNothingOfADirectionBehindAGap) {
  Talkers made;
  const Overheard heard = made.talk();
  SeenSessions sessions;
  capture::KeyLog log;
  log.add("keys.log", wire::as_bytes(heard.key_log));
  Recorder recorder;
  PassiveDecoder decoder(&log, sessions, &recorder);
  for (const test::Said& said : heard.said) {
    const bool lost = said.from == Side::client && said.bytes[0] == 23;
    if (lost)
      decoder.gap(said.from, said.bytes.size(), "gap.not_captured");
    else
      decoder.data(said.from, said.bytes, std::nullopt, std::nullopt);
  }
  decoder.finish();
  EXPECT_EQ(decoder.summary().not_opened, "sealed.after_gap");
  EXPECT_EQ(decoder.summary().sent[0].sealed, 1U);  // close_notify
  EXPECT_EQ(decoder.summary().sent[1].sealed, 0U);
  ASSERT_TRUE(recorder.recording().gaps[0]);
}

TEST(PassiveDecoder, OfTheMiddleOfAConnectionSaysSo) {
  Talkers made;
  const Overheard heard = made.talk();
  SeenSessions sessions;
  Recorder recorder;
  PassiveDecoder decoder(nullptr, sessions, &recorder);
  decoder.begin_in_the_middle();
  for (const test::Said& said : heard.said)
    if (said.bytes[0] == 23) decoder.data(said.from, said.bytes, std::nullopt, std::nullopt);
  decoder.finish();
  EXPECT_EQ(decoder.summary().not_opened, "sealed.began_in_the_middle");
  EXPECT_TRUE(make_document(recorder.recording()).connection.began_in_the_middle);
}

TEST(PassiveDecoder, SurvivesCutsAndDamagedBytesEverywhere) {
  Talkers made;
  const Overheard heard = made.talk();
  std::size_t total = 0;
  for (const test::Said& said : heard.said) total += said.bytes.size();
  const auto each_document = [&](const std::vector<test::Said>& said) {
    const Document document = make_document(test::decode(said, heard.key_log).recording);
    for (const Field& field : document.fields)
      EXPECT_LE(field.range.offset + field.range.length,
                document.buffers[field.range.buffer].bytes.size());
  };
  constexpr std::size_t step = 7;  // of no structure's size
  for (std::size_t at = 0; at < total; at += step) {
    std::vector<test::Said> cut, damaged = heard.said;
    std::size_t before = 0;
    for (std::size_t i = 0; i < heard.said.size(); ++i) {
      const Bytes& bytes = heard.said[i].bytes;
      if (at >= before && at < before + bytes.size())
        damaged[i].bytes[at - before] ^= static_cast<std::uint8_t>(1U << at % 8);
      if (before < at)
        cut.push_back({heard.said[i].from,
                       wire::copy(View(bytes).first(std::min(bytes.size(), at - before)))});
      before += bytes.size();
    }
    each_document(cut);
    each_document(damaged);
  }
}

}  // namespace
}  // namespace glasstls::inspect
