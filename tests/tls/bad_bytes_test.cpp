// A good handshake, spoilt at every byte and at every bit. The client's randomness is fixed, so
// that a server's recorded answers fit every new connection of it.
#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "tests/support/peers.h"
#include "tests/tls/flights.h"
#include "tests/tls/refused.h"

namespace glasstls::tls {
namespace {

using handshake::HandshakeType;
using test::Peers;
using test::ScriptedServer;

/// What a good server says.
struct Recorded {
  std::vector<Bytes> messages;  // of the first flight, headers included
  Bytes first_flight;           // as records
  Bytes second_flight;
};

Recorded record_good_handshake() {
  Recorded recorded;
  Peers peers;
  peers.server.tamper = [&](HandshakeType type, Bytes& message) {
    if (type != HandshakeType::finished) recorded.messages.push_back(message);
  };
  peers.server.hello();
  peers.server.certificate();
  peers.server.key_exchange();
  peers.server.certificate_request();
  peers.server.done();
  recorded.first_flight = peers.server.take();
  peers.deliver(recorded.first_flight);
  peers.server.second_flight();
  recorded.second_flight = peers.server.take();
  peers.deliver(recorded.second_flight);
  if (!peers.completed()) throw std::runtime_error("the good handshake is none");
  return recorded;
}

const Recorded& good() {
  static const Recorded recorded = record_good_handshake();
  return recorded;
}

/// A client that gets these bytes and then the end of the stream.
struct Fed : test::Told {
  explicit Fed(View bytes)
      : random("client"),
        client(test::client_config(random), x509::ServerName::parse("server.test")) {
    test::to_us(client, bytes, bytes.size(), *this);
    client.end_of_stream();
    while (auto event = client.next_event()) events.push_back(*std::move(event));
  }

  const Failed* failed() const {
    return events.empty() ? nullptr : std::get_if<Failed>(&events.back());
  }

  test::TestRandom random;
  Connection client;
};

/// The first flight with one of its messages replaced, each message in a record.
Bytes flight_with(std::size_t index, View message) {
  Bytes bytes;
  for (std::size_t i = 0; i < good().messages.size(); ++i)
    wire::append(bytes, as_record(i == index ? message : View(good().messages[i])));
  wire::append(bytes, good().second_flight);
  return bytes;
}

TEST(BadBytes, RecordedHandshakeIsGood) {
  Bytes bytes = good().first_flight;
  wire::append(bytes, good().second_flight);
  const Fed fed(bytes);
  EXPECT_TRUE(fed.completed());
  ASSERT_NE(fed.failed(), nullptr);
  EXPECT_EQ(fed.failed()->cause, Failed::Cause::truncated);  // no close_notify
}

TEST(BadBytes, EveryMessageCutAtEveryByteIsRefused) {
  for (std::size_t index = 0; index < good().messages.size(); ++index) {
    const Bytes& message = good().messages[index];
    const auto name = handshake::spec_of(HandshakeType(message[0])).name;
    for (std::size_t size = 0; size < body_of(message).size(); ++size) {
      const Fed fed(flight_with(index, with_body(message, body_of(message).first(size))));
      EXPECT_FALSE(fed.completed()) << name << " cut to " << size;
      ASSERT_NE(fed.failed(), nullptr) << name << " cut to " << size;
      // Without extensions a ServerHello is whole; then both sides saw different handshakes.
      const bool whole = message[0] == 2 && size == 38;
      EXPECT_EQ(fed.failed()->alert,
                whole ? AlertDescription::bad_record_mac : AlertDescription::decode_error)
          << name << " cut to " << size << ": " << fed.failed()->reason;
      if (whole) continue;
      EXPECT_EQ(fed.failed()->message, name) << fed.failed()->reason;
      EXPECT_TRUE(fed.failed()->offset) << name << " cut to " << size;
      EXPECT_FALSE(fed.failed()->field.empty()) << name << " cut to " << size;
    }
  }
}

TEST(BadBytes, EveryMessageWithATrailingByteIsDecodeError) {
  for (std::size_t index = 0; index < good().messages.size(); ++index) {
    const Bytes& message = good().messages[index];
    Bytes longer = wire::copy(body_of(message));
    longer.push_back(0);
    const Fed fed(flight_with(index, with_body(message, longer)));
    ASSERT_NE(fed.failed(), nullptr);
    EXPECT_EQ(fed.failed()->alert, AlertDescription::decode_error) << fed.failed()->reason;
    EXPECT_EQ(fed.failed()->message, handshake::spec_of(HandshakeType(message[0])).name);
    EXPECT_EQ(fed.failed()->offset, message.size());
  }
}

TEST(BadBytes, FinishedCutOrLongerIsDecodeError) {
  for (const std::size_t size : {0U, 1U, 11U, 13U, 64U}) {
    Peers peers;
    peers.run({[](ScriptedServer& server) { server.first_flight(); },
               [&](ScriptedServer& server) {
                 server.change_cipher_spec();
                 server.handshake(HandshakeType::finished, Bytes(size));
               }});
    expect_refused(peers, {.alert = AlertDescription::decode_error, .message = "Finished"});
  }
}

void expect_harmless(const Bytes& bytes, const std::string& what) {
  const Fed fed(bytes);
  EXPECT_FALSE(fed.completed()) << what;
  ASSERT_NE(fed.failed(), nullptr) << what;
  EXPECT_NE(fed.failed()->cause, Failed::Cause::internal) << what << fed.failed()->reason;
}

/// Every bit of bytes [begin, end) flipped, one at a time. One bit is free by RFC 5246, E.1: before
/// the version is negotiated a record may carry any 0x03xx.
void flip_every_bit(Bytes bytes, std::size_t begin, std::size_t end) {
  constexpr std::size_t minor_version_of_first_record = 2;
  for (std::size_t at = begin; at < end; ++at) {
    if (at == minor_version_of_first_record) continue;
    for (unsigned bit = 0; bit < 8; ++bit) {
      bytes[at] = static_cast<std::uint8_t>(bytes[at] ^ 1U << bit);
      expect_harmless(bytes, "bit " + std::to_string(bit) + " of byte " + std::to_string(at));
      bytes[at] = static_cast<std::uint8_t>(bytes[at] ^ 1U << bit);
    }
  }
}

TEST(BadBytes, AnyBitFlippedInTheFirstFlightNeverCompletesTheHandshake) {
  Bytes bytes = good().first_flight;
  wire::append(bytes, good().second_flight);
  flip_every_bit(bytes, 0, good().first_flight.size());
}

TEST(BadBytes, AnyBitFlippedInTheSecondFlightNeverCompletesTheHandshake) {
  Bytes bytes = good().first_flight;
  wire::append(bytes, good().second_flight);
  flip_every_bit(bytes, good().first_flight.size(), bytes.size());
}

TEST(BadBytes, AStreamThatEndsAtAnyByteIsTruncated) {
  Bytes bytes = good().first_flight;
  wire::append(bytes, good().second_flight);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const Fed fed(View(bytes).first(size));
    EXPECT_FALSE(fed.completed());
    ASSERT_NE(fed.failed(), nullptr);
    EXPECT_EQ(fed.failed()->cause, Failed::Cause::truncated) << size;
    EXPECT_EQ(fed.failed()->alert, std::nullopt);
  }
}

}  // namespace
}  // namespace glasstls::tls
