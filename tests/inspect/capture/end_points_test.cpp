#include "inspect/capture/end_points.h"

#include <gtest/gtest.h>

namespace glasstls::inspect::capture {
namespace {

constexpr IPv4Address ipv4{192, 0, 2, 1};
constexpr IPv6Address mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, 1};
constexpr IPv6Address ipv6{0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

TEST(EndPoints, OfOneFamilyStayAsTheyAre) {
  const EndPoints v4{{ipv4, 1}, {ipv4, 2}};
  const EndPoints v6{{ipv6, 1}, {ipv6, 2}};
  EXPECT_EQ(of_one_family(v4), v4);
  EXPECT_EQ(of_one_family(v6), v6);
}

TEST(EndPoints, ThatAreMappedBecomeIPv4) {
  const EndPoints v4{{ipv4, 1}, {ipv4, 2}};
  EXPECT_EQ(of_one_family({{mapped, 1}, {mapped, 2}}), v4);
  EXPECT_EQ(of_one_family({{ipv4, 1}, {mapped, 2}}), v4);
  EXPECT_EQ(of_one_family({{mapped, 1}, {ipv4, 2}}), v4);
}

TEST(EndPoints, OfTwoFamiliesBecomeIPv6) {
  EXPECT_EQ(of_one_family({{ipv4, 1}, {ipv6, 2}}), (EndPoints{{mapped, 1}, {ipv6, 2}}));
  EXPECT_EQ(of_one_family({{ipv6, 1}, {ipv4, 2}}), (EndPoints{{ipv6, 1}, {mapped, 2}}));
}

TEST(EndPoints, AreToldApartBySide) {
  const EndPoints ends{{ipv4, 1}, {ipv6, 2}};
  EXPECT_EQ(ends.of(Side::client).port, 1);
  EXPECT_EQ(ends.of(Side::server).port, 2);
}

}  // namespace
}  // namespace glasstls::inspect::capture
