#include "inspect/capture/link.h"

#include <gtest/gtest.h>

#include "tests/inspect/capture/captures.h"

namespace glasstls::inspect::capture {
namespace {

using namespace test;
using Kind = LinkPayload::Kind;

Bytes joined(View head, std::string_view tail) {
  Bytes out = wire::copy(head);
  wire::append(out, wire::as_bytes(tail));
  return out;
}

/// What lies behind a link header of `head`; "" if that is not IP.
std::string ip_behind(std::uint32_t link_type, std::string_view head) {
  const Bytes frame = joined(wire::as_bytes(head), "payload");
  const LinkPayload payload = decode_link(link_type, frame);
  return payload.kind == Kind::ip ? std::string(wire::as_text(payload.bytes)) : "";
}

using namespace std::string_view_literals;

constexpr auto addresses = "\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02"sv;

TEST(Link, ReadsEthernetWithAndWithoutVlans) {
  const std::string mac(addresses);
  EXPECT_EQ(ip_behind(1, mac + std::string("\x08\x00"sv)), "payload");
  EXPECT_EQ(ip_behind(1, mac + "\x86\xdd"), "payload");
  EXPECT_EQ(ip_behind(1, mac + std::string("\x81\x00\x00\x05\x08\x00"sv)), "payload");
  EXPECT_EQ(ip_behind(1, mac + std::string("\x88\xa8\x00\x05\x81\x00\x00\x06\x86\xdd"sv)),
            "payload");
  EXPECT_EQ(
      ip_behind(1, mac + std::string("\x91\x00\x00\x05\x91\x00\x00\x06\x92\x00\x00\x07\x08\x00"sv)),
      "payload");
}

TEST(Link, ReadsRawIpUnderEveryNumber) {
  for (const std::uint32_t link_type : {12U, 14U, 101U, 228U, 229U})
    EXPECT_EQ(ip_behind(link_type, ""), "payload") << link_type;
}

TEST(Link, ReadsLoopbackInBothByteOrdersAndOfEverySystem) {
  for (const std::uint32_t link_type : {0U, 108U}) {
    for (const char family : {'\x02', '\x0a', '\x18', '\x1c', '\x1e'}) {
      EXPECT_EQ(ip_behind(link_type, std::string({family, 0, 0, 0})), "payload");
      EXPECT_EQ(ip_behind(link_type, std::string({0, 0, 0, family})), "payload");
    }
    EXPECT_EQ(ip_behind(link_type, std::string({7, 0, 0, 0})), "");
  }
}

TEST(Link, ReadsLinuxCookedOfBothVersions) {
  EXPECT_EQ(ip_behind(113, "\0\0\0\x01\0\x06\x02\x02\x02\x02\x02\x02\0\0\x08\0"sv), "payload");
  EXPECT_EQ(ip_behind(113, "\0\0\0\x01\0\x06\x02\x02\x02\x02\x02\x02\0\0\x81\0\0\x01\x86\xdd"sv),
            "payload");
  EXPECT_EQ(ip_behind(276, "\x86\xdd\0\0\0\0\0\x02\0\x01\0\x06\x02\x02\x02\x02\x02\x02\0\0"sv),
            "payload");
  EXPECT_EQ(ip_behind(276, "\x08\x06\0\0\0\0\0\x02\0\x01\0\x06\x02\x02\x02\x02\x02\x02\0\0"sv), "");
}

TEST(Link, TellsWhatIsNotIpFromWhatItDoesNotRead) {
  const std::string arp = std::string(addresses) + "\x08\x06 and more";
  EXPECT_EQ(decode_link(1, wire::as_bytes(arp)).kind, Kind::not_ip);
  EXPECT_EQ(decode_link(127, wire::as_bytes(arp)).kind, Kind::unknown_link_type);
  EXPECT_EQ(link_type_name(127), "IEEE 802.11 with radiotap");
  EXPECT_EQ(link_type_name(1), "Ethernet");
  EXPECT_EQ(link_type_name(65000), "link type 65000");
}

TEST(Link, NoticesEveryHeaderThatIsCut) {
  struct Case {
    std::uint32_t link_type;
    std::string header;
  };
  const Case cases[] = {
      {1, std::string(addresses) + std::string("\x81\0\0\x01\x88\xa8\0\x01\x08\0"sv)},
      {0, std::string("\x02\0\0\0"sv)},
      {113, std::string("\0\0\0\x01\0\x06\x02\x02\x02\x02\x02\x02\0\0\x08\0"sv)},
      {276, std::string("\x08\0\0\0\0\0\0\x02\0\x01\0\x06\x02\x02\x02\x02\x02\x02\0\0"sv)},
  };
  for (const Case& each : cases)
    for (std::size_t size = 0; size < each.header.size(); ++size)
      EXPECT_EQ(decode_link(each.link_type, wire::as_bytes(each.header).first(size)).kind,
                Kind::cut)
          << each.link_type << " " << size;
}

}  // namespace
}  // namespace glasstls::inspect::capture
