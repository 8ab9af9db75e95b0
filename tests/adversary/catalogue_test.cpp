// The catalogue as data: complete, unique, and in one form.
#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <regex>
#include <set>
#include <string>

#include "tests/adversary/fault.h"

namespace glasstls::adversary {
namespace {

using testing::Contains;
using testing::ElementsAre;

TEST(Catalogue, NamesEachFaultOfASideOnce) {
  for (const Side side : {Side::client, Side::server}) {
    std::set<std::string_view> names;
    for (const Fault& fault : catalogue())
      if (fault.side() == side) {
        EXPECT_TRUE(names.insert(fault.name).second) << fault.name;
      }
    EXPECT_GE(names.size(), 40U) << name_of(side);
  }
}

TEST(Catalogue, IsWrittenInOneForm) {
  const std::regex name("[a-z0-9]+(-[a-z0-9]+)*");
  const std::regex rule("RFC [0-9]{4}, ([0-9]+|[A-Z])(\\.[0-9]+)*");
  for (const Fault& fault : catalogue()) {
    SCOPED_TRACE(fault.name);
    EXPECT_TRUE(std::regex_match(std::string(fault.name), name));
    EXPECT_TRUE(std::regex_match(std::string(fault.rule), rule)) << fault.rule;
    EXPECT_FALSE(fault.title.empty());
    EXPECT_EQ(fault.title.find('|'), std::string_view::npos);  // it stands in a table
    EXPECT_FALSE(fault.title.ends_with('.'));
  }
}

TEST(Catalogue, HasWhatEveryStackMustRefuseAndWhatEveryStackMustBear) {
  for (const char* name : {"bad-finished",
                           "bad-signature",
                           "wrong-group",
                           "point-off-curve",
                           "all-zero-x25519",
                           "early-ccs",
                           "missing-ccs",
                           "doubled-ccs",
                           "ccs-inside-message",
                           "reordered-messages",
                           "split-at-every-byte",
                           "merged-in-one-record",
                           "oversized-record",
                           "oversized-message",
                           "interleaved-alert",
                           "version-lie-tls11",
                           "duplicate-extension",
                           "renegotiation",
                           "truncation",
                           "wrong-record-version",
                           "heartbeat",
                           "flood-warnings",
                           "flood-empty-records",
                           "early-data",
                           "missing-ems-on-resumption"}) {
    EXPECT_NE(find(Side::client, name), nullptr) << name;
    EXPECT_NE(find(Side::server, name), nullptr) << name;
  }
  for (const char* name : {"replayed-ticket", "forged-ticket", "grease-everywhere"})
    EXPECT_TRUE(find(Side::client, name)->legal()) << name;
  for (const char* name :
       {"unoffered-extension", "downgrade-sentinel", "wrong-session-id", "flood-hello-requests"})
    EXPECT_FALSE(find(Side::server, name)->legal()) << name;
}

TEST(Catalogue, FindsAFaultOfThatSideOnly) {
  EXPECT_EQ(find(Side::client, "bad-finished")->side(), Side::client);
  EXPECT_EQ(find(Side::server, "bad-finished")->side(), Side::server);
  EXPECT_EQ(find(Side::server, "forged-ticket"), nullptr);
  EXPECT_EQ(find(Side::client, ""), nullptr);
}

TEST(Catalogue, KnowsWhatAMistypedNameIsNearTo) {
  EXPECT_THAT(near_names(Side::client, "bad-finish", 1), ElementsAre("bad-finished"));
  EXPECT_THAT(near_names(Side::client, "missing-css", 3), Contains("missing-ccs"));
  EXPECT_EQ(near_names(Side::server, "xyz", 5).size(), 5U);
  EXPECT_EQ(near_names(Side::server, "xyz", 1000).size(),
            static_cast<std::size_t>(
                std::count_if(catalogue().begin(), catalogue().end(),
                              [](const Fault& fault) { return fault.side() == Side::server; })));
}

TEST(AnswerText, IsAFewWords) {
  EXPECT_EQ(text_of(refused(AlertDescription::decode_error)), "decode_error");
  EXPECT_EQ(text_of(refused(AlertDescription{250})), "alert 250");
  EXPECT_EQ(text_of(borne()), "goes on");
  EXPECT_EQ(text_of(declined()), "goes on (warns no_renegotiation)");
  EXPECT_EQ(text_of(closed()), "closes without alert");
  EXPECT_EQ(text_of({Answer::Kind::closes, AlertDescription::close_notify}),
            "closes with close_notify");
  EXPECT_EQ(text_of({Answer::Kind::silence, {}}), "no answer");
  EXPECT_EQ(text_of({Answer::Kind::untried, {}}), "not tried");
}

}  // namespace
}  // namespace glasstls::adversary
