// glasstls bench against servers that are not there, or do what they should not.
#include <gmock/gmock.h>
#include <string>

#include "tests/interop/bench_run.h"
#include "tests/interop/free_port.h"

namespace glasstls::test {
namespace {

using testing::HasSubstr;

const Words five = {"--connections", "5", "--concurrency", "2"};

Words five_and(const Words& more) {
  Words words = five;
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

/// All five failed for this cause, and nothing of them was taken for a success.
void expect_five_failures(const BenchRun& run, const std::string& failure, int exit_code) {
  EXPECT_EQ(run.program.exit_code, exit_code) << run.program.all;
  ASSERT_FALSE(run.document.is_null()) << run.program.all;
  EXPECT_THAT(run.failures(), HasSubstr(failure));
  ASSERT_EQ(run.document["failures"].size(), 1U) << run.failures();
  EXPECT_EQ(run.document["failures"][0]["count"], 5);
  EXPECT_EQ(run.document["failures"][0]["exit_code"], exit_code);
  EXPECT_EQ(run.document["failures"][0]["load_generator"], false);
  EXPECT_EQ(run.outcome()["succeeded"], 0);
  EXPECT_EQ(run.outcome()["failed"], 5);
  EXPECT_EQ(run.outcome()["exit_code"], exit_code);
  EXPECT_EQ(run.document["latency"]["count"], 0);
}

TEST(BenchFailure, IsAPortThatNobodyListensOn) {
  expect_five_failures(run_bench(free_port(), five), "refused", 3);
}

TEST(BenchFailure, IsANameThatDoesNotExist) {
  const Client bench = run_glasstls({"bench", "no-such-host.invalid:443", "--insecure"});
  EXPECT_EQ(bench.exit_code, 3) << bench.all;
  EXPECT_TRUE(bench.says("no-such-host.invalid cannot be resolved")) << bench.all;
}

TEST(BenchFailure, IsACertificateOfAnUnknownIssuer) {
  const Server server = our_server({rsa_identity()}, {});
  const BenchRun run =
      run_bench_as_it_is(server.port, five_and({"--ca", certificate_file("ca-ec.pem")}));
  expect_five_failures(run, "not trusted", 7);
  expect_orderly_stop(server);
}

TEST(BenchFailure, IsACertificateForAnotherName) {
  const Server server = our_server({rsa_identity()}, {});
  expect_five_failures(run_bench(server.port, five_and({"--name", "other.example"})), "not trusted",
                       7);
  expect_orderly_stop(server);
}

TEST(BenchFailure, IsNoCertificateIfNoneIsToBeVerified) {
  const Server server = our_server({rsa_identity()}, {});
  const BenchRun run =
      run_bench_as_it_is(server.port, five_and({"--insecure", "--name", "other.example"}));
  EXPECT_EQ(run.program.exit_code, 0) << run.program.all;
  EXPECT_EQ(run.outcome()["succeeded"], 5);
  EXPECT_EQ(run.document["plan"]["verified"], false);
  EXPECT_TRUE(run.program.says("WARNING: --insecure")) << run.program.all;
  expect_orderly_stop(server);
}

TEST(BenchFailure, IsAnAlertByItsName) {
  const Server server = our_server({rsa_identity()}, {"--groups", "x25519"});
  const BenchRun run = run_bench(server.port, five_and({"--groups", "secp256r1"}));
  expect_five_failures(run, "alert: handshake_failure, in WaitServerHello", 5);
  expect_orderly_stop(server);
}

TEST(BenchFailure, IsAServerThatSpeaksSomethingElse) {
  GLASSTLS_NEEDS("python3", "python3");
  const Server server = python_server("plain_server.py", {"greet", R"(SSH-2.0-OpenSSH_9.2p1\r\n)"});
  const BenchRun run = run_bench(server.port, {"--connections", "1"});
  EXPECT_EQ(run.program.exit_code, 4) << run.program.all;
  EXPECT_THAT(run.failures(), HasSubstr("not TLS"));
}

TEST(BenchFailure, IsAServerThatSaysNothing) {
  GLASSTLS_NEEDS("python3", "python3");
  const Server server = python_server("faulty_relay.py", {"0", "silent"});
  const BenchRun run = run_bench(server.port, five_and({"--timeout", "0.2"}));
  expect_five_failures(run, "timeout: waiting for the server's first flight", 8);
}

TEST(BenchFailure, IsAServerThatStopsInTheMiddle) {
  GLASSTLS_NEEDS("python3", "python3");
  const Server server = our_server({rsa_identity()}, {});
  const std::string port = std::to_string(server.port);
  const Server cutting = python_server("faulty_relay.py", {port, "cut", "100"});
  expect_five_failures(run_bench(cutting.port, five), "truncated: in WaitCertificate", 8);
  const Server resetting = python_server("faulty_relay.py", {port, "reset", "100"});
  expect_five_failures(run_bench(resetting.port, five), "reset: in WaitCertificate", 8);
}

// --- Not resumed ---------------------------------------------------------------------------------

TEST(BenchNotResumed, IsAFailureAtAServerWithoutTickets) {
  const Server server = our_server({rsa_identity()}, {"--no-tickets", "--no-sessions"});
  expect_five_failures(run_bench(server.port, five_and({"--resume", "ticket"})),
                       "not resumed: the server issued no ticket", 9);
  expect_orderly_stop(server);
}

TEST(BenchNotResumed, IsAFailureAtAServerWithoutSessions) {
  const Server server = our_server({rsa_identity()}, {"--no-sessions"});
  expect_five_failures(run_bench(server.port, five_and({"--resume", "id"})),
                       "not resumed: the server gave no session ID", 9);
  expect_orderly_stop(server);
}

TEST(BenchNotResumed, IsAHandshakeResumedInAnotherWay) {
  const Server server = our_server({rsa_identity()}, {"--no-tickets"});
  expect_five_failures(run_bench(server.port, five_and({"--resume", "ticket"})),
                       "not resumed: by session ID, not by ticket", 9);
  expect_orderly_stop(server);
}

TEST(BenchNotResumed, IsAFailureAtAnOpenSslServerThatForgets) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Server server =
      patient_openssl_server(rsa_identity(), {"-tls1_2", "-no_ticket", "-no_cache"});
  expect_five_failures(run_bench(server.port, five_and({"--resume", "id"})), "not resumed", 9);
  expect_five_failures(run_bench(server.port, five_and({"--resume", "ticket"})), "not resumed", 9);
}

// --- What the load generator itself runs out of ----------------------------------------------------

TEST(BenchDescriptors, ThatRunOutAreTheLoadGenerators) {
  if (sanitized) GTEST_SKIP() << "sanitizers need descriptors of their own";
  const Server server = our_server({rsa_identity()}, {});
  std::string line = "ulimit -n 30; exec " GLASSTLS_PROGRAM;
  for (const std::string& word :
       bench_command(server.port, {"--connections", "50", "--concurrency", "50", "--json"}))
    line += " " + word;
  const Client bench = run_program({"/bin/sh", "-c", line});
  EXPECT_EQ(bench.exit_code, 3) << bench.all;
  const auto document = nlohmann::json::parse(bench.output);
  ASSERT_EQ(document["failures"].size(), 1U) << bench.all;
  EXPECT_EQ(document["failures"][0]["cause"], "out of descriptors");
  EXPECT_EQ(document["failures"][0]["load_generator"], true);
  EXPECT_GT(document["outcome"]["succeeded"], 0);
  expect_orderly_stop(server);
}

// --- Whom it loads -------------------------------------------------------------------------------

TEST(BenchPermission, IsNeededForServersOfOthers) {
  for (const char* address : {"192.0.2.1:443", "[2001:db8::1]:443", "0.0.0.0:443"}) {
    const Client bench = run_glasstls({"bench", address, "--insecure", "--connections", "1"});
    EXPECT_EQ(bench.exit_code, 2) << bench.all;
    EXPECT_TRUE(bench.says("--i-own-this-server")) << bench.all;
    EXPECT_EQ(bench.output, "");
  }
}

TEST(BenchUsage, RefusesWhatItCannotDo) {
  for (const Words& words :
       std::vector<Words>{{"bench"},
                          {"bench", "127.0.0.1:0"},
                          {"bench", "127.0.0.1:1", "--insecure", "--arrivals", "poisson"},
                          {"bench", "127.0.0.1:1", "--insecure", "--suites", "RC4-MD5"},
                          {"bench", "127.0.0.1:1", "--ca", "missing.pem"},
                          {"bench", "127.0.0.1:1", "--insecure", "--rate", "fast"}}) {
    const Client bench = run_glasstls(words);
    EXPECT_EQ(bench.exit_code, 2) << bench.all;
    EXPECT_EQ(bench.output, "");
  }
}

}  // namespace
}  // namespace glasstls::test
