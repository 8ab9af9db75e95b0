#include "x509/server_name.h"

#include <gtest/gtest.h>

#include "tests/x509/samples.h"

namespace glasstls::x509 {
namespace {

TEST(ServerName, ReadsDnsNames) {
  const auto name = ServerName::parse("WWW.Example.COM.");
  ASSERT_TRUE(name);
  EXPECT_FALSE(name->is_ip());
  EXPECT_EQ(to_string(*name), "www.example.com");
  EXPECT_EQ(name->sni(), "www.example.com");
  EXPECT_TRUE(ServerName::parse("test"));
  EXPECT_TRUE(ServerName::parse("xn--mnchen-3ya.de"));
  EXPECT_TRUE(ServerName::parse("1.2.3.com"));
}

TEST(ServerName, RefusesMalformedDnsNames) {
  const std::string label63(63, 'a');
  EXPECT_TRUE(ServerName::parse(label63 + ".com"));
  const std::string long_name = label63 + "." + label63 + "." + label63 + "." + label63;
  for (const std::string& text : {std::string(),
                                  std::string("."),
                                  std::string("a..b"),
                                  std::string(".a"),
                                  std::string("a.."),
                                  std::string("-a.com"),
                                  std::string("a-.com"),
                                  std::string("a_b.com"),
                                  std::string("a b"),
                                  std::string("*.example.com"),
                                  std::string("a\0b", 3),
                                  std::string("m\xc3\xbcnchen.de"),
                                  std::string("1.2.3"),
                                  std::string("1.2.3.4.5"),
                                  std::string("256.1.1.1"),
                                  std::string("01.2.3.4"),
                                  label63 + "a.com",
                                  long_name,
                                  std::string("a/b"),
                                  std::string("a:1")}) {
    EXPECT_FALSE(ServerName::parse(text)) << text;
  }
}

TEST(ServerName, ReadsAddresses) {
  const auto v4 = ServerName::parse("192.0.2.1");
  ASSERT_TRUE(v4);
  EXPECT_TRUE(v4->is_ip());
  EXPECT_EQ(wire::hex(v4->address()), "c0000201");
  EXPECT_FALSE(v4->sni().has_value());
  const auto v6 = ServerName::parse("[2001:DB8::1]");
  ASSERT_TRUE(v6);
  EXPECT_EQ(v6->text(), "2001:db8::1");
  EXPECT_EQ(*v6, *ServerName::parse("2001:db8:0:0:0:0:0:1"));
}

TEST(Address, ReadsAndWritesEveryFormOfIpv6) {
  const std::pair<const char*, const char*> cases[] = {
      {"::", "::"},
      {"::1", "::1"},
      {"1::", "1::"},
      {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
      {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
      {"::ffff:192.0.2.1", "::ffff:c000:201"},
      {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
      {"0001:0:0:0:0:0:0:0", "1::"},
  };
  for (const auto& c : cases) {
    const auto address = parse_address(c.first);
    ASSERT_TRUE(address) << c.first;
    EXPECT_EQ(address_text(*address), c.second);
  }
}

TEST(Address, RefusesMalformedIpv6) {
  for (const char* text :
       {":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "g::", "1:", ":1",
        "1:2:3:4:5:6:7:8::", "::1%eth0", "1.2.3.4::", "::1.2.3", "::1.2.3.4:1",
        "1:2:3:4:5:6:7:1.2.3.4", "::1:2:3:4:5:6:7:8"}) {
    EXPECT_FALSE(parse_address(text)) << text;
  }
}

TEST(DnsMatching, IsForWholeNamesWithoutRegardToCase) {
  EXPECT_TRUE(dns_matches("Test", "test"));
  EXPECT_TRUE(dns_matches("www.example.com", "www.example.com"));
  EXPECT_FALSE(dns_matches("example.com", "www.example.com"));
  EXPECT_FALSE(dns_matches("www.example.com", "example.com"));
  EXPECT_FALSE(dns_matches("www.example.com.", "www.example.com"));
}

TEST(DnsMatching, LetsAWildcardStandForOneWholeLabel) {
  EXPECT_TRUE(dns_matches("*.Example.com", "www.example.com"));
  EXPECT_FALSE(dns_matches("*.example.com", "example.com"));
  EXPECT_FALSE(dns_matches("*.example.com", "a.b.example.com"));
  EXPECT_FALSE(dns_matches("*.com", "example.com"));
  EXPECT_FALSE(dns_matches("*", "test"));
  EXPECT_FALSE(dns_matches("w*.example.com", "www.example.com"));
  EXPECT_FALSE(dns_matches("*w.example.com", "www.example.com"));
  EXPECT_FALSE(dns_matches("www.*.com", "www.example.com"));
  EXPECT_FALSE(dns_matches("*.*.com", "www.example.com"));
  EXPECT_FALSE(dns_matches("**.example.com", "www.example.com"));
}

TEST(ServerName, MatchesSubjectAltNameOnly) {
  const auto matches = [](const char* name, const char* sample) {
    return ServerName::parse(name)->matches(samples::certificate(sample));
  };
  EXPECT_TRUE(matches("test", "server-ec256"));
  EXPECT_TRUE(matches("LOCALHOST", "server-ec256"));
  EXPECT_TRUE(matches("127.0.0.1", "server-ec256"));
  EXPECT_TRUE(matches("::1", "server-ec256"));
  EXPECT_FALSE(matches("127.0.0.2", "server-ec256"));
  EXPECT_FALSE(matches("other.example", "server-ec256"));
  EXPECT_FALSE(matches("test", "cn-only"));
  EXPECT_FALSE(matches("test", "wrong-name"));
  EXPECT_TRUE(matches("a.example.com", "wildcard"));
  EXPECT_FALSE(matches("example.com", "wildcard"));
}

}  // namespace
}  // namespace glasstls::x509
