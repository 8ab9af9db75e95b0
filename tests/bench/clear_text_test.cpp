#include "bench/peers/clear_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdexcept>

#include "tests/bench/handshakes.h"

namespace glasstls::test {
namespace {

using bench::ClearText;
using bench::read_clear_text;
using testing::HasSubstr;
using testing::ThrowsMessage;

void expect_refusal(const Bytes& records, const char* words) {
  EXPECT_THAT([&] { static_cast<void>(read_clear_text(records)); },
              ThrowsMessage<std::runtime_error>(HasSubstr(words)));
}

const Bytes alert{21, 3, 3, 0, 2, 2, 40};

TEST(ClearText, HoldsMessagesAndCountsWhatIsSealed) {
  const ClearText clear = read_clear_text(handshake().client);
  EXPECT_EQ(names_of(clear), "ClientHello, ClientKeyExchange");
  EXPECT_TRUE(clear.changed_cipher_spec);
  EXPECT_EQ(clear.sealed_handshake_records, 1u);
}

TEST(ClearText, OfNothingIsNothing) {
  const ClearText clear = read_clear_text({});
  EXPECT_EQ(names_of(clear), "nothing");
  EXPECT_FALSE(clear.changed_cipher_spec);
}

TEST(ClearText, RefusesAlertsBeforeAndAfterChangeCipherSpec) {
  expect_refusal(alert, "a record is no part of a handshake: alert");
  Bytes client = handshake().client;
  wire::append(client, alert);
  expect_refusal(client, "what follows ChangeCipherSpec is no handshake record: alert");
}

TEST(ClearText, RefusesRecordsOfAnotherVersionBehindTheFirst) {
  Bytes client = handshake().client;
  client[2] = 1;  // a ClientHello's record may say TLS 1.0
  EXPECT_NO_THROW(read_clear_text(client));
  Bytes server = handshake().server;
  wire::append(server, Bytes{22, 3, 1, 0, 1, 0});
  expect_refusal(server, "a record is not of TLS 1.2");
}

TEST(ClearText, RefusesWhatIsCutOff) {
  Bytes client = handshake().client;
  client.pop_back();
  expect_refusal(client, "a record is not whole");
  expect_refusal({22, 3, 3}, "a record's header is not whole");
}

}  // namespace
}  // namespace glasstls::test
