// glasstls bench against servers that do what they should.
#include <csignal>
#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <sstream>
#include <string>

#include "tests/interop/bench_run.h"

namespace glasstls::test {
namespace {

using testing::HasSubstr;

const Words two_hundred = {"--connections", "200", "--concurrency", "8"};

Words and_more(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

void expect_two_hundred(const BenchRun& run, const std::string& resumed) {
  ASSERT_EQ(run.program.exit_code, 0) << run.program.all;
  EXPECT_EQ(run.document["schema"], 1);
  EXPECT_EQ(run.outcome()["started"], 200);
  EXPECT_EQ(run.outcome()["succeeded"], 200);
  EXPECT_EQ(run.outcome()["failed"], 0);
  EXPECT_EQ(run.document["latency"]["count"], 200);
  EXPECT_EQ(run.document["phases"][0]["time"]["count"], 200);
  ASSERT_EQ(run.document["agreed"].size(), 1U) << run.document["agreed"];
  EXPECT_EQ(run.document["agreed"][0]["resumed"], resumed);
  EXPECT_EQ(run.document["agreed"][0]["count"], 200);
  std::uint64_t in_blocks = 0;
  for (const auto& block : run.document["blocks"])
    in_blocks += block["succeeded"].get<std::uint64_t>();
  EXPECT_EQ(in_blocks, 200U);
}

std::uint64_t phase_count(const BenchRun& run, const std::string& name) {
  for (const auto& phase : run.document["phases"])
    if (phase["name"] == name) return phase["time"]["count"];
  throw std::runtime_error("there is no phase " + name);
}

TEST(Bench, CountsEveryFullHandshake) {
  const Server server = our_server({rsa_identity()}, {"--json"});
  const BenchRun run = run_bench(server.port, two_hundred);
  expect_two_hundred(run, "none");
  EXPECT_EQ(phase_count(run, "second_work"), 200U);
  EXPECT_EQ(run.outcome()["sessions_fetched"], 0);
  EXPECT_EQ(run.outcome()["unanswered_closes"], 0);
  expect_orderly_stop(server);
  EXPECT_EQ(json_lines(*server.process).size(), 200U);
}

TEST(Bench, LeavesNoServerInDoubtOfTheEnd) {
  const Server server = our_server({rsa_identity()}, {"--json"});
  for (const char* resume : {"none", "ticket", "id"})
    run_bench(server.port, and_more(two_hundred, {"--resume", resume}));
  expect_orderly_stop(server);
  for (const auto& line : json_lines(*server.process)) EXPECT_EQ(line["outcome"], "closed") << line;
}

TEST(Bench, ResumesEveryHandshakeByTicket) {
  const Server server = our_server({rsa_identity()}, {});
  const BenchRun run = run_bench(server.port, and_more(two_hundred, {"--resume", "ticket"}));
  expect_two_hundred(run, "ticket");
  EXPECT_EQ(run.outcome()["sessions_fetched"], 8);
  EXPECT_EQ(phase_count(run, "first_work"), 200U);
  EXPECT_EQ(phase_count(run, "second_work"), 0U);
  expect_orderly_stop(server);
}

TEST(Bench, ResumesEveryHandshakeBySessionId) {
  const Server server = our_server({rsa_identity()}, {});
  expect_two_hundred(run_bench(server.port, and_more(two_hundred, {"--resume", "id"})),
                     "session_id");
  expect_orderly_stop(server);
}

TEST(Bench, ResumesAtAnOpenSslServer) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Server server = patient_openssl_server(rsa_identity(), {"-tls1_2"});
  expect_two_hundred(run_bench(server.port, and_more(two_hundred, {"--resume", "ticket"})),
                     "ticket");
  expect_two_hundred(run_bench(server.port, and_more(two_hundred, {"--resume", "id"})),
                     "session_id");
}

TEST(Bench, OffersTheSuitesAndGroupsThatItIsTold) {
  const Server server = our_server({rsa_identity()}, {});
  const BenchRun run =
      run_bench(server.port, {"--connections", "3", "--groups", "secp384r1", "--suites",
                              "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"});
  ASSERT_EQ(run.program.exit_code, 0) << run.program.all;
  EXPECT_EQ(run.document["agreed"][0]["group"], "secp384r1");
  EXPECT_EQ(run.document["agreed"][0]["cipher_suite"],
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
  expect_orderly_stop(server);
}

// --- Transfers -----------------------------------------------------------------------------------

TEST(BenchTransfer, DeliversAllBytes) {
  const Server server = our_server({rsa_identity()}, {"--json"});
  const BenchRun run = run_bench(server.port, {"--connections", "5", "--bytes", "300000"});
  ASSERT_EQ(run.program.exit_code, 0) << run.program.all;
  EXPECT_EQ(run.document["transfer"]["bytes_sent"], 1'500'000);
  EXPECT_EQ(run.document["transfer"]["time"]["count"], 5);
  expect_orderly_stop(server);
  for (const auto& line : json_lines(*server.process)) EXPECT_EQ(line["bytes_received"], 300'000);
}

TEST(BenchTransfer, ReadsTheEchoOfWhatItSends) {
  const Server server = our_server({rsa_identity()}, {"--echo"});
  const BenchRun run = run_bench(server.port, {"--connections", "3", "--bytes", "5000000"});
  ASSERT_EQ(run.program.exit_code, 0) << run.program.all;
  EXPECT_EQ(run.document["transfer"]["bytes_sent"], 15'000'000);
  EXPECT_EQ(run.document["transfer"]["bytes_received"], 15'000'000);
  expect_orderly_stop(server);
}

TEST(BenchTransfer, ReadsTheAnswerToARequest) {
  const Server server = our_server({rsa_identity()}, {"--reply", "0123456789"});
  const BenchRun run =
      run_bench(server.port, {"--connections", "5", "--request", "hello", "--bytes", "10"});
  ASSERT_EQ(run.program.exit_code, 0) << run.program.all;
  EXPECT_EQ(run.document["transfer"]["bytes_sent"], 25);
  EXPECT_EQ(run.document["transfer"]["bytes_received"], 50);
  expect_orderly_stop(server);
}

TEST(BenchTransfer, ReadsAnAnswerUntilTheServerCloses) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Server server = page_server(rsa_identity(), {"-tls1_2"});
  const BenchRun run =
      run_bench(server.port, {"--connections", "5", "--request", "GET / HTTP/1.0\r\n\r\n"});
  ASSERT_EQ(run.program.exit_code, 0) << run.program.all;
  EXPECT_GT(run.document["transfer"]["bytes_received"], 5000);
}

TEST(BenchTransfer, ThatEndsEarlyIsAFailure) {
  GLASSTLS_NEEDS("openssl", "openssl");
  const Server server = page_server(rsa_identity(), {"-tls1_2"});
  const BenchRun run = run_bench(server.port, {"--connections", "5", "--request",
                                               "GET / HTTP/1.0\r\n\r\n", "--bytes", "1000000"});
  EXPECT_EQ(run.program.exit_code, 8) << run.program.all;
  EXPECT_EQ(run.failures(), "short answer: the server closed after fewer bytes than --bytes says");
  EXPECT_EQ(run.document["latency"]["count"], 0);
}

// --- The report ----------------------------------------------------------------------------------

TEST(BenchReport, TellsPeopleWhatWasMeasured) {
  const Server server = our_server({rsa_identity()}, {});
  const Client bench = run_glasstls(bench_command(server.port, {"--connections", "20"}));
  EXPECT_EQ(bench.exit_code, 0) << bench.all;
  for (const char* words :
       {"20 handshakes in ", "none failed", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, x25519",
        "p99.9", "users who wait", "TCP's connection", "our work, second flight",
        "The server's own CPU is not known"})
    EXPECT_THAT(unwrapped(bench.output), HasSubstr(words));
  EXPECT_EQ(bench.error, "");
  expect_orderly_stop(server);
}

TEST(BenchReport, ComesWithAnInterruptionToo) {
  const Server server = our_server({rsa_identity()}, {"--json"});
  Words words = bench_command(server.port, {"--duration", "600", "--json"});
  words.insert(words.begin(), GLASSTLS_PROGRAM);
  Process bench(words);
  ASSERT_TRUE(server.process->wait_for("\"closed\"")) << server.process->describe();
  EXPECT_EQ(bench.stop(SIGINT), 0) << bench.describe();
  const nlohmann::json document = nlohmann::json::parse(bench.output());
  EXPECT_EQ(document["outcome"]["interrupted"], true);
  EXPECT_GT(document["outcome"]["succeeded"], 0);
  EXPECT_EQ(document["outcome"]["failed"], 0);
  EXPECT_EQ(document["latency"]["count"], document["outcome"]["succeeded"]);
  expect_orderly_stop(server);
}

TEST(BenchReport, IsAPageBesides) {
  const Server server = our_server({rsa_identity()}, {});
  const TemporaryFolder folder;
  const std::string page = folder.file("report.html");
  const BenchRun run = run_bench(server.port, {"--connections", "20", "--html", page});
  EXPECT_EQ(run.program.exit_code, 0) << run.program.all;
  EXPECT_EQ(run.outcome()["succeeded"], 20);
  std::stringstream text;
  text << std::ifstream(page).rdbuf();
  EXPECT_THAT(text.str(), HasSubstr("<dd class=\"note\">20 in "));
  expect_orderly_stop(server);
}

TEST(BenchReport, RefusesBeforeTheRunAPageThatCannotBeWritten) {
  const Client bench = run_glasstls({"bench", "127.0.0.1:9", "--html", "no such folder/a.html"});
  EXPECT_EQ(bench.exit_code, 2) << bench.all;
  EXPECT_THAT(bench.error, HasSubstr("no such folder"));
}

TEST(BenchCompare, ReadsWhatTwoRunsWrote) {
  const Server server = our_server({rsa_identity()}, {});
  const TemporaryFolder folder;
  const std::string full =
      folder.write("full.json", run_bench(server.port, two_hundred).program.output);
  const std::string resumed = folder.write(
      "resumed.json",
      run_bench(server.port, and_more(two_hundred, {"--resume", "id"})).program.output);
  const Client compared = run_glasstls({"bench", "--compare", full, resumed});
  EXPECT_EQ(compared.exit_code, 0) << compared.all;
  EXPECT_THAT(compared.output, HasSubstr("   resume: A none, B id\n"));
  EXPECT_THAT(compared.output, HasSubstr("\nfailed                            0           0"));
  EXPECT_THAT(compared.output, HasSubstr("No intervals: "));
  const Client json = run_glasstls({"bench", "--compare", full, full, "--json"});
  EXPECT_EQ(nlohmann::json::parse(json.output)["figures"][0]["ratio"], 1.0);
  expect_orderly_stop(server);
}

TEST(BenchCompare, RefusesAFileThatIsNoResult) {
  const Client compared = run_glasstls({"bench", "--compare", GLASSTLS_PROGRAM, "missing.json"});
  EXPECT_EQ(compared.exit_code, 2);
  EXPECT_THAT(compared.error, HasSubstr("is not JSON"));
}

TEST(BenchHelp, BeginsWithExamples) {
  const Client help = run_glasstls({"bench", "--help"});
  EXPECT_EQ(help.exit_code, 0);
  EXPECT_EQ(help.output.rfind("Examples:\n  glasstls bench ", 0), 0U) << help.output;
}

}  // namespace
}  // namespace glasstls::test
