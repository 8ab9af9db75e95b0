// Records that are too long, damaged, empty or of no known kind. RFC 5246, 6.2.
#include <gtest/gtest.h>

#include "tests/tls/refused.h"
#include "tls/config.h"

namespace glasstls::tls {
namespace {

using test::Peers;
using test::ScriptedServer;

Bytes header(unsigned type, unsigned version, std::size_t length) {
  return {static_cast<std::uint8_t>(type), static_cast<std::uint8_t>(version >> 8),
          static_cast<std::uint8_t>(version), static_cast<std::uint8_t>(length >> 8),
          static_cast<std::uint8_t>(length)};
}

TEST(BadRecord, OfAnUnknownContentTypeIsUnexpectedMessage) {
  for (const unsigned type : {0U, 19U, 24U, 128U, 255U}) {
    Peers at_the_start;
    at_the_start.deliver(header(type, 0x0303, 4));
    expect_refused(at_the_start, {.alert = AlertDescription::unexpected_message,
                                  .message = "record header",
                                  .field = "type",
                                  .offset = 0,
                                  .section = "RFC 5246, 6"});
    Peers established;
    established.complete_handshake();
    established.deliver(header(type, 0x0303, 4));
    expect_refused(established, {.alert = AlertDescription::unexpected_message, .field = "type"});
  }
}

TEST(BadRecord, OverThePlaintextLimitIsRecordOverflow) {
  Peers peers;
  peers.deliver(header(22, 0x0303, record::max_plaintext_length + 1));
  expect_refused(peers, {.alert = AlertDescription::record_overflow,
                         .message = "record header",
                         .field = "length",
                         .offset = 3,
                         .section = "RFC 5246, 6.2.1"});
}

TEST(BadRecord, OverTheCiphertextLimitIsRecordOverflow) {
  Peers peers;
  peers.complete_handshake();
  peers.deliver(header(23, 0x0303, record::max_ciphertext_length + 1));
  expect_refused(peers, {.alert = AlertDescription::record_overflow,
                         .field = "length",
                         .offset = 3,
                         .section = "RFC 5246, 6.2.3"});
}

TEST(Record, OfTheLargestPlaintextIsTaken) {
  Peers peers;
  peers.complete_handshake();
  peers.run({[](ScriptedServer& s) { s.data(Bytes(record::max_plaintext_length, 7)); }});
  EXPECT_EQ(peers.data, Bytes(record::max_plaintext_length, 7));
}

TEST(BadRecord, WithTooMuchPlaintextUnderProtectionIsRecordOverflow) {
  Peers peers;
  peers.complete_handshake();
  // The double cannot seal too much, but it knows the keys: the second record under them.
  const handshake::KeySchedule schedule(
      *crypto::find(crypto::CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384),
      peers.server.client_hello().random, peers.server.server_random(), nullptr);
  const auto keys =
      schedule.derive_keys(crypto::MasterSecret::copy_of(peers.server.master_secret()));
  record::Protection protection(keys.server_write, crypto::AeadDirection::seal);
  Bytes finished(16 + protection.overhead());
  protection.seal(ContentType::handshake, finished);  // stands for Finished: counts
  Bytes fragment(record::max_plaintext_length + 1 + protection.overhead());
  protection.seal(ContentType::application_data, fragment);
  peers.deliver(header(23, 0x0303, fragment.size()));
  peers.deliver(fragment);
  expect_refused(peers, {.alert = AlertDescription::record_overflow});
}

TEST(BadRecord, WithAnyBitFlippedIsBadRecordMac) {
  Peers sample;
  sample.complete_handshake();
  sample.server.data(Bytes{1, 2, 3});
  const Bytes good = sample.server.take();
  for (std::size_t at = record::header_length; at < good.size(); ++at) {
    Peers peers;
    peers.complete_handshake();
    Bytes bad = good;
    bad[at] = static_cast<std::uint8_t>(bad[at] ^ 1U << at % 8);
    peers.deliver(bad);
    expect_refused(peers,
                   {.alert = AlertDescription::bad_record_mac, .section = "RFC 5246, 6.2.3.3"});
    EXPECT_TRUE(peers.data.empty());
  }
}

TEST(BadRecord, TooShortForItsTagIsBadRecordMac) {
  for (const std::size_t length : {0U, 1U, 23U}) {
    Peers peers;
    peers.complete_handshake();
    peers.deliver(header(23, 0x0303, length));
    peers.deliver(Bytes(length));
    expect_refused(peers, {.alert = AlertDescription::bad_record_mac});
  }
}

TEST(BadRecord, ReplayedOrReorderedOrLostIsBadRecordMac) {
  Peers peers;
  peers.complete_handshake();
  peers.server.data(Bytes{1});
  const Bytes first = peers.server.take();
  peers.server.data(Bytes{2});
  const Bytes second = peers.server.take();
  peers.deliver(first);
  EXPECT_EQ(peers.data, Bytes{1});
  peers.deliver(first);
  expect_refused(peers, {.alert = AlertDescription::bad_record_mac});

  Peers other;
  other.complete_handshake();
  other.deliver(second);
  expect_refused(other, {.alert = AlertDescription::bad_record_mac});
}

TEST(BadRecord, InPlainAfterTheHandshakeIsBadRecordMac) {
  Peers peers;
  peers.complete_handshake();
  peers.run({[](ScriptedServer& s) {
    s.plain_record(ContentType::alert, Bytes{1, 0});  // a forged close_notify
  }});
  expect_refused(peers, {.alert = AlertDescription::bad_record_mac});
}

TEST(BadRecord, OfAnotherMajorVersionIsProtocolVersion) {
  for (const unsigned version : {0x0000U, 0x0002U, 0x0200U, 0x0403U, 0xfefdU}) {
    Peers peers;
    peers.deliver(header(22, version, 4));
    expect_refused(peers, {.alert = AlertDescription::protocol_version,
                           .message = "record header",
                           .field = "version",
                           .offset = 1});
  }
}

TEST(RecordVersion, MayHaveAnyMinorVersionUpToServerHello) {
  for (const unsigned version : {0x0300U, 0x0301U, 0x0302U, 0x0304U, 0x03ffU}) {
    Peers peers;
    peers.run({[&](ScriptedServer& server) {
                 server.record_version = ProtocolVersion(version);
                 server.hello();
                 server.record_version = ProtocolVersion::tls12;
                 server.certificate();
                 server.key_exchange();
                 server.done();
               },
               [](ScriptedServer& server) { server.second_flight(); }});
    EXPECT_TRUE(peers.completed()) << version;
  }
}

TEST(RecordVersion, IsExactlyTls12AfterServerHello) {
  for (const unsigned version : {0x0300U, 0x0301U, 0x0302U, 0x0304U}) {
    Peers peers;
    peers.run({[&](ScriptedServer& server) {
      server.hello();
      server.record_version = ProtocolVersion(version);
      server.certificate();
    }});
    expect_refused(peers, {.alert = AlertDescription::protocol_version,
                           .message = "record header",
                           .field = "version",
                           .offset = 1});
  }
}

TEST(EmptyRecord, OfAHandshakeIsUnexpectedMessage) {
  Peers at_the_start;
  at_the_start.run({[](ScriptedServer& s) { s.plain_record(ContentType::handshake, {}); }});
  expect_refused(at_the_start,
                 {.alert = AlertDescription::unexpected_message, .section = "RFC 5246, 6.2.1"});
  Peers between_messages;
  between_messages.run({[](ScriptedServer& server) {
    server.hello();
    server.plain_record(ContentType::handshake, {});
  }});
  expect_refused(between_messages, {.alert = AlertDescription::unexpected_message});
}

TEST(EmptyRecord, OfAnAlertIsDecodeError) {
  Peers peers;
  peers.run({[](ScriptedServer& s) { s.plain_record(ContentType::alert, {}); }});
  expect_refused(peers, {.alert = AlertDescription::decode_error, .message = "Alert"});
}

TEST(EmptyRecord, OfDataIsNoEvent) {
  Peers peers;
  peers.complete_handshake();
  peers.run({[](ScriptedServer& s) { s.data({}); }});
  EXPECT_EQ(peers.count<ApplicationData>(), 0U);
  EXPECT_EQ(peers.find<Failed>(), nullptr);
}

TEST(EmptyRecord, IsBorne32TimesInARowAndNotMore) {
  Peers peers;
  peers.complete_handshake();
  const auto empty = [](unsigned count) {
    return [count](ScriptedServer& server) {
      for (unsigned i = 0; i < count; ++i) server.data({});
    };
  };
  peers.run({empty(Patience{}.empty_records), [](ScriptedServer& s) { s.data(Bytes{1}); },
             empty(Patience{}.empty_records)});
  EXPECT_EQ(Patience{}.empty_records, 32U);
  EXPECT_EQ(peers.find<Failed>(), nullptr);
  EXPECT_EQ(peers.data, Bytes{1});
  peers.run({empty(1)});
  expect_refused(peers, {.alert = AlertDescription::unexpected_message,
                         .reason_part = "too many empty records"});
}

}  // namespace
}  // namespace glasstls::tls
