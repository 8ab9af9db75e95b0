#include "inspect/capture/tcp_writer.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "tests/inspect/capture/packets.h"

namespace glasstls::inspect::capture {
namespace {

using Lines = std::vector<std::string>;
using test::Packet;

const EndPoints ipv4{{IPv4Address{192, 0, 2, 1}, 50000}, {IPv4Address{198, 51, 100, 7}, 443}};

EndPoints ipv6() {
  IPv6Address client{0x20, 0x01, 0x0d, 0xb8};
  IPv6Address server = client;
  client[15] = 1;
  server[15] = 0xfe;
  return {{client, 50000}, {server, 443}};
}

/// A connection; every packet must be sound.
class Conversation : public testing::Test {
 protected:
  Lines told(const TcpWriter::Packets& packets) {
    Lines lines;
    for (const Bytes& bytes : packets) {
      last = test::take_apart(bytes);
      EXPECT_TRUE(last.ip_checksum_is_right) << last.line();
      EXPECT_TRUE(last.tcp_checksum_is_right) << last.line();
      lines.push_back(last.line());
    }
    return lines;
  }

  TcpWriter tcp{ipv4, {100, 200}};
  Packet last;
};

TEST_F(Conversation, BeginsWithThreePackets) {
  EXPECT_EQ(told(tcp.open()), (Lines{"50000 > 443 S 100 0 0",     //
                                     "443 > 50000 SA 200 101 0",  //
                                     "50000 > 443 A 101 201 0"}));
}

TEST_F(Conversation, CarriesDataThatAcknowledgesTheOtherSides) {
  tcp.open();
  EXPECT_EQ(told(tcp.data(Side::client, Bytes(10))), Lines{"50000 > 443 PA 101 201 10"});
  EXPECT_EQ(told(tcp.data(Side::server, Bytes(20))), Lines{"443 > 50000 PA 201 111 20"});
  EXPECT_EQ(told(tcp.data(Side::server, Bytes(5))), Lines{"443 > 50000 PA 221 111 5"});
  EXPECT_EQ(told(tcp.data(Side::client, Bytes{1, 2, 3})), Lines{"50000 > 443 PA 111 226 3"});
  EXPECT_EQ(last.data, (Bytes{1, 2, 3}));
}

TEST_F(Conversation, WritesNothingForNoBytes) {
  tcp.open();
  EXPECT_TRUE(tcp.data(Side::client, {}).empty());
}

TEST_F(Conversation, SplitsLongDataAndPushesTheLastPiece) {
  tcp.open();
  EXPECT_EQ(told(tcp.data(Side::client, Bytes(16'000))), Lines{"50000 > 443 PA 101 201 16000"});
  EXPECT_EQ(told(tcp.data(Side::server, Bytes(32'001))),
            (Lines{"443 > 50000 A 201 16101 16000",    //
                   "443 > 50000 A 16201 16101 16000",  //
                   "443 > 50000 PA 32201 16101 1"}));
}

TEST_F(Conversation, KeepsBytesInOrderWhenItSplits) {
  tcp.open();
  Bytes sent(100'000);
  for (std::size_t i = 0; i < sent.size(); ++i) sent[i] = static_cast<std::uint8_t>(i * i >> 7);
  Bytes carried;
  for (const Bytes& packet : tcp.data(Side::server, sent))
    wire::append(carried, test::take_apart(packet).data);
  EXPECT_EQ(carried, sent);
}

TEST_F(Conversation, AcknowledgesBeforeTheWindowIsFull) {
  tcp.open();
  const Lines lines = told(tcp.data(Side::server, Bytes(80'000)));
  ASSERT_EQ(lines.size(), 6U);
  EXPECT_EQ(lines[3], "443 > 50000 A 48201 101 16000");
  EXPECT_EQ(lines[4], "50000 > 443 A 101 64201 0");
  EXPECT_EQ(lines[5], "443 > 50000 PA 64201 101 16000");
}

TEST_F(Conversation, FillsTheWindowToItsLastByte) {
  tcp.open();
  tcp.data(Side::client, Bytes(60'000));
  EXPECT_EQ(told(tcp.data(Side::client, Bytes(5'535))), Lines{"50000 > 443 PA 60101 201 5535"});
  EXPECT_EQ(told(tcp.data(Side::client, Bytes(1))), (Lines{"443 > 50000 A 201 65636 0",  //
                                                           "50000 > 443 PA 65636 201 1"}));
}

TEST_F(Conversation, HasSequenceNumbersThatWrap) {
  tcp = TcpWriter(ipv4, {0xffffffff, 0xfffffffe});
  EXPECT_EQ(told(tcp.open()), (Lines{"50000 > 443 S 4294967295 0 0",   //
                                     "443 > 50000 SA 4294967294 0 0",  //
                                     "50000 > 443 A 0 4294967295 0"}));
  EXPECT_EQ(told(tcp.data(Side::server, Bytes(3))), Lines{"443 > 50000 PA 4294967295 0 3"});
  EXPECT_EQ(told(tcp.data(Side::client, Bytes(3))), Lines{"50000 > 443 PA 0 2 3"});
  EXPECT_EQ(told(tcp.closed(Side::server, Ending::fin)), Lines{"443 > 50000 FA 2 3 0"});
}

// --- Endings

TEST_F(Conversation, EndsWithAFinFromEachSideAndAnAcknowledgement) {
  tcp.open();
  tcp.data(Side::client, Bytes(10));
  EXPECT_EQ(told(tcp.closed(Side::server, Ending::fin)), Lines{"443 > 50000 FA 201 111 0"});
  EXPECT_EQ(told(tcp.closed(Side::client, Ending::fin)), (Lines{"50000 > 443 FA 111 202 0",  //
                                                                "443 > 50000 A 202 112 0"}));
  EXPECT_TRUE(tcp.acknowledge().empty());
}

TEST_F(Conversation, GoesOnInTheOtherDirectionAfterAFin) {
  tcp.open();
  tcp.closed(Side::client, Ending::fin);
  EXPECT_TRUE(tcp.data(Side::client, Bytes(1)).empty());
  EXPECT_TRUE(tcp.closed(Side::client, Ending::fin).empty());
  EXPECT_EQ(told(tcp.data(Side::server, Bytes(7))), Lines{"443 > 50000 PA 201 102 7"});
  EXPECT_EQ(told(tcp.closed(Side::server, Ending::fin)), (Lines{"443 > 50000 FA 208 102 0",  //
                                                                "50000 > 443 A 102 209 0"}));
}

TEST_F(Conversation, EndsWithARst) {
  tcp.open();
  tcp.data(Side::client, Bytes(10));
  EXPECT_EQ(told(tcp.closed(Side::client, Ending::rst)), (Lines{"443 > 50000 A 201 111 0",  //
                                                                "50000 > 443 RA 111 201 0"}));
  EXPECT_TRUE(tcp.acknowledge().empty());
  for (const Side side : {Side::client, Side::server}) {
    EXPECT_TRUE(tcp.data(side, Bytes(1)).empty());
    EXPECT_TRUE(tcp.closed(side, Ending::fin).empty());
    EXPECT_TRUE(tcp.closed(side, Ending::rst).empty());
  }
}

TEST_F(Conversation, MayBeResetAfterAFin) {
  tcp.open();
  tcp.closed(Side::client, Ending::fin);
  EXPECT_EQ(told(tcp.closed(Side::client, Ending::rst)), (Lines{"443 > 50000 A 201 102 0",  //
                                                                "50000 > 443 RA 102 201 0"}));
}

TEST_F(Conversation, IsOverAfterBothFins) {
  tcp.open();
  tcp.closed(Side::client, Ending::fin);
  tcp.closed(Side::server, Ending::fin);
  EXPECT_TRUE(tcp.closed(Side::client, Ending::rst).empty());
  EXPECT_TRUE(tcp.closed(Side::server, Ending::rst).empty());
}

TEST_F(Conversation, AcknowledgesWhatIsLeftAtItsEnd) {
  tcp.open();
  EXPECT_TRUE(tcp.acknowledge().empty());
  tcp.data(Side::client, Bytes(10));
  EXPECT_EQ(told(tcp.acknowledge()), Lines{"443 > 50000 A 201 111 0"});
  tcp.data(Side::server, Bytes(10));
  EXPECT_EQ(told(tcp.acknowledge()), Lines{"50000 > 443 A 111 211 0"});
  EXPECT_TRUE(tcp.acknowledge().empty());
}

// --- Packets

TEST_F(Conversation, HasTheAddressesOfItsEnds) {
  told(tcp.open());
  EXPECT_EQ(last.version, 4U);
  EXPECT_EQ(last.source, (Bytes{192, 0, 2, 1}));
  EXPECT_EQ(last.destination, (Bytes{198, 51, 100, 7}));
  told(tcp.data(Side::server, Bytes(1)));
  EXPECT_EQ(last.source, (Bytes{198, 51, 100, 7}));
}

TEST_F(Conversation, MayUseIPv6) {
  tcp = TcpWriter(ipv6(), {100, 200});
  told(tcp.open());
  EXPECT_EQ(last.version, 6U);
  EXPECT_EQ(wire::hex(last.source), "20010db8000000000000000000000001");
  EXPECT_EQ(wire::hex(last.destination), "20010db80000000000000000000000fe");
  EXPECT_EQ(told(tcp.data(Side::server, Bytes{1, 2, 3})), Lines{"443 > 50000 PA 201 101 3"});
  EXPECT_EQ(last.data, (Bytes{1, 2, 3}));
}

TEST_F(Conversation, HasRightChecksumsForAnyData) {
  for (const EndPoints& ends : {ipv4, ipv6()}) {
    tcp = TcpWriter(ends, {0xfffffff0, 0x89abcdef});
    told(tcp.open());
    for (std::size_t size = 1; size < 300; ++size)
      told(tcp.data(size % 2 == 0 ? Side::client : Side::server,
                    Bytes(size, static_cast<std::uint8_t>(255 - size % 7))));
  }
}

TEST(InternetChecksum, IsThatOfTheRfc) {  // RFC 1071, 3: the sum is ddf2
  EXPECT_EQ(internet_checksum(Bytes{0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7}), 0x220d);
  EXPECT_EQ(internet_checksum(Bytes{0x01}), 0xfeff);
  EXPECT_EQ(internet_checksum({}), 0xffff);
  EXPECT_EQ(internet_checksum(Bytes{0x00, 0x01}, 0xffff), 0xfffe);
}

}  // namespace
}  // namespace glasstls::inspect::capture
