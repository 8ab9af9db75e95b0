#include "handshake/exchange.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "handshake/defragmenter.h"
#include "handshake/messages.h"
#include "tests/handshake/examples.h"
#include "wire/error.h"

namespace glasstls::handshake {
namespace {

class RecordingChannel final : public Channel {
 public:
  void send_handshake(View message) override { log += "send " + wire::hex(message) + "\n"; }
  void send_change_cipher_spec() override { log += "send change_cipher_spec\n"; }
  void receive_change_cipher_spec() override { log += "receive change_cipher_spec\n"; }
  void set_pending(const crypto::TrafficKeys&, const crypto::TrafficKeys&) override {}
  void limit_records(std::uint16_t, std::uint16_t) override {}
  void version_negotiated() override {}
  std::string log;
};

struct Seen {
  Direction direction{};
  std::string name;
  Bytes bytes;
  FieldTree fields;
};

class Watching final : public Observer {
 public:
  void message(const wire::MessageSeen& message) noexcept override {
    seen.push_back(
        {message.direction, std::string(message.name), wire::copy(message.bytes), message.fields});
  }
  std::vector<Seen> seen;
};

class ExchangeTest : public testing::Test {
 protected:
  /// The hash of what the transcript holds.
  crypto::Digest transcript_hash() {
    exchange.transcript().set_hash(crypto::HashAlgorithm::sha256);
    return exchange.transcript().hash();
  }
  static crypto::Digest hash_of(const Bytes& bytes) {
    return crypto::hash(crypto::HashAlgorithm::sha256, bytes);
  }

  RecordingChannel channel;
  Watching watching;
  Exchange exchange{channel, &watching, 10'000};
};

TEST_F(ExchangeTest, SendsRemembersAndShowsAMessage) {
  const auto message = example::message<ClientHello>();
  const Bytes bytes = encode(message);
  exchange.send(message);
  EXPECT_EQ(channel.log, "send " + wire::hex(bytes) + "\n");
  EXPECT_EQ(transcript_hash(), hash_of(bytes));
  ASSERT_EQ(watching.seen.size(), 1U);
  EXPECT_EQ(watching.seen[0].direction, Direction::sent);
  EXPECT_EQ(watching.seen[0].name, "ClientHello");
  EXPECT_EQ(watching.seen[0].bytes, bytes);
  EXPECT_TRUE(watching.seen[0].fields.complete());
  EXPECT_NE(watching.seen[0].fields.find("cipher_suites"), nullptr);
}

TEST_F(ExchangeTest, ReceivesRemembersAndShowsAMessage) {
  const Bytes bytes = encode(example::message<Finished>());
  EXPECT_EQ(exchange.receive<Finished>(bytes).verify_data[11], 12U);
  EXPECT_EQ(transcript_hash(), hash_of(bytes));
  ASSERT_EQ(watching.seen.size(), 1U);
  EXPECT_EQ(watching.seen[0].direction, Direction::received);
  EXPECT_EQ(watching.seen[0].name, "Finished");
}

TEST_F(ExchangeTest, ShowsAMalformedMessageUpToTheBadByte) {
  const Bytes bytes{20, 0, 0, 3, 1, 2, 3};
  EXPECT_THROW(exchange.receive<Finished>(bytes), ProtocolError);
  ASSERT_EQ(watching.seen.size(), 1U);
  EXPECT_FALSE(watching.seen[0].fields.complete());
  EXPECT_EQ(watching.seen[0].fields.find("length")->end, 4U);
  EXPECT_EQ(watching.seen[0].fields.find("verify_data")->begin, 4U);
  EXPECT_EQ(watching.seen[0].fields.find("verify_data")->end, std::nullopt);
}

TEST_F(ExchangeTest, ShowsAMessageThatMayNotComeWithoutDecodingOrRememberingIt) {
  const Bytes bytes{20, 0, 0, 2, 1, 2};
  exchange.show_undecoded({HandshakeType::finished, bytes});
  ASSERT_EQ(watching.seen.size(), 1U);
  EXPECT_EQ(watching.seen[0].name, "Finished");
  EXPECT_EQ(watching.seen[0].fields.find("body")->begin, 4U);
  EXPECT_EQ(watching.seen[0].fields.find("body")->end, 6U);
  EXPECT_EQ(transcript_hash(), hash_of({}));
}

TEST_F(ExchangeTest, KeepsChangeCipherSpecOutOfTheTranscript) {
  exchange.send_change_cipher_spec();
  exchange.receive_change_cipher_spec(ChangeCipherSpec(Defragmenter(1).aligned()));
  EXPECT_EQ(channel.log, "send change_cipher_spec\nreceive change_cipher_spec\n");
  EXPECT_EQ(transcript_hash(), hash_of({}));
  ASSERT_EQ(watching.seen.size(), 2U);
  EXPECT_EQ(watching.seen[0].direction, Direction::sent);
  EXPECT_EQ(watching.seen[1].direction, Direction::received);
  EXPECT_EQ(watching.seen[1].name, "ChangeCipherSpec");
  EXPECT_EQ(watching.seen[1].bytes, Bytes{1});
  EXPECT_EQ(watching.seen[1].fields.find("type")->number, 1U);
}

TEST(Exchange, WorksWithoutAnObserver) {
  RecordingChannel channel;
  Exchange exchange(channel, nullptr, 1000);
  exchange.send(ServerHelloDone{});
  exchange.show_undecoded({HandshakeType::finished, Bytes{20, 0, 0, 0}});
  exchange.send_change_cipher_spec();
  EXPECT_EQ(exchange.receive<ServerHelloDone>(encode(ServerHelloDone{})).spec.name,
            "ServerHelloDone");
}

}  // namespace
}  // namespace glasstls::handshake
