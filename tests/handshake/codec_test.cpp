#include "handshake/codec.h"

#include <gtest/gtest.h>
#include <vector>

#include "handshake/defragmenter.h"
#include "handshake/messages.h"
#include "tests/handshake/examples.h"
#include "tests/support/refusal.h"

namespace glasstls::handshake {
namespace {

using test::refusal_of;

HandshakeAligned aligned() { return Defragmenter(1).aligned(); }

TEST(Codec, EncodesTypeLengthAndFields) {
  EXPECT_EQ(wire::hex(encode(ClientKeyExchange{{Bytes{7, 8}}})), "10000003020708");
  EXPECT_EQ(wire::hex(encode(ServerHelloDone{})), "0e000000");
}

TEST(Codec, ThrowsWhereAFieldIsOutOfItsBounds) {
  EXPECT_THROW(encode(ClientKeyExchange{}), std::logic_error);  // a point has a byte at least
  EXPECT_THROW(encode(ClientKeyExchange{{Bytes(256)}}), std::logic_error);
}

TEST(Codec, KnowsTheSpecOfEveryTypeAndNoOther) {
  EXPECT_EQ(spec_of(HandshakeType::hello_request).name, "HelloRequest");
  EXPECT_EQ(spec_of(HandshakeType::server_hello).section, "RFC 5246, 7.4.1.3");
  std::vector<unsigned> spoken;
  for (unsigned value = 0; value < 256; ++value)
    if (!spec_of(HandshakeType(value)).name.empty()) spoken.push_back(value);
  EXPECT_EQ(spoken, (std::vector<unsigned>{0, 1, 2, 4, 11, 12, 13, 14, 15, 16, 20, 22}));
}

TEST(Codec, FindsWhereAFieldBegins) {
  const Bytes bytes = encode(example::message<ServerHello>());
  const RawMessage message{HandshakeType::server_hello, bytes};
  EXPECT_EQ(offset_of(message, "server_version"), 4U);
  EXPECT_EQ(offset_of(message, "random"), 6U);
  EXPECT_EQ(offset_of(message, "session_id"), 38U);
  EXPECT_EQ(offset_of(message, "cipher_suite"), 42U);
  EXPECT_EQ(offset_of(message, "nothing"), std::nullopt);
}

TEST(ChangeCipherSpec, IsOneByteOfValueOne) {
  EXPECT_EQ(decode_change_cipher_spec(Bytes{1}, aligned()).type, 1U);
  for (const Bytes& wrong : {Bytes{}, Bytes{1, 1}}) {
    const ProtocolError error = refusal_of([&] { decode_change_cipher_spec(wrong, aligned()); });
    EXPECT_EQ(error.alert, AlertDescription::decode_error);
    EXPECT_EQ(error.message, "ChangeCipherSpec");
  }
  for (const std::uint8_t value : Bytes{0, 2, 255})
    EXPECT_EQ(refusal_of([&] { decode_change_cipher_spec(Bytes{value}, aligned()); }).alert,
              AlertDescription::illegal_parameter);
}

}  // namespace
}  // namespace glasstls::handshake
