#include "apps/cert/verify_options.h"

#include <gtest/gtest.h>
#include <string>

#include "apps/error.h"

namespace glasstls::apps {
namespace {

template <class Parse>
std::string refusal(Parse parse, const std::string& text) {
  try {
    static_cast<void>(parse(text));
    return "accepted";
  } catch (const CommandError& error) {
    EXPECT_EQ(error.code, ExitCode::usage);
    return error.what();
  }
}

TEST(ParseMoment, ReadsUtcToTheSecondOrADate) {
  EXPECT_EQ(to_string(parse_moment("2024-02-29T23:59:58Z")), "2024-02-29 23:59:58 UTC");
  EXPECT_EQ(to_string(parse_moment("2024-01-01")), "2024-01-01 00:00:00 UTC");
}

TEST(ParseMoment, RefusesEverythingElse) {
  for (const char* text :
       {"", "now", "2024-01-01T00:00:00", "2024-01-01 00:00:00Z", "2024-1-1T00:00:00Z",
        "2024-01-01T00:00:00+01:00", "2024-01-01T00:00:00Z ", "+024-01-01"})
    EXPECT_EQ(refusal(parse_moment, text), "'" + std::string(text) +
                                               "' is not a time in UTC like "
                                               "2024-01-01T00:00:00Z");
  EXPECT_EQ(refusal(parse_moment, "2023-02-29"), "'2023-02-29' is not a time that exists");
  EXPECT_EQ(refusal(parse_moment, "2024-01-01T24:00:00Z"),
            "'2024-01-01T24:00:00Z' is not a time that exists");
}

TEST(ParsePurpose, KnowsThree) {
  EXPECT_EQ(parse_purpose("server"), x509::Purpose::server);
  EXPECT_EQ(parse_purpose("client"), x509::Purpose::client);
  EXPECT_EQ(parse_purpose("any"), x509::Purpose::any);
  EXPECT_EQ(refusal(parse_purpose, "mail"),
            "'mail' is not a purpose; known are: server, client, any");
}

TEST(ParsePolicy, ReadsDottedIdentifiers) {
  EXPECT_EQ(to_string(parse_policy("2.23.140.1.2.1")), "2.23.140.1.2.1");
  for (const char* text : {"", "1", "1.", "3.1", "1.40", "1.2.x", "1.02"})
    EXPECT_EQ(refusal(parse_policy, text),
              "'" + std::string(text) + "' is not an object identifier like 2.23.140.1.2.1");
}

}  // namespace
}  // namespace glasstls::apps
