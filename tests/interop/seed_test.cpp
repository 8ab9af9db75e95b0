// --seed: our server and our client say the same bytes in every run.
#include <gmock/gmock.h>
#include <string>
#include <vector>

#include "tests/interop/our_server.h"
#include "tests/interop/peers.h"
#include "tests/interop/relay.h"

namespace glasstls::test {
namespace {

using testing::HasSubstr;
using testing::Not;

Words joined(Words first, const Words& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

/// A run of both sides, as typed.
struct Typed {
  Words client{"--seed", "5eed", "--send", "hello", "--linger", "60", "--half-close"};
  Words server{"--seed", "5eed", "--reply", "yes"};
  std::vector<std::string> input{};  // portions of the client's standard input
  std::size_t piece = 65'536;        // that TCP carries at a time
};

struct Outcome {
  std::vector<Conversation> said;
  std::string client_error, server_error;
};

/// The files of the server's lab lie in this folder.
Outcome outcome_of(const Typed& run) {
  const TemporaryFolder folder;
  const Server server = our_server(joined({"--lab", folder.file("lab")}, run.server));
  Relay relay(server.port, run.piece);
  Process client(joined({GLASSTLS_PROGRAM, "client", "127.0.0.1:" + std::to_string(relay.port()),
                         "--ca", folder.file("lab/ca-cert.pem")},
                        run.client));
  for (const std::string& portion : run.input) {
    client.send(portion);
    EXPECT_TRUE(server.process->wait_for("connected"));  // from then on the client reads it
  }
  client.end_input();
  EXPECT_EQ(client.wait(), 0) << client.describe();
  Outcome outcome;
  outcome.said = relay.finish();
  expect_orderly_stop(server);
  outcome.client_error = client.error();
  outcome.server_error = server.process->error();
  return outcome;
}

/// Of a full handshake's first message, behind the headers of record and message and the version.
std::string hello_random(const std::string& said) { return said.substr(5 + 4 + 2, 32); }

/// The same twice, with TCP carrying crumbs the second time.
std::vector<Conversation> expect_same_in_every_run(Typed run) {
  const auto first = outcome_of(run).said;
  run.piece = 7;
  EXPECT_EQ(outcome_of(run).said, first);
  return first;
}

// --- The same bytes ------------------------------------------------------------------------------

TEST(Seed, GivesTheSameBytesInEveryRun) {
  const auto said = expect_same_in_every_run({});
  ASSERT_EQ(said.size(), 1U);
  EXPECT_NE(hello_random(said[0].client), hello_random(said[0].server));  // of one seed
}

TEST(Seed, GivesOtherBytesToEachConnectionOfARun) {
  Typed run;
  run.client = joined(run.client, {"--reconnect", "2", "--no-tickets"});
  run.server = joined(run.server, {"--no-sessions"});
  const auto said = expect_same_in_every_run(run);
  ASSERT_EQ(said.size(), 3U);
  EXPECT_NE(hello_random(said[0].client), hello_random(said[1].client));
  EXPECT_NE(hello_random(said[0].server), hello_random(said[1].server));
}

TEST(Seed, HoldsForResumedConnections) {
  Typed run;
  run.client = joined(run.client, {"--reconnect", "1"});
  EXPECT_THAT(outcome_of(run).server_error, HasSubstr("resumed by ticket"));
  EXPECT_EQ(expect_same_in_every_run(run).size(), 2U);
  run.client = joined(run.client, {"--no-tickets"});
  EXPECT_THAT(outcome_of(run).server_error, HasSubstr("resumed by session ID"));
  EXPECT_EQ(expect_same_in_every_run(run).size(), 2U);
}

TEST(Seed, HoldsForSignaturesAndGroupsOfEveryKind) {
  const Words at = {"--at", "2027-01-01"};  // the tests' certificates are younger than the default
  for (const Identity& identity : {rsa_identity(), p256_identity(), p384_identity()})
    for (const char* group : {"x25519", "secp256r1", "secp384r1"}) {
      SCOPED_TRACE(identity.certificate + " " + group);
      const auto said = [&] {
        const Server server =
            our_server({identity}, joined({"--seed", "5eed", "--groups", group}, at));
        Relay relay(server.port);
        const Client client =
            run_client(relay.port(), joined({"--seed", "5eed", "--send", "", "--half-close"}, at));
        EXPECT_EQ(client.exit_code, 0) << client.all;
        return relay.finish();
      };
      const auto first = said();
      ASSERT_EQ(first.size(), 1U);
      EXPECT_EQ(said(), first);
    }
}

TEST(Seed, HoldsForClientsWithACertificate) {
  const TemporaryFolder folder;
  const auto said = [&folder] {
    const Server server = our_server(
        {"--seed", "5eed", "--lab", folder.file("lab"), "--require-client-cert", "--reply", "yes"});
    Relay relay(server.port);
    const Client client = run_glasstls(
        {"client", "127.0.0.1:" + std::to_string(relay.port()), "--ca",
         folder.file("lab/ca-cert.pem"), "--cert", folder.file("lab/client-cert.pem"), "--key",
         folder.file("lab/client-key.pem"), "--seed", "5eed", "--send", "me", "--half-close"});
    EXPECT_EQ(client.exit_code, 0) << client.all;
    EXPECT_EQ(client.output, "yes");
    return relay.finish();
  };
  const auto first = said();
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(said(), first);
}

TEST(Seed, HoldsForInputHoweverItIsWritten) {
  const std::string data = test_bytes(100'000);
  Typed run;
  run.client = {"--seed", "5eed", "--half-close", "--linger", "60"};
  run.server = {"--seed", "5eed", "--echo"};
  run.input = {data};
  const auto whole = outcome_of(run).said;
  run.input = {data.substr(0, 1), data.substr(1, 20'000), data.substr(20'001)};
  EXPECT_EQ(outcome_of(run).said, whole);
}

// --- Other bytes ---------------------------------------------------------------------------------

TEST(Seed, GivesOtherBytesFromAnotherSeed) {
  const auto one = outcome_of({}).said.at(0);
  Typed run;
  run.client[1] = "5eee";
  const auto other_client = outcome_of(run).said.at(0);
  EXPECT_NE(hello_random(other_client.client), hello_random(one.client));
  EXPECT_EQ(hello_random(other_client.server), hello_random(one.server));  // its own is the same
  run.server[1] = "5eee";
  const auto other_both = outcome_of(run).said.at(0);
  EXPECT_EQ(hello_random(other_both.client), hello_random(other_client.client));
  EXPECT_NE(hello_random(other_both.server), hello_random(one.server));
}

TEST(Seed, LetsTheClockDecideOnCertificates) {
  const TemporaryFolder folder;
  const Server server =
      our_server({"--seed", "5eed", "--at", "2060-01-01", "--lab", folder.file("lab")});
  EXPECT_THAT(server.process->error(),
              HasSubstr("note: clients will refuse the certificate of CN=test"));
  const auto client = [&](const std::string& at) {
    return run_glasstls({"client", "127.0.0.1:" + std::to_string(server.port), "--ca",
                         folder.file("lab/ca-cert.pem"), "--seed", "5eed", "--at", at, "--send", "",
                         "--half-close"});
  };
  EXPECT_EQ(client("2049-12-30").exit_code, 0);
  EXPECT_EQ(client("2060-01-01").exit_code, 7);
  EXPECT_EQ(client("2023-01-01").exit_code, 7);
}

// --- Never by accident ---------------------------------------------------------------------------

TEST(Seed, IsLoudOnBothSides) {
  const Outcome outcome = outcome_of({});
  const std::string warning =
      "WARNING: --seed: NOTHING IS SECRET: every key and every random number of this run is known "
      "to whoever knows the seed, and the clock is not the real one; for lessons and tests only\n";
  EXPECT_EQ(outcome.client_error.find(warning), 0U) << outcome.client_error;
  EXPECT_EQ(outcome.server_error.find(warning), 0U) << outcome.server_error;
  EXPECT_THAT(outcome.server_error, HasSubstr("with the published key of all runs with --seed"));
}

TEST(Seed, IsOffWithoutTheOption) {
  Typed run;
  run.client.erase(run.client.begin(), run.client.begin() + 2);
  run.server.erase(run.server.begin(), run.server.begin() + 2);
  const Outcome one = outcome_of(run);
  EXPECT_THAT(one.client_error, Not(HasSubstr("--seed")));
  EXPECT_THAT(one.server_error, Not(HasSubstr("--seed")));
  const Outcome two = outcome_of(run);
  EXPECT_NE(hello_random(one.said.at(0).client), hello_random(two.said.at(0).client));
  EXPECT_NE(hello_random(one.said.at(0).server), hello_random(two.said.at(0).server));
}

void expect_usage_error(const Words& options, const std::string& reason) {
  for (const Words& command : {Words{"client", "localhost:1"}, Words{"server", "--listen", "0"}}) {
    const Client ended = run_glasstls(joined(command, options));
    EXPECT_EQ(ended.exit_code, 2) << ended.all;
    EXPECT_TRUE(ended.says(reason)) << ended.all;
  }
}

TEST(Seed, RefusesWhatIsNone) {
  expect_usage_error({"--seed", "xyz0"}, "--seed: digit 1: not a hexadecimal digit");
  expect_usage_error({"--seed", "abc"}, "--seed: digit 4: an odd number of digits");
  expect_usage_error({"--seed", ""}, "--seed: must not be empty");
  expect_usage_error({"--seed", std::string(130, '0')}, "at most 64 bytes, 128 digits");
  expect_usage_error({"--seed"}, "--seed");
  expect_usage_error({"--seed", "00", "--at", "noon"}, "'noon' is not a time");
  expect_usage_error({"--seed", "00", "--at", "2300-01-01"}, "not in the years 1970 to 2199");
  expect_usage_error({"--at", "2025-01-01"}, "--at requires --seed");
}

TEST(Seed, NeedsOneThread) {
  const Client two = run_glasstls({"server", "--listen", "0", "--seed", "00", "--threads", "2"});
  EXPECT_EQ(two.exit_code, 2) << two.all;
  EXPECT_TRUE(two.says("--seed needs one thread")) << two.all;
  expect_orderly_stop(our_server({"--seed", "00", "--threads", "1"}));
}

}  // namespace
}  // namespace glasstls::test
