// Padding oracles and Lucky 13 (AlFardan and Paterson, 2013; CVE-2013-0169): two answers, or two
// times, for two ways of being wrong.
#include <functional>
#include <gtest/gtest.h>
#include <set>
#include <string>

#include "tests/attacks/support.h"

namespace glasstls::tls {
namespace {

// Each time the same connection, byte for byte, and another forgery: what our server answers is the
// same, byte for byte, and so is what it tells.
TEST(Attacks, Lucky13ForgeriesAreAllAnsweredAlike) {
  std::set<Bytes> answers;
  std::set<std::string> reasons;
  const auto offer = [&](const std::function<void(Bytes&)>& forge) {
    Middle middle;
    middle.stand_aside();
    middle.client.connection.write(Bytes(40, 'A'));
    Bytes record = middle.client.says();
    forge(record);
    const std::size_t length = record.size() - record::header_length;
    record[3] = static_cast<std::uint8_t>(length >> 8);
    record[4] = static_cast<std::uint8_t>(length);
    middle.server.hears(record);
    expect_failed(middle.server, AlertDescription::bad_record_mac, "Established");
    EXPECT_TRUE(middle.server.data.empty());
    answers.insert(middle.server.says());
    reasons.insert(middle.server.find<Failed>()->reason);
  };
  constexpr std::size_t size = record::header_length + 8 + 40 + 16;
  for (std::size_t at = record::header_length; at < size; ++at)
    offer([at](Bytes& record) { record[at] ^= 0x80; });  // nonce, content, tag
  for (std::size_t shorter = 1; shorter <= size - record::header_length; ++shorter)
    offer([shorter](Bytes& record) { record.resize(record.size() - shorter); });
  offer([](Bytes& record) { record.resize(record.size() + 256); });
  offer([](Bytes& record) { record[0] = 22; });  // data as a handshake message
  EXPECT_EQ(answers.size(), 1U);
  EXPECT_EQ(reasons.size(), 1U);
}

// And there is no second try: the keys are gone, so that what would have been right is not opened.
TEST(Attacks, Lucky13HasOneTryForEachConnection) {
  test::ServerPeers peers;
  peers.complete_handshake();
  peers.client.data(Bytes{1});
  const Bytes good = peers.client.take();
  Bytes forged = good;
  forged.back() ^= 1;
  peers.deliver(forged);
  expect_refused(peers, {.alert = AlertDescription::bad_record_mac});
  peers.deliver(good);
  EXPECT_TRUE(peers.data.empty());
}

}  // namespace
}  // namespace glasstls::tls
