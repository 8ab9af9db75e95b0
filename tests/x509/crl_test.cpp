#include "x509/crl.h"

#include <gtest/gtest.h>

#include "tests/x509/samples.h"
#include "x509/pem.h"

namespace glasstls::x509 {
namespace {

using samples::der;
using samples::extension;
using samples::from_hex;
using samples::joined;
using samples::sequence;

Bytes utc(std::string_view text) { return der(Tag::utc_time, text); }

Bytes entry(std::string_view serial_hex, std::vector<Bytes> extensions = {}) {
  Bytes list;
  for (const Bytes& one : extensions) wire::append(list, one);
  return sequence({der(Tag::integer, View(from_hex(serial_hex))), utc("250101000000Z"),
                   extensions.empty() ? Bytes() : der(Tag::sequence, View(list))});
}

/// A list to be built from parts, each of which a test may spoil. Its signature is not one.
struct Draft {
  Bytes version = from_hex("020101");
  Bytes algorithm = sequence({samples::oid(oid::ecdsa_with_SHA256)});
  Bytes issuer = samples::name("issuer");
  Bytes this_update = utc("250101000000Z");
  Bytes next_update = utc("450101000000Z");
  Bytes revoked = sequence({entry("05"), entry("00ff"), entry("03")});
  std::vector<Bytes> extensions;
  Bytes outer_algorithm = algorithm;

  Bytes encoded() const {
    Bytes list;
    for (const Bytes& one : extensions) wire::append(list, one);
    const Bytes tail = extensions.empty()
                           ? Bytes()
                           : der(context_constructed(0), View(der(Tag::sequence, View(list))));
    const Bytes tbs =
        sequence({version, algorithm, issuer, this_update, next_update, revoked, tail});
    return sequence({tbs, outer_algorithm, from_hex("03020000")});
  }
  Result<CertificateList> parsed() const { return CertificateList::parse(encoded()); }
};

Draft with(const Oid& oid, std::string_view value_hex, bool critical = true) {
  Draft draft;
  draft.extensions = {extension(oid, critical, from_hex(value_hex))};
  return draft;
}

std::string refusal(const Draft& draft) {
  const auto parsed = draft.parsed();
  if (parsed) return "";
  return parsed.error().what + " (" + std::string(parsed.error().section) + ")";
}

// What is wrong, and which bytes the offset points at.
std::string refusal_at(const Draft& draft, const Bytes& culprit) {
  const Bytes bytes = draft.encoded();
  const auto parsed = CertificateList::parse(bytes, nullptr, 1000);
  const std::size_t offset = parsed.error().offset - 1000;
  const bool there = wire::equal(View(bytes).subspan(offset, culprit.size()), culprit);
  return refusal(draft) + (there ? "" : " at another place");
}

TEST(CertificateList, ReadsEveryField) {
  const auto list = Draft().parsed();
  ASSERT_TRUE(list) << list.error().what;
  EXPECT_EQ(list->version(), 2);
  EXPECT_EQ(to_string(list->issuer()), "CN=issuer");
  EXPECT_EQ(list->signature_algorithm().name, "ecdsa-with-SHA256");
  EXPECT_EQ(to_string(list->this_update()), "2025-01-01 00:00:00 UTC");
  EXPECT_EQ(to_string(*list->next_update()), "2045-01-01 00:00:00 UTC");
  EXPECT_EQ(list->tbs().data(), list->der().data() + 3);
  EXPECT_EQ(wire::hex(list->signature()), "00");
  EXPECT_EQ(list->revoked().size(), 3u);
  EXPECT_FALSE(list->is_delta());
  EXPECT_FALSE(list->crl_number());
  EXPECT_FALSE(list->issuing_distribution_point());
  EXPECT_FALSE(list->unknown_critical_extension());
  EXPECT_TRUE(list->deviations().empty());
}

TEST(CertificateList, FindsEntriesInAnyOrder) {
  const auto list = Draft().parsed();
  for (const char* serial : {"03", "05", "00ff"}) {
    const RevokedCertificate* found = list->find(from_hex(serial));
    ASSERT_NE(found, nullptr) << serial;
    EXPECT_EQ(wire::hex(found->serial_number), serial);
    EXPECT_FALSE(found->reason);
    EXPECT_FALSE(found->has_unknown_critical);
  }
  for (const char* serial : {"04", "ff", "00", "0500", "00fe"}) {
    EXPECT_EQ(list->find(from_hex(serial)), nullptr) << serial;
  }
}

TEST(CertificateList, FindsTheFirstOfTwoEntries) {
  Draft draft;
  draft.revoked =
      sequence({entry("09"), entry("05", {extension(oid::cRLReasons, false, from_hex("0a0101"))}),
                entry("05", {extension(oid::cRLReasons, false, from_hex("0a0104"))})});
  EXPECT_EQ(draft.parsed()->find(from_hex("05"))->reason, 1u);
}

TEST(CertificateList, MayBeOfVersion1WithoutEntriesAndNextUpdate) {
  Draft draft;
  draft.version = draft.revoked = draft.next_update = {};
  const auto list = draft.parsed();
  ASSERT_TRUE(list) << list.error().what;
  EXPECT_EQ(list->version(), 1);
  EXPECT_TRUE(list->revoked().empty());
  EXPECT_FALSE(list->next_update());
  EXPECT_EQ(list->find(from_hex("05")), nullptr);
}

TEST(CertificateList, RefusesPartsThatItsVersionDoesNotHave) {
  Draft draft;
  draft.version = from_hex("020100");
  EXPECT_EQ(refusal_at(draft, draft.version),
            "a version other than v2 (v1 is without) (RFC 5280, 5.1.2.1)");
  draft.version = from_hex("020102");
  EXPECT_EQ(refusal(draft), "a version other than v2 (v1 is without) (RFC 5280, 5.1.2.1)");
  draft.version = {};
  draft.extensions = {extension(oid::cRLNumber, false, from_hex("020101"))};
  EXPECT_EQ(refusal_at(draft, from_hex("a0")), "extensions before version 2 (RFC 5280, 5.1.2.7)");
  const Bytes reason = extension(oid::cRLReasons, false, from_hex("0a0101"));
  draft.extensions.clear();
  draft.revoked = sequence({entry("05", {reason})});
  EXPECT_EQ(refusal_at(draft, sequence({reason})),
            "entry extensions before version 2 (RFC 5280, 5.1.2.1)");
}

TEST(CertificateList, RefusesEmptyLists) {
  Draft draft;
  draft.revoked = from_hex("3000");
  EXPECT_EQ(refusal_at(draft, draft.revoked),
            "an empty list of revokedCertificates (RFC 5280, 5.1.2.6)");
  draft = Draft();
  draft.revoked =
      sequence({joined({sequence({from_hex("020105"), utc("250101000000Z"), from_hex("3000")})})});
  EXPECT_EQ(refusal_at(draft, from_hex("3000")), "an empty list of extensions (RFC 5280, 4.2)");
}

TEST(CertificateList, RefusesWhatDoesNotFitTogether) {
  Draft draft;
  draft.outer_algorithm = sequence({samples::oid(oid::ecdsa_with_SHA384)});
  EXPECT_EQ(refusal_at(draft, draft.outer_algorithm),
            "signatureAlgorithm differs from the signed one (RFC 5280, 5.1.1.2)");
  draft = Draft();
  draft.issuer = from_hex("3000");
  EXPECT_EQ(refusal_at(draft, draft.issuer), "an empty issuer (RFC 5280, 5.1.2.3)");
  draft = Draft();
  draft.this_update = utc("2501010000Z");
  EXPECT_EQ(refusal_at(draft, draft.this_update),
            "not a time with seconds in UTC (RFC 5280, 4.1.2.5)");
  Bytes bytes = Draft().encoded();
  bytes.push_back(0);
  EXPECT_EQ(CertificateList::parse(bytes).error().offset, bytes.size() - 1);
}

TEST(CertificateList, ReadsEntryExtensions) {
  Draft draft;
  draft.revoked = sequence({entry("01", {extension(oid::cRLReasons, false, from_hex("0a0106")),
                                         extension(oid::invalidityDate, false,
                                                   der(Tag::generalized_time, "20250101000000Z"))}),
                            entry("02", {extension(oid::certificateIssuer, true,
                                                   sequence({der(context(2), "issuer")}))}),
                            entry("03", {extension(Oid{1, 2, 3}, true, {})}),
                            entry("04", {extension(Oid{1, 2, 3}, false, {})})});
  const auto list = draft.parsed();
  ASSERT_TRUE(list) << list.error().what;
  EXPECT_EQ(list->find(from_hex("01"))->reason, 6u);
  EXPECT_FALSE(list->find(from_hex("01"))->has_unknown_critical);
  EXPECT_TRUE(list->find(from_hex("02"))->has_unknown_critical);
  EXPECT_TRUE(list->find(from_hex("03"))->has_unknown_critical);
  EXPECT_FALSE(list->find(from_hex("04"))->has_unknown_critical);
  EXPECT_TRUE(list->deviations().empty());
}

TEST(CertificateList, RefusesMalformedEntryExtensions) {
  Draft draft;
  const Bytes reason = extension(oid::cRLReasons, false, from_hex("0a0106"));
  draft.revoked = sequence({entry("01", {reason, reason})});
  EXPECT_EQ(refusal_at(draft, sequence({reason, reason})),
            "two extensions cRLReasons (RFC 5280, 4.2)");
  draft.revoked = sequence({entry("01", {extension(oid::cRLReasons, false, from_hex("020106"))})});
  EXPECT_EQ(refusal_at(draft, from_hex("020106")),
            "expected ENUMERATED, found INTEGER (X.690, 8.1.2)");
  draft.revoked =
      sequence({entry("01", {extension(oid::invalidityDate, false, utc("250101000000Z"))})});
  EXPECT_EQ(refusal(draft), "expected GeneralizedTime, found UTCTime (X.690, 8.1.2)");
}

TEST(CertificateList, ReadsItsExtensions) {
  Draft draft;
  draft.extensions = {extension(oid::authorityKeyIdentifier, false, from_hex("30048002aabb")),
                      extension(oid::cRLNumber, false, from_hex("02020100")),
                      extension(oid::deltaCRLIndicator, true, from_hex("020101")),
                      extension(oid::issuingDistributionPoint, true, from_hex("30038201ff"))};
  const auto list = draft.parsed();
  ASSERT_TRUE(list) << list.error().what;
  EXPECT_EQ(list->extensions().size(), 4u);
  EXPECT_EQ(wire::hex(*list->authority_key_identifier()->key_identifier), "aabb");
  EXPECT_EQ(wire::hex(*list->crl_number()), "0100");
  EXPECT_TRUE(list->is_delta());
  EXPECT_TRUE(list->issuing_distribution_point()->only_contains_ca_certs);
  EXPECT_FALSE(list->issuing_distribution_point()->only_contains_user_certs);
  EXPECT_FALSE(list->unknown_critical_extension());
}

TEST(CertificateList, TellsTheFirstCriticalExtensionThatIsNotUnderstood) {
  Draft draft;
  draft.extensions = {extension(Oid{1, 2, 3}, false, {}), extension(Oid{1, 2, 4}, true, {}),
                      extension(Oid{1, 2, 5}, true, {})};
  EXPECT_EQ(draft.parsed()->unknown_critical_extension(), (Oid{1, 2, 4}));
  EXPECT_EQ(with(oid::issuerAltName, "3003820161").parsed()->unknown_critical_extension(),
            oid::issuerAltName);
  EXPECT_EQ(refusal(with(oid::issuerAltName, "3000")),
            "an empty list of names (RFC 5280, 4.2.1.6)");
  EXPECT_EQ(refusal(with(oid::freshestCRL, "3000")),
            "an empty list of distribution points (RFC 5280, 4.2.1.13)");
  EXPECT_EQ(refusal(with(oid::authorityInfoAccess, "3000")),
            "an empty list of access descriptions (RFC 5280, 4.2.2.1)");
}

TEST(CertificateList, RefusesNumbersThatAreNegativeOrTooLong) {
  const std::string rule = " (RFC 5280, 5.2.3)";
  EXPECT_EQ(refusal(with(oid::cRLNumber, "0201ff")), "a negative cRLNumber" + rule);
  EXPECT_EQ(refusal(with(oid::deltaCRLIndicator, "0201ff")), "a negative cRLNumber" + rule);
  const std::string zeros(38, '0');
  EXPECT_EQ(refusal(with(oid::cRLNumber, "021401" + zeros)), "");
  EXPECT_EQ(refusal(with(oid::cRLNumber, "02150100" + zeros)),
            "a cRLNumber of more than 20 bytes" + rule);
}

TEST(CertificateList, ReadsTheIssuingDistributionPoint) {
  const auto good =
      with(oid::issuingDistributionPoint, "3014a008a00686046c6461708101ff830205608401ff").parsed();
  ASSERT_TRUE(good) << good.error().what;
  const IssuingDistributionPoint& idp = *good->issuing_distribution_point();
  EXPECT_EQ(to_string(idp.point->full_name.at(0)), "URI:ldap");
  EXPECT_TRUE(idp.only_contains_user_certs);
  EXPECT_FALSE(idp.only_contains_ca_certs);
  EXPECT_EQ(idp.only_some_reasons, 0b110);
  EXPECT_TRUE(idp.indirect_crl);
  EXPECT_FALSE(idp.only_contains_attribute_certs);
}

TEST(CertificateList, RefusesIssuingDistributionPointsThatSayNothingOrTooMuch) {
  const Oid& id = oid::issuingDistributionPoint;
  EXPECT_EQ(refusal(with(id, "3000")),
            "an issuingDistributionPoint that is empty (RFC 5280, 5.2.5)");
  EXPECT_EQ(refusal(with(id, "30068101ff8201ff")),
            "an issuingDistributionPoint for two kinds of certificates at once (RFC 5280, 5.2.5)");
}

TEST(CertificateList, TellsWhatItBears) {
  const auto list = with(oid::issuingDistributionPoint, "30068101008201ff").parsed();
  ASSERT_TRUE(list) << list.error().what;
  ASSERT_EQ(list->deviations().size(), 1u);
  EXPECT_EQ(list->deviations()[0].what, "the DEFAULT FALSE of onlyContainsUserCerts encoded");
  EXPECT_EQ(list->deviations()[0].section, "X.690, 11.5");
}

TEST(CertificateList, TellsItsFields) {
  Draft draft;
  draft.extensions = {extension(oid::cRLNumber, false, from_hex("020107"))};
  const Bytes bytes = draft.encoded();
  FieldTree tree;
  ASSERT_TRUE(CertificateList::parse(bytes, &tree, 100));
  EXPECT_TRUE(tree.complete());
  EXPECT_EQ(tree.fields().front().name, "CertificateList");
  EXPECT_EQ(tree.fields().front().begin, 100u);
  EXPECT_EQ(tree.fields().front().end, 100 + bytes.size());
  EXPECT_EQ(tree.find("thisUpdate")->text, "2025-01-01 00:00:00 UTC");
  EXPECT_EQ(tree.find("userCertificate")->depth, 4u);
  EXPECT_NE(tree.find("CRLNumber"), nullptr);
}

TEST(CertificateList, MayBeLargerThanACertificate) {
  Draft draft;
  Bytes entries;
  constexpr std::uint32_t count = 60'000;
  for (std::uint32_t i = count; i > 0; --i) {
    const Bytes serial{0x01, static_cast<std::uint8_t>(i >> 16), static_cast<std::uint8_t>(i >> 8),
                       static_cast<std::uint8_t>(i)};
    wire::append(entries, sequence({der(Tag::integer, View(serial)), utc("250101000000Z")}));
  }
  const auto wrap = [](Tag tag, const Bytes& content) {
    Bytes out{static_cast<std::uint8_t>(tag), 0x83, static_cast<std::uint8_t>(content.size() >> 16),
              static_cast<std::uint8_t>(content.size() >> 8),
              static_cast<std::uint8_t>(content.size())};
    wire::append(out, content);
    return out;
  };
  const Bytes revoked = wrap(Tag::sequence, entries);
  const Bytes tbs = wrap(Tag::sequence, joined({draft.version, draft.algorithm, draft.issuer,
                                                draft.this_update, draft.next_update, revoked}));
  const Bytes bytes =
      wrap(Tag::sequence, joined({tbs, draft.outer_algorithm, from_hex("03020000")}));
  ASSERT_GT(bytes.size(), DerReader::max_size);
  const auto list = CertificateList::parse(bytes);
  ASSERT_TRUE(list) << list.error().what;
  EXPECT_EQ(list->revoked().size(), count);
  EXPECT_NE(list->find(from_hex("01000001")), nullptr);
  EXPECT_NE(list->find(from_hex("0100ea60")), nullptr);
  EXPECT_EQ(list->find(from_hex("0100ea61")), nullptr);
}

TEST(CertificateList, IsBounded) {
  const auto list = CertificateList::parse(Bytes(CertificateList::max_size + 1, 0x30));
  EXPECT_EQ(list.error().what, "a list larger than 16 MiB");
}

TEST(CertificateList, CutShortAtEveryByteIsRefused) {
  const Bytes bytes = with(oid::issuingDistributionPoint, "30038201ff").encoded();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    FieldTree tree;
    ASSERT_FALSE(CertificateList::parse(View(bytes).first(size), &tree)) << size;
  }
}

TEST(CertificateList, BearsEveryChangedByte) {
  Draft draft;
  draft.revoked = sequence({entry("05", {extension(oid::cRLReasons, false, from_hex("0a0101"))})});
  draft.extensions = {extension(oid::issuingDistributionPoint, true, from_hex("30038201ff")),
                      extension(oid::cRLNumber, false, from_hex("020107"))};
  Bytes bytes = draft.encoded();
  for (std::uint8_t& byte : bytes) {
    const std::uint8_t original = byte;
    for (const int value : {0x00, 0x01, 0x02, 0x0a, 0x17, 0x30, 0x7f, 0x80, 0x81, 0x84, 0xa0, 0xff,
                            original - 1, original + 1}) {
      byte = static_cast<std::uint8_t>(value);
      FieldTree tree;
      const auto parsed = CertificateList::parse(bytes, &tree);
      ASSERT_TRUE(!parsed || tree.complete());
      ASSERT_TRUE(parsed || parsed.error().offset <= bytes.size());
    }
    byte = original;
  }
}

TEST(ReasonText, HasTheNamesOfTheRfc) {
  EXPECT_EQ(reason_text(0), "unspecified");
  EXPECT_EQ(reason_text(1), "keyCompromise");
  EXPECT_EQ(reason_text(7), "reason 7");
  EXPECT_EQ(reason_text(8), "removeFromCRL");
  EXPECT_EQ(reason_text(10), "aACompromise");
  EXPECT_EQ(reason_text(12), "reason 12");
}

TEST(ParseCrls, ReadsPemAndDer) {
  const Bytes bytes = Draft().encoded();
  const std::string one = to_pem("X509 CRL", bytes);
  EXPECT_EQ(parse_crls(bytes)->size(), 1u);
  EXPECT_EQ(parse_crls(wire::as_bytes(one + one))->size(), 2u);
  EXPECT_EQ(parse_crls(samples::file("ca-ec.pem")).error().what,
            "holds no certificate revocation list");
  const std::string bad = "\n" + to_pem("X509 CRL", from_hex("0500"));
  EXPECT_EQ(parse_crls(wire::as_bytes(bad)).error().what,
            "expected SEQUENCE, found NULL (certificate revocation list at line 2)");
}

}  // namespace
}  // namespace glasstls::x509
