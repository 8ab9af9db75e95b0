#include "apps/bench/own_network.h"

#include <gtest/gtest.h>

namespace glasstls::apps::bench {
namespace {

bool is_own(const char* address) { return is_own_network(asio::ip::make_address(address)); }

TEST(OwnNetwork, IsLoopbackAndWhatIsPrivateOrLinkLocal) {
  for (const char* address :
       {"127.0.0.1", "127.255.255.255", "10.0.0.0", "10.255.255.255", "172.16.0.0",
        "172.31.255.255", "192.168.0.0", "192.168.255.255", "169.254.0.0", "169.254.255.255", "::1",
        "fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "fe80::", "febf::1", "fe80::1%1",
        "::ffff:127.0.0.1", "::ffff:10.1.2.3"})
    EXPECT_TRUE(is_own(address)) << address;
}

TEST(OwnNetwork, IsNothingBeside) {
  for (const char* address : {"0.0.0.0",
                              "9.255.255.255",
                              "11.0.0.0",
                              "126.255.255.255",
                              "128.0.0.0",
                              "172.15.255.255",
                              "172.32.0.0",
                              "192.167.255.255",
                              "192.169.0.0",
                              "169.253.255.255",
                              "169.255.0.0",
                              "192.0.2.1",
                              "255.255.255.255",
                              "::",
                              "::2",
                              "2001:db8::1",
                              "fbff::",
                              "fe00::",
                              "fec0::",
                              "ff02::1",
                              "::ffff:192.0.2.1",
                              "::7f00:1"})
    EXPECT_FALSE(is_own(address)) << address;
}

}  // namespace
}  // namespace glasstls::apps::bench
