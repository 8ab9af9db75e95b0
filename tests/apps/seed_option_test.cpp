#include "apps/seed_option.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "apps/server/seeded_lab.h"
#include "tests/apps/cert/scratch.h"
#include "tests/support/peers.h"
#include "x509/certificate.h"
#include "x509/private_key.h"
#include "x509/server_name.h"

namespace glasstls::apps {
namespace {

std::string refused(const std::string& seed, const std::string& at = "") {
  return refusal([&] { static_cast<void>(seeded_run({seed, at}, Side::client)); });
}

std::string take(crypto::RandomSource& source) {
  Bytes bytes(32);
  source.fill(bytes);
  return wire::hex(bytes);
}

std::string parsed(const std::vector<std::string>& words) {
  CLI::App command;
  SeedOptions options;
  add_seed_options(command, options);
  try {
    command.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::ParseError& error) {
    return error.what();
  }
  return options.seed + " " + options.at;
}

TEST(SeedOption, IsOffUnlessItIsGiven) {
  EXPECT_EQ(seeded_run({}, Side::client), nullptr);
  EXPECT_EQ(parsed({}), " ");
}

TEST(SeedOption, NeedsAValueAndAtNeedsIt) {
  EXPECT_EQ(parsed({"--seed", "00", "--at", "2025-01-01"}), "00 2025-01-01");
  EXPECT_EQ(parsed({"--at", "2025-01-01"}), "--at requires --seed");
  EXPECT_EQ(parsed({"--seed", ""}), "--seed: must not be empty");
}

TEST(SeedOption, RefusesBadSeedsAndTimes) {
  EXPECT_EQ(refused("0x01"), "--seed: digit 2: not a hexadecimal digit");
  EXPECT_EQ(refused("012"), "--seed: digit 4: an odd number of digits, where each byte has two");
  EXPECT_EQ(refused(std::string(130, '0')),
            "--seed: digit 129: a seed has at most 64 bytes, 128 digits");
  EXPECT_EQ(refused("01", "yesterday"),
            "'yesterday' is not a time in UTC like 2024-01-01T00:00:00Z");
  EXPECT_EQ(refused("01", "2200-01-01"), "--at: '2200-01-01' is not in the years 1970 to 2199");
  EXPECT_EQ(refused("01", "1969-12-31"), "--at: '1969-12-31' is not in the years 1970 to 2199");
}

TEST(SeededRun, BeginsIn2025OrAsItIsTold) {
  EXPECT_EQ(x509::to_string(seeded_run({"01", ""}, Side::client)->start()),
            "2025-01-01 00:00:00 UTC");
  EXPECT_EQ(x509::to_string(seeded_run({"01", "2031-02-03T04:05:06Z"}, Side::client)->start()),
            "2031-02-03 04:05:06 UTC");
}

TEST(SeededRun, GivesEachConnectionItsOwnConfig) {
  test::TestRandom random;
  const auto config = test::client_config(random);
  const auto run = seeded_run({"01", ""}, Side::client);
  const SeededConnection first = run->connection(*config, 1);
  const SeededConnection second = run->connection(*config, 2);

  EXPECT_NE(take(first.config->random()), take(second.config->random()));
  EXPECT_EQ(first.config->client().random, &first.config->random());
  EXPECT_EQ(second.config->client().verification.now(), second.clock->now());
  EXPECT_EQ(first.clock->now(), run->start());
  first.clock->record({Direction::sent, ContentType::alert, {}, {}, {}});
  EXPECT_EQ(first.clock->nanoseconds() + 999'000'000, second.clock->nanoseconds());
  EXPECT_EQ(random.taken(), 0u);  // the other source is out of use
}

TEST(SeededRun, KeepsAConfigAloneAlive) {
  test::TestRandom random;
  auto config = test::client_config(random);
  std::shared_ptr<const tls::Config> own;
  {
    const auto run = seeded_run({"01", ""}, Side::client);
    own = run->connection(*config, 1).config;
    config.reset();
  }
  const auto again = seeded_run({"01", ""}, Side::client)->connection(*own, 1);
  EXPECT_EQ(take(own->random()), take(again.config->random()));
  EXPECT_EQ(own->client().verification.now(), again.clock->now());
}

/// All that both sides send, whichever connection is made first.
std::vector<Bytes> flights(const std::vector<std::uint64_t>& order) {
  test::TestRandom unused;
  const auto client_config = test::client_config(unused);
  const auto server_config = test::server_config(unused);
  const auto clients = seeded_run({"0badcafe", "2027-01-01"}, Side::client);
  const auto servers = seeded_run({"0badcafe", "2027-01-01"}, Side::server);
  std::vector<Bytes> sent(2 * order.size());
  for (const std::uint64_t number : order) {
    test::Pair pair;
    pair.client = test::End(tls::Connection(clients->connection(*client_config, number).config,
                                            x509::ServerName::parse("server.test")));
    pair.server =
        test::End(tls::Connection::server(servers->connection(*server_config, number).config));
    pair.complete_handshake();
    sent[2 * number - 2] = pair.client.sent;
    sent[2 * number - 1] = pair.server.sent;
  }
  EXPECT_EQ(unused.taken(), 0u);
  return sent;
}

TEST(SeededRun, NumbersConnectionsWhateverTheirOrder) {
  const std::vector<Bytes> all = flights({1, 2});
  EXPECT_EQ(flights({2, 1}), all);
  EXPECT_NE(all[0], all[2]);
  EXPECT_NE(all[1], all[3]);
}

TEST(SeededRun, HasTicketKeysOfItsSeed) {
  test::TestRandom random;
  handshake::Session session;
  session.master_secret = crypto::MasterSecret(crypto::MasterSecret::capacity);
  session.cipher_suite = crypto::CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384;
  const auto sealed = [&](const char* seed) {
    return seeded_run({seed, ""}, Side::server)->ticket_keys()->seal(session, {}, random);
  };
  const Bytes ticket = sealed("01");
  EXPECT_TRUE(seeded_run({"01", ""}, Side::server)->ticket_keys()->open(ticket, {}));
  EXPECT_FALSE(seeded_run({"02", ""}, Side::server)->ticket_keys()->open(ticket, {}));
  EXPECT_FALSE(seeded_run({"01", ""}, Side::client)->ticket_keys()->open(ticket, {}));
}

// --- The lab

TEST(SeededLab, IsWrittenAsItWasMade) {
  const Scratch scratch;
  LabSpec lab;
  lab.folder = scratch.file("lab");
  write_seeded_lab(lab);
  EXPECT_EQ(scratch.read("lab/ca-cert.pem"), seeded_lab_files.ca_cert);
  EXPECT_EQ(scratch.read("lab/server-chain.pem"), seeded_lab_files.server_cert);
  EXPECT_EQ(scratch.read("lab/server-key.pem"), seeded_lab_files.server_key);
  EXPECT_EQ(scratch.read("lab/client-cert.pem"), seeded_lab_files.client_cert);
  EXPECT_EQ(scratch.read("lab/client-key.pem"), seeded_lab_files.client_key);
  EXPECT_EQ(scratch.read("lab/ca-key.pem"), "");  // nobody has it
}

TEST(SeededLab, IsForThisMachineFrom2024To2049) {
  const auto chain = x509::parse_certificates(wire::as_bytes(seeded_lab_files.server_cert)).value();
  ASSERT_EQ(chain.size(), 1u);
  EXPECT_EQ(x509::to_string(chain[0].not_before()), "2023-12-31 23:55:00 UTC");
  EXPECT_EQ(x509::to_string(chain[0].not_after()), "2049-12-31 00:00:00 UTC");
  for (const char* name : {"localhost", "127.0.0.1", "::1", "test"})
    EXPECT_TRUE(x509::ServerName::parse(name)->matches(chain[0])) << name;
}

}  // namespace
}  // namespace glasstls::apps
