#include "apps/endpoint.h"

#include <gmock/gmock.h>
#include <string>

#include "tests/apps/cert/scratch.h"

namespace glasstls::apps {
namespace {

using testing::HasSubstr;

std::string listen_address(const char* text) { return text_of(parse_listen_address(text)); }

TEST(ListenAddress, IsLoopbackUnlessSaid) {
  EXPECT_EQ(listen_address("7777"), "127.0.0.1:7777");
  EXPECT_EQ(listen_address("0"), "127.0.0.1:0");
  EXPECT_EQ(listen_address("localhost:1"), "127.0.0.1:1");
}

TEST(ListenAddress, IsOfEitherVersionOfIp) {
  EXPECT_EQ(listen_address("192.0.2.1:443"), "192.0.2.1:443");
  EXPECT_EQ(listen_address("0.0.0.0:65535"), "0.0.0.0:65535");
  EXPECT_EQ(listen_address("[::1]:443"), "[::1]:443");
}

TEST(ListenAddress, IsRefusedIfItIsNone) {
  const auto refused = [](const char* text) {
    return refusal([&] { static_cast<void>(parse_listen_address(text)); });
  };
  EXPECT_THAT(refused(""), HasSubstr("the port must be a number from 0 to 65535"));
  EXPECT_THAT(refused("65536"), HasSubstr("'65536' is not [ADDR:]PORT: the port must be a number"));
  EXPECT_THAT(refused("127.0.0.1"), HasSubstr("the port must be a number"));
  EXPECT_THAT(refused("127.0.0.1:x"), HasSubstr("the port must be a number"));
  EXPECT_THAT(refused(":7777"), HasSubstr("0.0.0.0 stands for all of this machine"));
  EXPECT_THAT(refused("example.com:7777"), HasSubstr("localhost or an IP address"));
  EXPECT_THAT(refused("::1:7777"), HasSubstr("in brackets"));
  EXPECT_THAT(refused("[127.0.0.1]:7777"), HasSubstr("in brackets"));
}

}  // namespace
}  // namespace glasstls::apps
