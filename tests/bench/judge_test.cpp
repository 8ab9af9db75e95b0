#include "bench/peers/judge.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>
#include <stdexcept>

#include "handshake/codec.h"
#include "handshake/messages.h"
#include "record/framing.h"
#include "tests/bench/handshakes.h"

namespace glasstls::test {
namespace {

using bench::Expected;
using bench::Judge;
using bench::Wire;
using testing::HasSubstr;
using testing::ThrowsMessage;
using enum crypto::CipherSuite;
using enum crypto::NamedGroup;

constexpr Expected full{TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, x25519, false, false};
constexpr Expected full_with_sessions{TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, x25519, false, true};
constexpr Expected resumed{TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, x25519, true, true};

/// The judge refuses it, in these words.
void expect_refusal(Judge& judge, const Expected& expected, const Wire& wire, const char* words) {
  EXPECT_THAT([&] { judge.judge(expected, wire); },
              ThrowsMessage<std::runtime_error>(HasSubstr(words)));
}
void expect_refusal(const Expected& expected, const Wire& wire, const char* words) {
  Judge judge;
  expect_refusal(judge, expected, wire, words);
}

/// A client and a server that keep sessions.
Varied with_sessions() {
  Varied varied;
  varied.sessions = std::make_shared<handshake::SessionCache>(1);
  varied.ticket_keys = std::make_shared<handshake::TicketKeys>();
  return varied;
}

/// Where a part of it lies, to be changed there.
std::uint8_t* find(Bytes& bytes, View part) {
  const auto found = std::search(bytes.begin(), bytes.end(), part.begin(), part.end());
  if (found == bytes.end()) throw std::logic_error("the part is not there");
  return &*found;
}

/// The first message of that type, as it was sent.
template <class M>
Bytes message(View sent) {
  for (const auto& one : bench::read_clear_text(sent).messages)
    if (one.type == M::type) return one.bytes;
  throw std::logic_error("the message is not there");
}

TEST(Judge, AcceptsFullHandshakes) {
  Judge judge;
  EXPECT_NO_THROW(judge.judge(full, handshake()));
  Varied other;
  other.key = "p256";
  other.suite = TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384;
  other.group = secp256r1;
  other.client_seed = "another client";
  other.server_seed = "another server";
  EXPECT_NO_THROW(judge.judge({other.suite, other.group, false, false}, handshake(other)));
}

TEST(Judge, AcceptsResumedHandshakes) {
  const Varied varied = with_sessions();
  Judge judge;
  EXPECT_NO_THROW(judge.judge(full_with_sessions, handshake(varied)));
  EXPECT_NO_THROW(judge.judge(resumed, handshake(varied)));
  EXPECT_NO_THROW(judge.judge(resumed, handshake(varied)));
}

TEST(Judge, RefusesClientThatReusesItsKey) {
  Judge judge;
  judge.judge(full, handshake());
  Varied again;
  again.server_seed = "another server";
  expect_refusal(judge, full, handshake(again), "an ephemeral key was used before");
}

TEST(Judge, RefusesServerThatReusesItsKey) {
  Judge judge;
  judge.judge(full, handshake());
  Varied again;
  again.client_seed = "another client";
  expect_refusal(judge, full, handshake(again), "an ephemeral key was used before");
}

TEST(Judge, RefusesFullHandshakeInPlaceOfResumedOne) {
  expect_refusal(resumed, handshake(),
                 "in a resumed handshake the client sent ClientHello, ClientKeyExchange");
}

TEST(Judge, RefusesResumedHandshakeInPlaceOfFullOne) {
  const Varied varied = with_sessions();
  handshake(varied);
  expect_refusal(full_with_sessions, handshake(varied),
                 "in a full handshake the client sent ClientHello");
}

TEST(Judge, RefusesTicketWhereThereAreNoSessions) {
  expect_refusal(full, handshake(with_sessions()),
                 "the server sent ServerHello, Certificate, ServerKeyExchange, ServerHelloDone, "
                 "NewSessionTicket");
}

TEST(Judge, RefusesAnotherSuite) {
  Varied varied;
  varied.suite = TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;
  expect_refusal(full, handshake(varied), "the suite is TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
}

TEST(Judge, RefusesAnotherGroup) {
  Varied varied;
  varied.group = secp256r1;
  expect_refusal(full, handshake(varied), "the group is secp256r1");
}

TEST(Judge, RefusesAnotherVersion) {
  Wire wire = handshake();
  find(wire.server, message<handshake::ServerHello>(wire.server))[5] = 2;
  expect_refusal(full, wire, "the version is not TLS 1.2");
}

TEST(Judge, RefusesServerWithoutCertificate) {
  Wire wire = handshake();
  const Bytes sent = message<handshake::Certificate>(wire.server);  // alone in its record
  const auto begin = wire.server.begin() + (find(wire.server, sent) - wire.server.data());
  wire.server.erase(begin - record::header_length,
                    begin + static_cast<std::ptrdiff_t>(sent.size()));
  expect_refusal(full, wire, "the server sent ServerHello, ServerKeyExchange, ServerHelloDone");
}

TEST(Judge, RefusesEmptyCertificate) {
  Wire wire = handshake();
  const Bytes sent = message<handshake::Certificate>(wire.server);
  const auto begin = wire.server.begin() + (find(wire.server, sent) - wire.server.data());
  const Bytes empty = handshake::encode(handshake::Certificate{});
  *(begin - 2) = 0;  // the record's length
  *(begin - 1) = static_cast<std::uint8_t>(empty.size());
  wire.server.erase(std::copy(empty.begin(), empty.end(), begin),
                    begin + static_cast<std::ptrdiff_t>(sent.size()));
  expect_refusal(full, wire, "the server's Certificate is empty");
}

TEST(Judge, RefusesPublicKeyOfAnotherLength) {
  Wire wire = handshake();
  Bytes exchange = message<handshake::ClientKeyExchange>(wire.client);
  auto shorter = handshake::decode<handshake::ClientKeyExchange>(exchange);
  shorter.ecdh_Yc.point.pop_back();
  const Bytes instead = handshake::encode(shorter);
  const auto begin = wire.client.begin() + (find(wire.client, exchange) - wire.client.data());
  *(begin - 1) = static_cast<std::uint8_t>(instead.size());
  wire.client.erase(begin, begin + static_cast<std::ptrdiff_t>(exchange.size()));
  wire.client.insert(begin, instead.begin(), instead.end());
  expect_refusal(full, wire, "a public key is not of the group's length");
}

TEST(Judge, RefusesHandshakeWithoutFinished) {
  constexpr std::size_t sealed_finished = 45;  // header 5, nonce 8, message 16, tag 16
  Wire wire = handshake();
  wire.client.resize(wire.client.size() - sealed_finished);
  expect_refusal(full, wire, "the client did not end with ChangeCipherSpec and Finished");
  wire = handshake();
  wire.server.resize(wire.server.size() - sealed_finished);
  expect_refusal(full, wire, "the server did not end with ChangeCipherSpec and Finished");
}

}  // namespace
}  // namespace glasstls::test
