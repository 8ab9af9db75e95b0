#include "platform/seeded.h"

#include <gtest/gtest.h>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/support/data_files.h"

namespace glasstls::platform {
namespace {

using crypto::RandomPurpose;

const std::map<std::string, RandomPurpose>& purposes() {
  static const std::map<std::string, RandomPurpose> all{
      {"other", RandomPurpose::other},           {"hello_random", RandomPurpose::hello_random},
      {"session_id", RandomPurpose::session_id}, {"ephemeral_key", RandomPurpose::ephemeral_key},
      {"signature", RandomPurpose::signature},   {"ticket", RandomPurpose::ticket},
      {"ticket_key", RandomPurpose::ticket_key},
  };
  return all;
}

Seed seed(std::string_view hex) { return Seed::parse(hex).value(); }

std::string take(crypto::RandomSource& source, std::size_t size) {
  Bytes bytes(size);
  source.fill(bytes);
  return wire::hex(bytes);
}

std::string beginning(std::string_view hex, Side side, std::uint64_t connection,
                      RandomPurpose purpose) {
  SeededRandom random(seed(hex), side, connection);
  return take(random.stream(purpose), 32);
}

// --- Seed

TEST(Seed, IsReadFromHexadecimal) {
  EXPECT_EQ(wire::hex(seed("00fFA9").reveal()), "00ffa9");
  EXPECT_EQ(seed("7f").reveal().size(), 1u);
  EXPECT_EQ(seed(std::string(128, 'a')).reveal().size(), Seed::max_length);
}

void expect_refused(const std::string& text, std::size_t offset, const std::string& what) {
  const auto parsed = Seed::parse(text);
  ASSERT_FALSE(parsed) << text;
  EXPECT_EQ(parsed.error().offset, offset) << text;
  EXPECT_EQ(parsed.error().what, what) << text;
}

TEST(Seed, RefusesWhatIsNoSeedAndTellsWhere) {
  expect_refused("", 0, "a seed has at least one byte");
  expect_refused("0x12", 1, "not a hexadecimal digit");
  expect_refused("12 34", 2, "not a hexadecimal digit");
  expect_refused("12g", 2, "not a hexadecimal digit");
  expect_refused("123", 3, "an odd number of digits, where each byte has two");
  expect_refused(std::string(130, '0'), 128, "a seed has at most 64 bytes, 128 digits");
  expect_refused(std::string(129, '0'), 128, "a seed has at most 64 bytes, 128 digits");
}

// --- SeededRandom

TEST(SeededRandom, GivesTheStreamsThatPythonGives) {
  std::istringstream lines(test::read_data("data/platform/seeded_random.txt"));
  std::set<std::string> seen;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream words(line);
    std::string hex, side, purpose, expected;
    std::uint64_t connection = 0;
    words >> hex >> side >> connection >> purpose >> expected;
    SeededRandom random(seed(hex), side == "client" ? Side::client : Side::server, connection);
    EXPECT_EQ(take(random.stream(purposes().at(purpose)), 80), expected) << line;
    EXPECT_TRUE(seen.insert(expected).second) << "the same stream twice: " << line;
  }
  EXPECT_EQ(seen.size(), 14u);
}

TEST(SeededRandom, DiffersBySeedSideConnectionAndPurpose) {
  const std::string one = beginning("0102", Side::client, 1, RandomPurpose::hello_random);
  EXPECT_EQ(beginning("0102", Side::client, 1, RandomPurpose::hello_random), one);
  EXPECT_NE(beginning("0103", Side::client, 1, RandomPurpose::hello_random), one);
  EXPECT_NE(beginning("010200", Side::client, 1, RandomPurpose::hello_random), one);
  EXPECT_NE(beginning("0102", Side::server, 1, RandomPurpose::hello_random), one);
  EXPECT_NE(beginning("0102", Side::client, 2, RandomPurpose::hello_random), one);
  EXPECT_NE(beginning("0102", Side::client, 1, RandomPurpose::ephemeral_key), one);
}

TEST(SeededRandom, DoesNotLetOnePurposeDisturbAnother) {
  SeededRandom random(seed("aa"), Side::server, 7);
  for (const auto& [name, purpose] : purposes())
    static_cast<void>(take(random.stream(purpose), 33));
  SeededRandom fresh(seed("aa"), Side::server, 7);
  static_cast<void>(take(fresh.stream(RandomPurpose::ticket), 33));
  EXPECT_EQ(take(fresh.stream(RandomPurpose::ticket), 50),
            take(random.stream(RandomPurpose::ticket), 50));
}

TEST(SeededRandom, DoesNotCareInWhatPortionsAStreamIsTaken) {
  SeededRandom whole(seed("aa"), Side::client, 1);
  SeededRandom parts(seed("aa"), Side::client, 1);
  std::string joined;
  for (const std::size_t size : {1u, 0u, 30u, 1u, 1u, 64u, 103u}) joined += take(parts, size);
  EXPECT_EQ(take(whole, 200), joined);
}

TEST(SeededRandom, TakesFromOneStreamWhereNoPurposeIsNamed) {
  SeededRandom random(seed("aa"), Side::client, 1);
  EXPECT_EQ(take(random, 32), beginning("aa", Side::client, 1, RandomPurpose::other));
}

// --- SeededClock

constexpr x509::Time new_year{1'735'689'600};  // 2025-01-01 00:00:00 UTC

void observe_records(SeededClock& clock, int count) {
  const wire::RecordSeen seen{Direction::sent, ContentType::handshake, {}, {}, {}};
  for (int i = 0; i < count; ++i) clock.record(seen);
}

TEST(SeededClock, GoesOnByAMillisecondForEachRecord) {
  SeededClock clock(new_year, 1);
  EXPECT_EQ(clock.nanoseconds(), 1'735'689'600'000'000'000);
  EXPECT_EQ(clock.nanoseconds(), 1'735'689'600'000'000'000);  // it stands still otherwise
  observe_records(clock, 3);
  EXPECT_EQ(clock.nanoseconds(), 1'735'689'600'003'000'000);
}

TEST(SeededClock, TellsWholeSeconds) {
  SeededClock clock(new_year, 1);
  observe_records(clock, 999);
  EXPECT_EQ(clock.now(), new_year);
  observe_records(clock, 1);
  EXPECT_EQ(clock.now(), x509::Time{new_year.seconds + 1});
}

TEST(SeededClock, BeginsASecondLaterForEachConnection) {
  EXPECT_EQ(SeededClock(new_year, 2).now(), x509::Time{new_year.seconds + 1});
  EXPECT_EQ(SeededClock(new_year, 101).now(), x509::Time{new_year.seconds + 100});
}

TEST(SeededClock, StartsInTheYears1970To2199) {
  constexpr std::int64_t year_2200 = 7'258'118'400;
  for (const std::int64_t good : {std::int64_t{0}, year_2200 - 1}) {
    EXPECT_TRUE(SeededClock::can_start_at({good}));
    EXPECT_EQ(SeededClock({good}, 1).now(), x509::Time{good});
  }
  for (const std::int64_t bad : {std::int64_t{-1}, year_2200}) {
    EXPECT_FALSE(SeededClock::can_start_at({bad}));
    EXPECT_THROW(SeededClock({bad}, 1), std::invalid_argument);
  }
}

}  // namespace
}  // namespace glasstls::platform
