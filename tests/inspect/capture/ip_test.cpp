#include "inspect/capture/ip.h"

#include <gtest/gtest.h>

#include "tests/inspect/capture/captures.h"

namespace glasstls::inspect::capture {
namespace {

using namespace test;
using Kind = IpPacket::Kind;

constexpr std::uint8_t tcp_number = 6;

IpPacket decode(View packet) { return decode_ip(packet, packet.size()); }

std::string payload_of(const IpPacket& ip) { return std::string(wire::as_text(ip.payload)); }

TEST(Ip, ReadsIpv4) {
  const Bytes packet = ipv4(tcp_number, bytes_of("segment"));
  const IpPacket ip = decode(packet);
  EXPECT_EQ(ip.kind, Kind::tcp);
  EXPECT_EQ(to_string(ip.source), "10.0.0.1");
  EXPECT_EQ(to_string(ip.destination), "10.0.0.2");
  EXPECT_EQ(payload_of(ip), "segment");
  EXPECT_EQ(ip.missing, 0U);
  EXPECT_EQ(decode(ipv4(17, bytes_of("datagram"))).kind, Kind::other);
}

TEST(Ip, LeavesOutThePaddingOfTheLink) {
  Bytes packet = ipv4(tcp_number, bytes_of("x"));
  packet.resize(46);
  EXPECT_EQ(payload_of(decode(packet)), "x");
  packet = ipv6(tcp_number, bytes_of("x"));
  packet.resize(60);
  EXPECT_EQ(payload_of(decode(packet)), "x");
}

TEST(Ip, PassesOverOptionsOfIpv4) {
  Bytes packet = ipv4(tcp_number, bytes_of("oooosegment"));
  packet[0] = 0x46;
  EXPECT_EQ(payload_of(decode(packet)), "segment");
}

TEST(Ip, NamesFragments) {
  Bytes packet = ipv4(tcp_number, bytes_of("segment"));
  packet[6] = 0x40;  // Don't Fragment
  EXPECT_EQ(decode(packet).kind, Kind::tcp);
  packet[6] = 0x20;  // More Fragments
  EXPECT_EQ(decode(packet).kind, Kind::fragment);
  packet[6] = 0;
  packet[7] = 1;  // an offset
  EXPECT_EQ(decode(packet).kind, Kind::fragment);
}

TEST(Ip, SaysHowMuchTheSnapLengthCutOff) {
  for (const Bytes& packet :
       {ipv4(tcp_number, Bytes(100, 'x')), ipv6(tcp_number, Bytes(100, 'x'))}) {
    const IpPacket ip = decode_ip(View(packet).first(packet.size() - 70), packet.size());
    EXPECT_EQ(ip.kind, Kind::tcp);
    EXPECT_EQ(ip.payload.size(), 30U);
    EXPECT_EQ(ip.missing, 70U);
  }
}

TEST(Ip, BelievesTheCaptureWhereTheLengthIsZero) {
  Bytes packet = ipv4(tcp_number, bytes_of("segment"));
  packet[2] = packet[3] = 0;
  EXPECT_EQ(payload_of(decode(packet)), "segment");
  packet = ipv6(tcp_number, bytes_of("segment"));
  packet[4] = packet[5] = 0;
  EXPECT_EQ(payload_of(decode(packet)), "segment");
}

TEST(Ip, WalksOverTheExtensionHeadersOfIpv6) {
  const Bytes headers{
      60, 0, 0, 0, 0, 0, 0, 0,                          // hop-by-hop options
      43, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,  // destination options, 16 bytes
      51, 0, 0, 0, 0, 0, 0, 0,                          // routing
      44, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1,              // authentication, counted in fours
      6,  9, 0, 0, 0, 0, 0, 7,                          // a fragment that is the whole packet
  };
  Bytes payload = headers;
  wire::append(payload, bytes_of("segment"));
  const Bytes packet = ipv6(0, payload);
  const IpPacket ip = decode(packet);
  EXPECT_EQ(ip.kind, Kind::tcp);
  EXPECT_EQ(to_string(ip.source), "2001:db8::1");
  EXPECT_EQ(payload_of(ip), "segment");
  for (std::size_t size = 0; size < 40 + headers.size(); ++size)
    EXPECT_EQ(decode_ip(View(packet).first(size), packet.size()).kind, Kind::cut) << size;
}

TEST(Ip, NamesFragmentsOfIpv6AndOtherProtocols) {
  EXPECT_EQ(decode(ipv6(44, Bytes{6, 0, 0, 1, 0, 0, 0, 7, 'x'})).kind, Kind::fragment);
  EXPECT_EQ(decode(ipv6(44, Bytes{6, 0, 1, 0, 0, 0, 0, 7, 'x'})).kind, Kind::fragment);
  EXPECT_EQ(decode(ipv6(59, Bytes{})).kind, Kind::other);
  EXPECT_EQ(decode(ipv6(50, Bytes(20))).kind, Kind::other);  // ESP
}

TEST(Ip, RefusesHeadersThatCannotBe) {
  Bytes packet = ipv4(tcp_number, bytes_of("segment"));
  packet[0] = 0x44;
  EXPECT_EQ(decode(packet).kind, Kind::malformed);  // a header of 16 bytes
  packet[0] = 0x55;
  EXPECT_EQ(decode(packet).kind, Kind::malformed);  // version 5
  packet[0] = 0x45;
  packet[3] = 19;
  EXPECT_EQ(decode(packet).kind, Kind::malformed);  // shorter than its header
  EXPECT_EQ(decode(ipv6(0, Bytes{6, 9, 0, 0, 0, 0, 0, 0})).kind, Kind::malformed);
  EXPECT_EQ(decode(ipv6(0, Bytes{6, 0, 0})).kind, Kind::malformed);
}

TEST(Ip, NoticesHeadersThatAreCut) {
  Bytes packet = ipv4(tcp_number, bytes_of("oooosegment"));
  packet[0] = 0x46;
  for (std::size_t size = 0; size < 24; ++size)
    EXPECT_EQ(decode_ip(View(packet).first(size), packet.size()).kind, Kind::cut) << size;
}

}  // namespace
}  // namespace glasstls::inspect::capture
