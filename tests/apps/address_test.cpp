#include "apps/address.h"

#include <gtest/gtest.h>
#include <string>

#include "apps/error.h"

namespace glasstls::apps {
namespace {

std::string parsed(const std::string& text) {
  const Address address = parse_address(text, "443");
  return address.host + " " + address.port;
}

std::string refusal(const std::string& text) {
  try {
    return "accepted: " + parsed(text);
  } catch (const CommandError& error) {
    EXPECT_EQ(error.code, ExitCode::usage);
    return error.what();
  }
}

TEST(Address, IsAHostWithOrWithoutAPort) {
  EXPECT_EQ(parsed("example.com"), "example.com 443");
  EXPECT_EQ(parsed("example.com:7777"), "example.com 7777");
  EXPECT_EQ(parsed("192.0.2.1"), "192.0.2.1 443");
  EXPECT_EQ(parsed("192.0.2.1:1"), "192.0.2.1 1");
  EXPECT_EQ(parsed("localhost:65535"), "localhost 65535");
}

TEST(Address, TakesIpv6WithAndWithoutBrackets) {
  EXPECT_EQ(parsed("2001:db8::1"), "2001:db8::1 443");
  EXPECT_EQ(parsed("::1"), "::1 443");
  EXPECT_EQ(parsed("[2001:db8::1]"), "2001:db8::1 443");
  EXPECT_EQ(parsed("[::1]:7777"), "::1 7777");
}

TEST(Address, RefusesIpv6WithAPortAndWithoutBrackets) {
  for (const char* text : {"::1:43865", "2001:db8::1:99999", "a:b:c"})
    EXPECT_NE(refusal(text).find("stands in brackets"), std::string::npos) << text;
}

TEST(Address, RefusesPortsThatAreNone) {
  for (const char* text :
       {"host:", "host:0", "host:65536", "host:-1", "host:+1", "host: 1", "host:1x", "host:http",
        "host:99999999999999999999", "[::1]:", "[::1]:x"})
    EXPECT_NE(refusal(text).find("the port must be a number from 1 to 65535"), std::string::npos)
        << text << ": " << refusal(text);
}

TEST(Address, RefusesAMissingHost) {
  for (const char* text : {"", ":443", "[]", "[]:443"})
    EXPECT_NE(refusal(text).find("the host is missing"), std::string::npos)
        << text << ": " << refusal(text);
}

TEST(Address, RefusesUnbalancedBrackets) {
  EXPECT_NE(refusal("[::1").find("a ']' is missing"), std::string::npos);
  EXPECT_NE(refusal("[::1]443").find("after ']' only ':PORT' may follow"), std::string::npos);
}

TEST(Address, NamesInItsRefusalWhatWasTyped) {
  EXPECT_NE(refusal("host:http").find("'host:http' is not HOST[:PORT]"), std::string::npos);
}

}  // namespace
}  // namespace glasstls::apps
