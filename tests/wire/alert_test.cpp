#include "wire/alert.h"

#include <gtest/gtest.h>
#include <set>
#include <string>

namespace glasstls::wire {
namespace {

TEST(AlertLevel, HasTheTwoNamesOfTheRfc) {
  EXPECT_EQ(name_of(AlertLevel::warning), "warning");
  EXPECT_EQ(name_of(AlertLevel::fatal), "fatal");
  for (unsigned value = 0; value < 256; ++value)
    if (value != 1 && value != 2) {
      EXPECT_EQ(name_of(AlertLevel(value)), "") << value;
    }
}

TEST(AlertDescription, HasTheNumbersAndNamesOfTheRegistry) {
  EXPECT_EQ(name_of(AlertDescription(0)), "close_notify");
  EXPECT_EQ(name_of(AlertDescription(10)), "unexpected_message");
  EXPECT_EQ(name_of(AlertDescription(20)), "bad_record_mac");
  EXPECT_EQ(name_of(AlertDescription(22)), "record_overflow");
  EXPECT_EQ(name_of(AlertDescription(40)), "handshake_failure");
  EXPECT_EQ(name_of(AlertDescription(42)), "bad_certificate");
  EXPECT_EQ(name_of(AlertDescription(43)), "unsupported_certificate");
  EXPECT_EQ(name_of(AlertDescription(44)), "certificate_revoked");
  EXPECT_EQ(name_of(AlertDescription(45)), "certificate_expired");
  EXPECT_EQ(name_of(AlertDescription(46)), "certificate_unknown");
  EXPECT_EQ(name_of(AlertDescription(47)), "illegal_parameter");
  EXPECT_EQ(name_of(AlertDescription(48)), "unknown_ca");
  EXPECT_EQ(name_of(AlertDescription(49)), "access_denied");
  EXPECT_EQ(name_of(AlertDescription(50)), "decode_error");
  EXPECT_EQ(name_of(AlertDescription(51)), "decrypt_error");
  EXPECT_EQ(name_of(AlertDescription(70)), "protocol_version");
  EXPECT_EQ(name_of(AlertDescription(71)), "insufficient_security");
  EXPECT_EQ(name_of(AlertDescription(80)), "internal_error");
  EXPECT_EQ(name_of(AlertDescription(86)), "inappropriate_fallback");
  EXPECT_EQ(name_of(AlertDescription(90)), "user_canceled");
  EXPECT_EQ(name_of(AlertDescription(100)), "no_renegotiation");
  EXPECT_EQ(name_of(AlertDescription(110)), "unsupported_extension");
  EXPECT_EQ(name_of(AlertDescription(112)), "unrecognized_name");
  EXPECT_EQ(name_of(AlertDescription(120)), "no_application_protocol");
}

TEST(AlertDescription, NamesThoseThatWeNeverSendOrExpect) {
  EXPECT_EQ(name_of(AlertDescription(109)), "missing_extension");
  EXPECT_EQ(name_of(AlertDescription(114)), "bad_certificate_hash_value");
  EXPECT_EQ(name_of(AlertDescription(116)), "certificate_required");
  EXPECT_EQ(name_of(AlertDescription(121)), "ech_required");
  EXPECT_EQ(name_of(AlertDescription(255)), "");
}

TEST(AlertDescription, NamesThirtyEightValuesAllDifferently) {
  std::multiset<std::string> names;
  for (unsigned value = 0; value < 256; ++value)
    if (const auto name = name_of(AlertDescription(value)); !name.empty()) names.emplace(name);
  EXPECT_EQ(names.size(), 38U);
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
}

}  // namespace
}  // namespace glasstls::wire
