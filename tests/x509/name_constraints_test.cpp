#include "x509/name_constraints.h"

#include <gtest/gtest.h>

#include "tests/x509/samples.h"
#include "x509/server_name.h"

namespace glasstls::x509 {
namespace {

using samples::der;
using samples::from_hex;

GeneralName text(GeneralNameKind kind, std::string_view value) {
  return {kind, wire::copy(wire::as_bytes(value)), {}};
}
GeneralName dns(std::string_view value) { return text(GeneralNameKind::dNSName, value); }
GeneralName email(std::string_view value) { return text(GeneralNameKind::rfc822Name, value); }

Certificate with_name(const Bytes& general_name) {
  samples::Draft draft;
  draft.subject = from_hex("3000");
  draft.extensions.push_back(samples::alternatives({general_name}));
  return draft.parsed().value();
}

bool allowed(const NameConstraints& constraints, const Certificate& certificate) {
  std::size_t comparisons = 1000;
  return !name_constraint_violation(constraints, certificate, comparisons);
}

bool dns_permitted(std::string_view name, std::string_view base) {
  return allowed({{dns(base)}, {}}, with_name(der(context(2), name)));
}
bool dns_excluded(std::string_view name, std::string_view base) {
  return !allowed({{}, {dns(base)}}, with_name(der(context(2), name)));
}

TEST(NameConstraints, HoldDnsNamesByWholeLabels) {
  EXPECT_TRUE(dns_permitted("example.com", "example.com"));
  EXPECT_TRUE(dns_permitted("a.b.EXAMPLE.com", "example.com"));
  EXPECT_FALSE(dns_permitted("badexample.com", "example.com"));
  EXPECT_FALSE(dns_permitted("com", "example.com"));
  EXPECT_TRUE(dns_permitted("anything.test", ""));
  EXPECT_FALSE(dns_permitted("example.com", ".example.com"));
  EXPECT_TRUE(dns_permitted("a.example.com", ".example.com"));
  EXPECT_TRUE(dns_excluded("a.example.com", "example.com"));
  EXPECT_FALSE(dns_excluded("example.org", "example.com"));
}

Certificate with_subject(Tag string_type, std::string_view common_name) {
  samples::Draft draft;
  draft.subject = samples::sequence({samples::der(
      Tag::set,
      samples::sequence({samples::oid(oid::commonName), der(string_type, common_name)}))});
  return draft.parsed().value();
}

// RFC 5280, 7.1: they do not match. But an excluded subtree must not be slipped out of.
TEST(NameConstraints, RefuseAnotherTypeOfStringThatReadsLikeAnExcludedName) {
  const GeneralName base{
      GeneralNameKind::directoryName, {}, with_subject(Tag::printable_string, "Mallory").subject()};
  EXPECT_FALSE(allowed({{}, {base}}, with_subject(Tag::utf8_string, "MALLORY")));
  EXPECT_FALSE(allowed({{}, {base}}, with_subject(Tag::teletex_string, "Mallory")));
  EXPECT_FALSE(allowed({{base}, {}}, with_subject(Tag::teletex_string, "Mallory")));
  EXPECT_FALSE(allowed({{}, {base}}, with_subject(Tag::teletex_string, " Mallory")));
  EXPECT_TRUE(allowed({{}, {base}}, with_subject(Tag::teletex_string, "Malcolm")));
}

TEST(NameConstraints, TakeAWildcardForAllItsExpansions) {
  EXPECT_TRUE(dns_permitted("*.example.com", "example.com"));
  EXPECT_FALSE(dns_permitted("*.example.com", "a.example.com"));
  EXPECT_TRUE(dns_permitted("*.example.com", ".example.com"));
  EXPECT_TRUE(dns_excluded("*.example.com", "a.example.com"));
  EXPECT_TRUE(dns_excluded("*.a.example.com", "example.com"));
  EXPECT_FALSE(dns_excluded("*.example.com", "b.a.example.com"));
  EXPECT_FALSE(dns_excluded("*.example.com", "example.org"));
}

TEST(NameConstraints, RefuseNamesThatTheyCannotJudge) {
  EXPECT_FALSE(dns_permitted("a_b.example.com", "example.com"));
  EXPECT_TRUE(dns_excluded("a..b", "example.com"));
  EXPECT_FALSE(dns_permitted("a.example.com", "*.example.com"));
  const Certificate uri = with_name(der(context(6), "https://example.com/"));
  EXPECT_FALSE(
      allowed({{text(GeneralNameKind::uniformResourceIdentifier, "example.com")}, {}}, uri));
  EXPECT_FALSE(allowed({{}, {text(GeneralNameKind::uniformResourceIdentifier, "other.com")}}, uri));
}

TEST(NameConstraints, LeaveNamesOfOtherFormsAlone) {
  EXPECT_TRUE(allowed({{email("a@example.com")}, {}}, with_name(der(context(2), "test"))));
  EXPECT_TRUE(allowed({{dns("example.com")}, {}}, with_name(der(context(6), "https://test/"))));
}

TEST(NameConstraints, HoldAddressesBySubnet) {
  const GeneralName net{GeneralNameKind::iPAddress, from_hex("0a000000ff000000"), {}};
  const auto address = [](std::string_view ip) {
    return with_name(der(context(7), View(*parse_address(ip))));
  };
  EXPECT_TRUE(allowed({{net}, {}}, address("10.1.2.3")));
  EXPECT_FALSE(allowed({{net}, {}}, address("11.1.2.3")));
  EXPECT_FALSE(allowed({{net}, {}}, address("::1")));
  EXPECT_FALSE(allowed({{}, {net}}, address("10.1.2.3")));
  EXPECT_TRUE(allowed({{}, {net}}, address("::1")));
}

TEST(NameConstraints, HoldEmailByMailboxHostOrDomain) {
  const auto permitted = [](std::string_view mailbox, std::string_view base) {
    return allowed({{email(base)}, {}}, with_name(der(context(1), mailbox)));
  };
  EXPECT_TRUE(permitted("a@example.com", "a@EXAMPLE.com"));
  EXPECT_FALSE(permitted("A@example.com", "a@example.com"));
  EXPECT_TRUE(permitted("a@example.com", "example.com"));
  EXPECT_FALSE(permitted("a@b.example.com", "example.com"));
  EXPECT_TRUE(permitted("a@b.example.com", ".example.com"));
  EXPECT_FALSE(permitted("a@example.com", ".example.com"));
  EXPECT_FALSE(permitted("example.com", "example.com"));
}

TEST(NameConstraints, RefuseEmailBasesThatNothingCouldMatch) {
  for (const std::string_view base : {"@example.com", "a@", ".", "a@.example.com", "example..com"})
    EXPECT_FALSE(allowed({{}, {email(base)}}, with_name(der(context(1), "a@example.com")))) << base;
}

TEST(NameConstraints, HoldEmailInTheSubjectToo) {
  samples::Draft draft;
  draft.subject = samples::sequence(
      {der(Tag::set, View(samples::sequence({samples::oid(oid::emailAddress),
                                             der(Tag::ia5_string, "a@example.org")})))});
  EXPECT_FALSE(allowed({{email("example.com")}, {}}, draft.parsed().value()));
  EXPECT_TRUE(allowed({{email("example.org")}, {}}, draft.parsed().value()));
}

TEST(NameConstraints, HoldTheSubjectAsADirectoryName) {
  const Certificate leaf = samples::Draft().parsed().value();
  samples::Draft other;
  other.subject = samples::name("someone else");
  const GeneralName base{GeneralNameKind::directoryName, {}, leaf.subject()};
  EXPECT_TRUE(allowed({{base}, {}}, leaf));
  EXPECT_FALSE(allowed({{}, {base}}, leaf));
  EXPECT_FALSE(allowed({{base}, {}}, other.parsed().value()));
}

TEST(NameConstraints, StopAtTheBoundOnComparisons) {
  std::size_t comparisons = 1;
  EXPECT_FALSE(name_constraint_violation({{dns("test")}, {}}, with_name(der(context(2), "test")),
                                         comparisons));
  EXPECT_TRUE(name_constraint_violation({{dns("test")}, {}}, with_name(der(context(2), "test")),
                                        comparisons));
}

TEST(NameConstraints, CountNamesOfOtherFormsToo) {
  std::size_t comparisons = 2;
  EXPECT_TRUE(name_constraint_violation({{email("a.test"), email("b.test"), email("c.test")}, {}},
                                        with_name(der(context(2), "test")), comparisons));
  EXPECT_EQ(comparisons, 0U);
}

}  // namespace
}  // namespace glasstls::x509
