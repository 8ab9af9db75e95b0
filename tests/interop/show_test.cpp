// `glasstls cert show` of a live server, and what `glasstls client` shows when it refuses one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/interop/peers.h"

namespace glasstls::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string address(const Server& server) { return "127.0.0.1:" + std::to_string(server.port); }

TEST(ShowOfAServer, ExplainsTheCertificateThatItSends) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Server server = openssl_server(rsa_identity());
  const Client shown = run_glasstls({"cert", "show", address(server)});
  EXPECT_EQ(shown.exit_code, 0) << shown.all;
  EXPECT_THAT(shown.output, AllOf(HasSubstr("certificate CN=test"),
                                  HasSubstr(address(server) + ", certificate 1"),
                                  HasSubstr("iPAddress             127.0.0.1")));
}

TEST(ShowOfAServer, DoesNotMindACertificateThatNobodyTrusts) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Server server = openssl_server(expired_identity());
  const Client shown = run_glasstls({"cert", "show", "--json", address(server)});
  EXPECT_EQ(shown.exit_code, 0) << shown.all;
  const auto json = nlohmann::json::parse(shown.output);
  EXPECT_EQ(json["source"], address(server));
  EXPECT_EQ(json["objects"][0]["remarks"][0]["text"], "expired");
}

TEST(RefusingClient, ShowsEveryCheckAfterItsSummary) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Server server = openssl_server(expired_identity());
  const Client client = run_client(server.port, {"--send", "hello\n"});
  EXPECT_EQ(client.exit_code, 7) << client.all;
  EXPECT_EQ(client.error.find("glasstls: the peer's certificate is not trusted: "), 0U)
      << client.all;
  EXPECT_THAT(client.error, AllOf(HasSubstr("\npath 1 of "), HasSubstr("     FAILED validity"),
                                  HasSubstr("     ok     signature")));
}

}  // namespace
}  // namespace glasstls::test
