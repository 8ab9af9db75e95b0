// glasstls server under load: nobody is lost, and who is idle costs little.
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <gmock/gmock.h>
#include <string>
#include <sys/resource.h>

#include "tests/interop/our_server.h"
#include "tests/interop/peers.h"

namespace glasstls::test {
namespace {

using testing::HasSubstr;

constexpr std::size_t kibibyte = 1024;

Words load_clients(const Server& server, const Words& more) {
  Words words = {GLASSTLS_LOAD_CLIENTS, std::to_string(server.port),
                 certificate_file("ca-rsa.pem")};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

std::string tally(const Client& clients) {
  EXPECT_EQ(clients.exit_code, 0) << clients.all;
  return clients.output;
}

constexpr int rounds = sanitized ? 1 : 4;
const std::string all = std::to_string(200 * rounds);

Server busy_server(const Words& more) {
  Words options = {"--echo", "--json", "--threads", "2", "--count", all};
  options.insert(options.end(), more.begin(), more.end());
  return our_server({rsa_identity()}, options);
}

/// The server has seen as many, and each came to an orderly end.
void expect_all_closed(const Server& server) {
  EXPECT_EQ(server.process->wait(), 0) << server.process->describe();
  const auto lines = json_lines(*server.process);
  EXPECT_EQ(std::to_string(lines.size()), all);
  for (const auto& line : lines) {
    EXPECT_EQ(line["outcome"], "closed") << line;
    EXPECT_EQ(line["bytes_sent"], 40'000) << line;
  }
}

TEST(Load, OfTwoHundredFullHandshakesAtOnceLosesNobody) {
  const Server server = busy_server({});
  const Client clients =
      run_program(load_clients(server, {"busy", "200", std::to_string(rounds), "full"}));
  EXPECT_EQ(tally(clients), "full " + all + ", resumed 0, lost 0\n");
  expect_all_closed(server);
}

TEST(Load, OfTwoHundredResumptionsAtOnceLosesNobody) {
  const Server server = busy_server({});
  const Client clients =
      run_program(load_clients(server, {"busy", "200", std::to_string(rounds), "resumed"}));
  EXPECT_THAT(tally(clients), HasSubstr("lost 0\n"));
  if (rounds > 1) {
    EXPECT_THAT(clients.output, testing::Not(HasSubstr("resumed 0,")));
  }
  expect_all_closed(server);
}

TEST(Load, OfTwoHundredMutualHandshakesAtOnceLosesNobody) {
  const Server server =
      busy_server({"--require-client-cert", "--client-ca", certificate_file("ca-ec.pem")});
  const Client clients = run_program(load_clients(
      server, {"busy", "200", std::to_string(rounds), "full", certificate_file("client-ec256.pem"),
               certificate_file("server-ec256-key.pem")}));
  EXPECT_EQ(tally(clients), "full " + all + ", resumed 0, lost 0\n");
  expect_all_closed(server);
}

/// As many as the limit on descriptors lets both sides have, at most 9,000.
std::size_t idle_connections() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  constexpr rlim_t own = 100;  // files that are no connections
  constexpr rlim_t wanted = sanitized ? 500 : 9'000;
  return static_cast<std::size_t>(std::min(wanted, std::max(limit.rlim_max, own + 1) - own));
}

TEST(Load, OfThousandsOfIdleConnectionsLeavesTheServerAnswering) {
  const std::size_t count = idle_connections();
  const Server server = our_server({rsa_identity()}, {"--echo"});
  const std::size_t before = memory_of(server);
  Process clients(load_clients(server, {"idle", std::to_string(count)}));
  ASSERT_TRUE(clients.wait_for("open " + std::to_string(count))) << clients.describe();
  const std::size_t each = (memory_of(server) - before) / count;
  std::printf("%zu idle connections: %zu bytes of the server's memory each\n", count, each);
  if (!sanitized) {
    EXPECT_LT(each, 64 * kibibyte);  // it holds no buffers
  }

  const Client another = run_client(server.port, {"--send", "hello", "--half-close"});
  EXPECT_EQ(another.exit_code, 0) << another.all;
  EXPECT_EQ(another.output, "hello");
  clients.end_input();
  EXPECT_EQ(clients.wait(), 0) << clients.describe();
  EXPECT_THAT(clients.output(), HasSubstr("lost 0\n"));
  expect_orderly_stop(server);
}

}  // namespace
}  // namespace glasstls::test
