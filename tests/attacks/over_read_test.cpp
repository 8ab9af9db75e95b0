// Heartbleed (CVE-2014-0160) and its kin: a length that promises more than the message holds.
#include <gtest/gtest.h>
#include <set>

#include "tests/attacks/support.h"
#include "tests/tls/flights.h"

namespace glasstls::tls {
namespace {

using handshake::UnknownExtension;

constexpr auto heartbeat_type = ContentType(24);
constexpr auto heartbeat_extension = handshake::ExtensionType(15);

/// HeartbeatMessage (RFC 6520, 4): a request that holds one byte, and wants 16,384 back.
const Bytes heartbeat{1, 0x40, 0x00, 'x'};

TEST(Attacks, HeartbleedRequestIsNoRecordOfOurs) {
  test::ServerPeers before;
  before.client.plain_record(heartbeat_type, heartbeat);
  before.pump();
  expect_refused(before, {.alert = AlertDescription::unexpected_message,
                          .message = "record header",
                          .field = "type",
                          .section = "RFC 5246, 6"});
  EXPECT_EQ(before.client.messages().size(), 0U);

  test::Peers after;
  after.complete_handshake();
  after.run({[](test::ScriptedServer& server) { server.record(heartbeat_type, heartbeat); }});
  expect_refused(after, {.alert = AlertDescription::unexpected_message, .section = "RFC 5246, 6"});
  EXPECT_TRUE(after.server.received_data().empty());
}

TEST(Attacks, HeartbleedExtensionIsNeverAgreedOn) {
  test::ServerPeers client_asks;
  client_asks.complete_handshake(test::with(UnknownExtension{heartbeat_extension, {1}}));
  EXPECT_FALSE(client_asks.client.server_hello().extensions->has(heartbeat_extension));

  test::Peers server_grants;
  server_grants.run({[](test::ScriptedServer& server) {
    server.hello([](handshake::ServerHello& hello) {
      hello.extensions->add(UnknownExtension{heartbeat_extension, {1}});
    });
  }});
  expect_refused(server_grants, {.alert = AlertDescription::unsupported_extension,
                                 .message = "ServerHello",
                                 .field = "extensions"});
}

constexpr std::size_t session_id_length_at = handshake::message_header_length + 2 + 32;

/// A ClientHello as our client sends it.
Bytes hello_message() {
  Middle middle;
  const Bytes record = records_of(middle.client.says()).at(0);
  return wire::copy(View(record).subspan(record::header_length));
}

/// Where the lengths of a hello lie: of session_id, suites, compression methods, extensions, and of
/// each extension.
std::set<std::size_t> length_bytes_of(const Bytes& hello) {
  std::set<std::size_t> found;
  std::size_t at = session_id_length_at;
  const auto skip = [&](std::size_t width, bool enter) {
    std::size_t length = 0;
    for (std::size_t i = 0; i < width; ++i, ++at) {
      found.insert(at);
      length = length << 8 | hello.at(at);
    }
    if (!enter) at += length;
  };
  skip(1, false);
  skip(2, false);
  skip(1, false);
  skip(2, true);
  while (at < hello.size()) {
    at += 2;  // the extension's type
    skip(2, false);
  }
  return found;
}

// What a length promises is asked of the bytes that are there. Each byte of the hello in turn is
// raised to 0xff: a length is a decode_error then, with its offset, and whatever a refusal is, it
// sends the alert and nothing else.
TEST(Attacks, OverReadByALyingLengthSendsNothingBack) {
  const Bytes good = hello_message();
  const std::set<std::size_t> lengths = length_bytes_of(good);
  EXPECT_GT(lengths.size(), 15U);
  for (std::size_t at = handshake::message_header_length; at < good.size(); ++at) {
    Bytes lying = good;
    lying[at] = 0xff;
    Middle middle;
    middle.server.hears(as_record(lying));
    const Bytes answer = middle.server.says();
    const Failed* failed = middle.server.find<Failed>();
    if (lengths.contains(at)) {
      ASSERT_NE(failed, nullptr) << "byte " << at;
      expect_failed(middle.server, AlertDescription::decode_error, "WaitClientHello");
      EXPECT_LE(failed->offset.value(), at + 2);  // where what it promises begins, at the latest
    }
    if (failed == nullptr) continue;
    EXPECT_EQ(answer.size(), 7U) << "byte " << at;
    EXPECT_TRUE(middle.server.saw->secrets.empty());
  }
}

// The one field of a hello that goes back as it came is the session_id of a session that is known.
TEST(Attacks, OverReadOfTheSessionIdSendsNothingBack) {
  Bytes hello = hello_message();
  ASSERT_EQ(hello[session_id_length_at], 0);
  for (const unsigned length : {33U, 200U, 255U}) {
    hello[session_id_length_at] = static_cast<std::uint8_t>(length);
    Middle middle;
    middle.server.hears(as_record(hello));
    expect_refused_without_secrets(middle.server, AlertDescription::decode_error,
                                   "WaitClientHello");
    EXPECT_EQ(middle.server.find<Failed>()->field, "session_id");
    EXPECT_EQ(middle.server.find<Failed>()->offset, session_id_length_at);
  }
}

}  // namespace
}  // namespace glasstls::tls
