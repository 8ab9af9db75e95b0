// glasstls-lab as people use it: faults against real programs, and the ordinary subcommands.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "tests/adversary/fault.h"
#include "tests/interop/process.h"

namespace glasstls::adversary {
namespace {

using test::Process;
using testing::HasSubstr;
using testing::StartsWith;
using Words = std::vector<std::string>;

std::string data_file(const std::string& name) {
  return std::string(GLASSTLS_TEST_DATA) + "/data/" + name;
}

Words lab(Words arguments) {
  arguments.insert(arguments.begin(), GLASSTLS_LAB);
  return arguments;
}

/// What became of a run of the lab, without input.
struct Outcome {
  int code = 0;
  std::string output, error;
};
Outcome run(Words arguments) {
  Process process(lab(std::move(arguments)));
  process.end_input();
  const int code = process.wait();
  return {code, process.output(), process.error()};
}

/// A lab's server that is ready, and where.
struct Listening {
  explicit Listening(Words arguments) : process(lab(std::move(arguments))) {
    const std::string label = "listening on 127.0.0.1:";
    EXPECT_TRUE(process.wait_for(label)) << process.describe();
    const std::string& said = process.error();
    const std::size_t at = said.find(label) + label.size();
    address = "127.0.0.1:" + said.substr(at, said.find_first_not_of("0123456789", at) - at);
  }
  Process process;
  std::string address;
};

// --- Usage

TEST(Lab, ListsTheFaultsOfEachSide) {
  for (const Side side : {Side::client, Side::server}) {
    const Outcome listed = run({std::string(name_of(side)), "--fault", "list"});
    EXPECT_EQ(listed.code, 0) << listed.error;
    for (const Fault& fault : catalogue())
      EXPECT_EQ(listed.output.find("\n" + std::string(fault.name) + " ") != std::string::npos ||
                    listed.output.starts_with(fault.name),
                fault.side() == side || find(side, fault.name) != nullptr)
          << fault.name;
  }
}

TEST(Lab, NamesWhatAMistypedFaultIsNearTo) {
  const Outcome mistyped = run({"client", "127.0.0.1:1", "--fault", "bad-finish"});
  EXPECT_EQ(mistyped.code, 2);
  EXPECT_THAT(mistyped.error, HasSubstr("'bad-finish' is no fault of a client"));
  EXPECT_THAT(mistyped.error, HasSubstr("bad-finished"));
  EXPECT_EQ(run({"server", "--fault", "forged-ticket"}).code, 2);  // of the other side
}

TEST(Lab, RefusesWhatMeansNothing) {
  EXPECT_EQ(run({"client"}).code, 2);
  EXPECT_EQ(run({"client", "--fault", "bad-finished"}).code, 2);
  EXPECT_EQ(run({"client", "127.0.0.1:1", "--allow-remote"}).code, 2);
  const Outcome more = run({"client", "127.0.0.1:1", "--fault", "bad-finished", "--alpn", "h2"});
  EXPECT_EQ(more.code, 2);
  EXPECT_THAT(more.error, HasSubstr("--alpn has no meaning with --fault"));
}

TEST(Lab, StaysOnThisMachineUnlessItIsToldOtherwise) {
  const Outcome client = run({"client", "192.0.2.1:443", "--fault", "bad-finished"});
  EXPECT_EQ(client.code, 2);
  EXPECT_THAT(client.error, HasSubstr("--allow-remote"));
  const Outcome server = run({"server", "--listen", "0.0.0.0:0", "--fault", "bad-finished"});
  EXPECT_EQ(server.code, 2);
  EXPECT_THAT(server.error, HasSubstr("--allow-remote"));
  Listening allowed(
      {"server", "--listen", "127.0.0.1:0", "--fault", "bad-finished", "--allow-remote"});
}

TEST(Lab, TellsThatNobodyListens) {
  EXPECT_EQ(run({"client", "127.0.0.1:1", "--fault", "bad-finished"}).code, 3);
}

// --- Faults

TEST(LabClient, TellsStepByStepWhatItDidToARealServer) {
  Process server({"openssl", "s_server", "-accept", "127.0.0.1:0", "-cert",
                  data_file("x509/server-rsa.pem"), "-key", data_file("x509/server-rsa-key.pem"),
                  "-tls1_2", "-rev"});
  const std::string address = "127.0.0.1:" + server.wait_for_line("ACCEPT 127.0.0.1:");

  const Outcome bad = run({"client", address, "--fault", "wrong-role"});
  EXPECT_EQ(bad.code, 5) << bad.error;
  EXPECT_EQ(bad.output, "");
  EXPECT_THAT(bad.error, StartsWith("fault wrong-role: the client sends a ServerHello\n"
                                    "rule  RFC 5246, 7.3 forbids it\n"
                                    "  connects\n"
                                    "  sends ServerHello: handshake (42 bytes)\n"
                                    "  gets  unexpected_message\n"
                                    "answer: unexpected_message"));
  const Outcome borne = run({"client", address, "--fault", "split-at-every-byte"});
  EXPECT_EQ(borne.code, 0) << borne.error;
  EXPECT_THAT(borne.error, HasSubstr("RFC 5246, 6.2.1 allows it"));
  EXPECT_THAT(borne.error, HasSubstr("answer: goes on (of GlassTLS: goes on)"));
}

TEST(LabServer, PlaysAgainstARealClientAndPromptsForWhatItShouldSay) {
  Listening server({"server", "--listen", "0", "--fault", "largest-record"});
  Process client({"openssl", "s_client", "-connect", server.address, "-tls1_2"});
  ASSERT_TRUE(server.process.wait_for("type a line there")) << server.process.describe();
  client.send("Hello!\n");
  ASSERT_TRUE(server.process.wait_for("sends application_data")) << server.process.describe();
  client.send("Hello!\n");
  EXPECT_EQ(server.process.wait(), 0) << server.process.describe();
  EXPECT_THAT(server.process.error(), HasSubstr("answer: goes on"));
}

// --- Without a fault

TEST(LabClient, WithoutAFaultIsTheOrdinaryClient) {
  Listening server({"server", "--listen", "127.0.0.1:0", "--fault", "bad-finished"});
  const Outcome client = run({"client", server.address, "--insecure"});
  EXPECT_EQ(client.code, 6) << client.error;  // the peer broke the protocol
  EXPECT_THAT(client.error, HasSubstr("RFC 5246, 7.4.9"));
  EXPECT_EQ(server.process.wait(), 5);
  EXPECT_THAT(server.process.error(), HasSubstr("answer: decrypt_error"));
}

TEST(LabServer, WithoutAFaultIsTheOrdinaryServer) {
  Listening server({"server", "--listen", "127.0.0.1:0", "--echo", "--count", "1"});
  const Outcome client = run({"client", server.address, "--fault", "grease-everywhere"});
  EXPECT_EQ(client.code, 0) << client.error;
  EXPECT_EQ(server.process.wait(), 0);
}

}  // namespace
}  // namespace glasstls::adversary
