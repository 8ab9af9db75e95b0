#include "handshake/key_schedule.h"

#include <gtest/gtest.h>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/data_files.h"
#include "tests/support/refusal.h"
#include "tests/support/test_random.h"
#include "wire/error.h"

namespace glasstls::handshake {
namespace {

/// One block of tests/data/handshake/key_schedule.txt.
using Block = std::map<std::string, Bytes>;

std::vector<Block> blocks() {
  std::vector<Block> all;
  std::istringstream lines(test::read_data("data/handshake/key_schedule.txt"));
  for (std::string line; std::getline(lines, line);) {
    const std::size_t middle = line.find(" = ");
    if (line.empty()) all.emplace_back();
    if (!line.starts_with('#') && middle != std::string::npos)
      all.back()[line.substr(0, middle)] = wire::unhex(line.substr(middle + 3)).value();
  }
  return all;
}

Random random_of(const Bytes& bytes) {
  Random random{};
  std::copy_n(bytes.begin(), random.size(), random.begin());
  return random;
}

const crypto::SuiteParameters& suite_of(const Block& block) {
  const Bytes& id = block.at("suite");
  return *crypto::find(crypto::CipherSuite(id[0] << 8 | id[1]));
}

struct Told {
  std::string name, label, section;
  std::vector<std::string> inputs;
  Bytes value, client_random;
};

class Listening final : public Observer {
 public:
  explicit Listening(bool exposes) : exposes_(exposes) {}
  void secret(const wire::SecretSeen& seen) noexcept override {
    told.push_back({std::string(seen.name),
                    std::string(seen.label),
                    std::string(seen.section),
                    {seen.inputs.begin(), seen.inputs.end()},
                    wire::copy(seen.value),
                    wire::copy(seen.client_random)});
  }
  bool exposes_secrets() const noexcept override { return exposes_; }

  std::vector<Told> told;

 private:
  bool exposes_;
};

void expect_hex(View actual, const Bytes& expected, const std::string& what) {
  EXPECT_EQ(wire::hex(actual), wire::hex(expected)) << what;
}

TEST(KeySchedule, DerivesWhatAnIndependentImplementationDerives) {
  ASSERT_EQ(blocks().size(), 3U);
  for (const Block& block : blocks()) {
    const KeySchedule schedule(suite_of(block), random_of(block.at("client_random")),
                               random_of(block.at("server_random")), nullptr);
    const auto premaster = crypto::PremasterSecret::copy_of(block.at("premaster_secret"));
    const crypto::Digest hash(block.at("session_hash"));
    for (const std::string kind : {"plain ", "extended "}) {
      const auto master = kind == "plain "
                              ? schedule.derive_master_secret(premaster)
                              : schedule.derive_extended_master_secret(premaster, hash);
      const ConnectionKeys keys = schedule.derive_keys(master);
      const auto expect = [&](const char* name, View actual) {
        expect_hex(actual, block.at(kind + name), kind + name);
      };
      expect("master_secret", master.reveal());
      expect("client_write_key", keys.client_write.write_key.reveal());
      expect("server_write_key", keys.server_write.write_key.reveal());
      expect("client_write_IV", keys.client_write.write_IV.reveal());
      expect("server_write_IV", keys.server_write.write_IV.reveal());
      expect("client_finished", schedule.derive_verify_data(client_finished, master, hash));
      expect("server_finished", schedule.derive_verify_data(server_finished, master, hash));
      EXPECT_EQ(keys.client_write.algorithm, suite_of(block).aead);
      EXPECT_EQ(keys.server_write.algorithm, suite_of(block).aead);
    }
  }
}

TEST(KeySchedule, TellsTheObserverOfEverySecretOnce) {
  const Block block = blocks().front();
  Listening listening(true);
  const KeySchedule schedule(suite_of(block), random_of(block.at("client_random")),
                             random_of(block.at("server_random")), &listening);
  const auto master =
      schedule.derive_master_secret(crypto::PremasterSecret::copy_of(block.at("premaster_secret")));
  schedule.derive_keys(master);
  schedule.derive_verify_data(client_finished, master, crypto::Digest(block.at("session_hash")));

  const std::vector<std::string> names{"master_secret",    "key_block",       "client_write_key",
                                       "server_write_key", "client_write_IV", "server_write_IV",
                                       "verify_data"};
  ASSERT_EQ(listening.told.size(), names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    EXPECT_EQ(listening.told[i].name, names[i]);
    EXPECT_EQ(listening.told[i].client_random, block.at("client_random"));
    EXPECT_FALSE(listening.told[i].section.empty());
    EXPECT_FALSE(listening.told[i].value.empty());
  }
  EXPECT_EQ(listening.told[0].label, "master secret");
  EXPECT_EQ(listening.told[0].inputs,
            (std::vector<std::string>{"premaster_secret", "client_random", "server_random"}));
  EXPECT_EQ(listening.told[0].value, block.at("plain master_secret"));
  EXPECT_EQ(listening.told[1].inputs,
            (std::vector<std::string>{"master_secret", "server_random", "client_random"}));
  EXPECT_EQ(listening.told[2].value, block.at("plain client_write_key"));
  EXPECT_EQ(listening.told[6].label, "client finished");
  EXPECT_EQ(listening.told[6].inputs,
            (std::vector<std::string>{"master_secret", "handshake_hash"}));
}

TEST(KeySchedule, HidesValuesFromAnObserverThatDidNotAskForThem) {
  const Block block = blocks().front();
  Listening listening(false);
  const KeySchedule schedule(suite_of(block), random_of(block.at("client_random")),
                             random_of(block.at("server_random")), &listening);
  schedule.derive_keys(schedule.derive_master_secret(
      crypto::PremasterSecret::copy_of(block.at("premaster_secret"))));
  EXPECT_EQ(listening.told.size(), 6U);
  for (const Told& told : listening.told) EXPECT_TRUE(told.value.empty()) << told.name;
}

TEST(KeySchedule, AgreesWithThePeerAndTellsPrivateKeyAndPremasterSecret) {
  test::TestRandom random;
  const auto own = crypto::EphemeralKey::generate(crypto::NamedGroup::x25519, random);
  const auto peer = crypto::EphemeralKey::generate(crypto::NamedGroup::x25519, random);
  Listening listening(true);
  const KeySchedule schedule(*crypto::find(crypto::CipherSuite{0xc030}), {}, {}, &listening);
  const auto premaster = schedule.agree(own, peer.public_key());
  EXPECT_TRUE(crypto::equal(premaster, peer.agree(own.public_key())));
  ASSERT_EQ(listening.told.size(), 2U);
  EXPECT_EQ(listening.told[0].name, "ephemeral_private_key");
  EXPECT_TRUE(wire::equal(listening.told[0].value, own.reveal()));
  EXPECT_EQ(listening.told[1].name, "premaster_secret");
  EXPECT_TRUE(wire::equal(listening.told[1].value, premaster.reveal()));
  EXPECT_EQ(test::refusal_of([&] { schedule.agree(own, Bytes(32)); }).alert,
            AlertDescription::illegal_parameter);
}

}  // namespace
}  // namespace glasstls::handshake
