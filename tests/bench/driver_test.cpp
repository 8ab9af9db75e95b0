#include "bench/peers/driver.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/bench/fake_stack.h"

namespace glasstls::test {
namespace {

using nlohmann::json;

/// The answer of a fresh driver.
json said(const std::string& line, const Vices& vices = {}) {
  make_stacks_with(vices);
  bench::Laboratory lab(no_files);
  const std::string answer = bench::answer(lab, line);
  EXPECT_EQ(answer.find('\n'), std::string::npos);
  return json::parse(answer);
}

TEST(Driver, TellsWhichLibraryItIsAndThatItVerifies) {
  const json answer = said("about");
  EXPECT_EQ(answer.at("name"), "Fake");
  EXPECT_EQ(answer.at("version"), "1.2.3");
  EXPECT_EQ(answer.at("of"), "2020-01-02");
  EXPECT_EQ(answer.at("one_thread"), true);
  EXPECT_EQ(answer.at("proof").size(), 6u);
}

TEST(Driver, TellsTimesOfHandshakes) {
  for (const char* line : {"handshakes full rsa x25519 3", "handshakes resumed p256 secp256r1 3"}) {
    const json answer = said(line);
    const std::size_t dropped = answer.at("dropped");
    EXPECT_EQ(answer.at("client_ns").size(), 3u - dropped);
    EXPECT_EQ(answer.at("server_ns").size(), 3u - dropped);
  }
}

TEST(Driver, TellsTimesOfRecords) {
  for (const char* line : {"bulk seal 4", "bulk open 4"}) {
    const json answer = said(line);
    const std::size_t dropped = answer.at("dropped");
    EXPECT_EQ(answer.at("ns").size(), 4u - dropped);
  }
}

TEST(Driver, TellsHeap) {
  const json answer =
      said("memory rsa 2", {.heap_of_client = 10, .heap_of_server = 20, .heap_rested = 1});
  EXPECT_EQ(answer, json::parse(R"({"connections": 2, "client_bytes": 20, "server_bytes": 40,
                                    "client_rested_bytes": 18, "server_rested_bytes": 38})"));
}

TEST(Driver, GivesNoFigureOfALibraryThatFails) {
  const json answer = said("handshakes resumed rsa x25519 3", {.resumes_nothing = true});
  EXPECT_EQ(answer.size(), 1u);
  EXPECT_EQ(answer.at("error"),
            "not what was asked for: in a resumed handshake the client sent ClientHello, "
            "ClientKeyExchange");
}

TEST(Driver, RefusesWhatIsNoCommand) {
  for (const char* line :
       {"", "about it", "handshakes full rsa x25519", "handshakes half rsa x25519 1",
        "handshakes full dsa x25519 1", "handshakes full rsa x448 1", "bulk seal 0", "bulk seal -1",
        "bulk seal 1000001", "bulk seal 1x", "bulk mix 1", "memory rsa", "memory dsa 1", "stop"}) {
    const json answer = said(line);
    EXPECT_EQ(answer.size(), 1u) << line;
    EXPECT_TRUE(answer.contains("error")) << line;
  }
}

TEST(Driver, GoesOnAfterARefusal) {
  make_stacks_with({});
  bench::Laboratory lab(no_files);
  EXPECT_TRUE(json::parse(bench::answer(lab, "bulk seal 0")).contains("error"));
  EXPECT_TRUE(json::parse(bench::answer(lab, "bulk seal 1")).contains("ns"));
}

}  // namespace
}  // namespace glasstls::test
