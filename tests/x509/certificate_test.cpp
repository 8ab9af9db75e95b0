#include "x509/certificate.h"

#include <gtest/gtest.h>

#include "tests/x509/samples.h"

namespace glasstls::x509 {
namespace {

using samples::der;
using samples::Draft;
using samples::from_hex;

TEST(Certificate, ReadsEveryField) {
  const Certificate leaf = samples::certificate("server-ec256");
  EXPECT_EQ(leaf.version(), 3);
  EXPECT_TRUE(leaf.serial_is_proper());
  EXPECT_EQ(leaf.signature_algorithm().name, "ecdsa-with-SHA256");
  EXPECT_EQ(to_string(leaf.issuer()), "CN=GlassTLS test CA (EC)");
  EXPECT_EQ(to_string(leaf.subject()), "CN=test");
  EXPECT_EQ(to_string(leaf.not_before()), "2025-01-01 00:00:00 UTC");
  EXPECT_EQ(to_string(leaf.not_after()), "2045-01-01 00:00:00 UTC");
  EXPECT_EQ(leaf.public_key().name, "P-256");
  EXPECT_FALSE(leaf.is_ca());
  EXPECT_FALSE(leaf.is_self_issued());
  EXPECT_TRUE(samples::certificate("ca-ec").is_self_issued());
  EXPECT_EQ(samples::certificate("v1").version(), 1);
}

TEST(Certificate, GivesTheSignedBytesAndTheKeyBytes) {
  const Certificate leaf = samples::certificate("server-ec256");
  EXPECT_EQ(leaf.tbs().data(), leaf.der().data() + 4);
  EXPECT_EQ(leaf.tbs()[0], 0x30);
  EXPECT_EQ(wire::hex(leaf.spki()).substr(0, 18), "3059301306072a8648");
  EXPECT_EQ(leaf.spki().size(), 91u);
  EXPECT_TRUE(leaf == samples::certificate("server-ec256"));
  EXPECT_FALSE(leaf == samples::certificate("server-ec384"));
}

TEST(Certificate, KnowsWhereItsPartsAre) {
  Draft draft;
  draft.unique_ids = from_hex("8102000582020006");
  draft.extensions.push_back(samples::extension(Oid{1, 2, 3}, false, {}));
  const Certificate certificate = draft.parsed().value();
  const CertificateParts& parts = certificate.parts();
  const std::pair<View, Bytes> expected[] = {
      {parts.version, draft.version},
      {parts.serial_number, draft.serial},
      {parts.signature, draft.algorithm},
      {parts.issuer, draft.issuer},
      {parts.validity, samples::sequence({draft.not_before, draft.not_after})},
      {parts.subject, draft.subject},
      {parts.subject_public_key_info, draft.spki},
      {parts.issuer_unique_id, from_hex("81020005")},
      {parts.subject_unique_id, from_hex("82020006")},
      {parts.extensions,
       der(context_constructed(3), View(samples::sequence({draft.extensions[0]})))},
      {parts.signature_algorithm, draft.outer_algorithm},
      {parts.signature_value, draft.signature},
  };
  const std::uint8_t* previous = certificate.tbs().data() + 3;  // each follows the one before
  for (const auto& part : expected) {
    EXPECT_EQ(wire::hex(part.first), wire::hex(part.second));
    EXPECT_EQ(part.first.data(), previous);
    previous = part.first.data() + part.first.size();
  }
  EXPECT_EQ(previous, certificate.der().data() + certificate.der().size());
}

TEST(Certificate, HasNoPartsThatAreAbsent) {
  Draft draft;
  draft.version = {};
  const Certificate certificate = draft.parsed().value();
  EXPECT_TRUE(certificate.parts().version.empty());
  EXPECT_TRUE(certificate.parts().issuer_unique_id.empty());
  EXPECT_TRUE(certificate.parts().subject_unique_id.empty());
  EXPECT_TRUE(certificate.parts().extensions.empty());
}

TEST(Certificate, TellsWhatItsEncodingGetsAwayWith) {
  Draft draft;
  EXPECT_TRUE(draft.parsed()->deviations().empty());
  draft.not_after = der(Tag::generalized_time, "20300101000000Z");
  draft.extensions.push_back(samples::extension(oid::keyUsage, true, from_hex("03020080")));
  const Bytes bytes = draft.encoded();
  const auto parsed = Certificate::parse(bytes, nullptr, 1000);
  ASSERT_TRUE(parsed);
  ASSERT_EQ(parsed->deviations().size(), 2u);
  const Malformed& time = parsed->deviations()[0];
  EXPECT_EQ(time.what, "a GeneralizedTime before 2050");
  EXPECT_EQ(time.section, "RFC 5280, 4.1.2.5");
  EXPECT_EQ(bytes[time.offset - 1000], static_cast<std::uint8_t>(Tag::generalized_time));
  const Malformed& usage = parsed->deviations()[1];
  EXPECT_EQ(usage.what, "zeros at the end of a list of named bits");
  EXPECT_EQ(bytes[usage.offset - 1000], static_cast<std::uint8_t>(Tag::bit_string));
}

TEST(Certificate, TellsItsFieldsInOrderWithoutGaps) {
  const Certificate leaf = samples::certificate("server-rsa");
  FieldTree tree;
  ASSERT_TRUE(Certificate::parse(leaf.der(), &tree, 1000));
  EXPECT_TRUE(tree.complete());
  EXPECT_EQ(tree.fields().front().name, "Certificate");
  EXPECT_EQ(tree.fields().front().begin, 1000u);
  EXPECT_EQ(tree.fields().front().end, 1000 + leaf.der().size());
  EXPECT_EQ(tree.find("notBefore")->text, "2025-01-01 00:00:00 UTC");
  EXPECT_EQ(tree.find("dNSName")->text, "DNS:test");
  EXPECT_EQ(tree.find("KeyUsage")->text, "digitalSignature, keyEncipherment");
  const auto* tbs = tree.find("tbsCertificate");
  EXPECT_EQ(tree.find("signatureAlgorithm")->begin, tbs->end);
}

TEST(Certificate, AcceptsTheDraftThatTheRefusalsSpoil) {
  const auto parsed = Draft().parsed();
  ASSERT_TRUE(parsed) << parsed.error().what;
  EXPECT_TRUE(parsed->serial_is_proper());
}

std::string failure(const Draft& draft) {
  const auto parsed = draft.parsed();
  return parsed ? "" : parsed.error().what;
}

TEST(Certificate, RefusesVersionsThatDoNotExist) {
  Draft draft;
  draft.version = from_hex("a003020100");
  EXPECT_EQ(failure(draft), "a version other than v2 and v3 (v1 is the default)");
  draft.version = from_hex("a003020103");
  EXPECT_EQ(failure(draft), "a version other than v2 and v3 (v1 is the default)");
}

TEST(Certificate, RefusesPartsThatItsVersionDoesNotHave) {
  Draft draft;
  draft.version = {};
  EXPECT_EQ(failure(draft), "");
  draft.extensions.push_back(samples::extension(Oid{1, 2, 3}, false, {}));
  EXPECT_EQ(failure(draft), "extensions before version 3");
  draft.extensions.clear();
  draft.unique_ids = from_hex("81020000");
  EXPECT_EQ(failure(draft), "a unique identifier in version 1");
  draft.version = from_hex("a003020101");
  EXPECT_EQ(failure(draft), "");
}

TEST(Certificate, FlagsSerialNumbersThatAreNotProper) {
  Draft draft;
  for (const char* serial :
       {"020100", "0201ff", "0215010000000000000000000000000000000000000000"}) {
    draft.serial = from_hex(serial);
    const auto parsed = draft.parsed();
    ASSERT_TRUE(parsed) << serial;
    EXPECT_FALSE(parsed->serial_is_proper()) << serial;
  }
  draft.serial = from_hex("02147f00000000000000000000000000000000000000");
  EXPECT_TRUE(draft.parsed()->serial_is_proper());
}

TEST(Certificate, RefusesAnOuterAlgorithmThatDiffersFromTheSignedOne) {
  Draft draft;
  draft.outer_algorithm = samples::sequence({samples::oid(oid::ecdsa_with_SHA384)});
  EXPECT_EQ(failure(draft), "signatureAlgorithm differs from the signed one");
  draft.algorithm = samples::sequence({samples::oid(oid::sha256WithRSAEncryption)});
  draft.outer_algorithm =
      samples::sequence({samples::oid(oid::sha256WithRSAEncryption), from_hex("0500")});
  EXPECT_EQ(failure(draft), "signatureAlgorithm differs from the signed one");
}

TEST(Certificate, RefusesTimesThatAreNotOfRfc5280) {
  Draft draft;
  draft.not_after = der(Tag::generalized_time, "20300101000000Z");
  EXPECT_EQ(failure(draft), "");  // a reader must take both forms
  draft.not_after = der(Tag::generalized_time, "20300101000000.0Z");
  EXPECT_EQ(failure(draft), "not a time with seconds in UTC");
  draft.not_after = der(Tag::utc_time, "3001010000Z");
  EXPECT_EQ(failure(draft), "not a time with seconds in UTC");
}

TEST(Certificate, RefusesAnEmptyIssuer) {
  Draft draft;
  draft.issuer = from_hex("3000");
  EXPECT_EQ(failure(draft), "an empty issuer");
}

// "what (section)" of a draft that is refused at the first byte of `culprit`.
std::string refusal_at(const Draft& draft, const Bytes& culprit) {
  const Bytes bytes = draft.encoded();
  const auto parsed = Certificate::parse(bytes, nullptr, 1000);
  const std::size_t offset = parsed.error().offset - 1000;
  const bool there = wire::equal(View(bytes).subspan(offset, culprit.size()), culprit);
  return parsed.error().what + " (" + std::string(parsed.error().section) + ")" +
         (there ? "" : " at another place");
}

TEST(Certificate, SaysWhereItBreaksWhichRule) {
  Draft draft;
  draft.version = from_hex("a003020103");
  EXPECT_EQ(refusal_at(draft, draft.version),
            "a version other than v2 and v3 (v1 is the default) (RFC 5280, 4.1.2.1)");
  draft = Draft();
  draft.serial = from_hex("02020001");
  EXPECT_EQ(refusal_at(draft, draft.serial), "an INTEGER that is not minimal (X.690, 8.3.2)");
  draft = Draft();
  draft.outer_algorithm = samples::sequence({samples::oid(oid::ecdsa_with_SHA384)});
  EXPECT_EQ(refusal_at(draft, draft.outer_algorithm),
            "signatureAlgorithm differs from the signed one (RFC 5280, 4.1.1.2)");
  draft = Draft();
  draft.not_after = der(Tag::utc_time, "451301000000Z");
  EXPECT_EQ(refusal_at(draft, draft.not_after),
            "not a time with seconds in UTC (RFC 5280, 4.1.2.5)");
  draft = Draft();
  draft.issuer = from_hex("3000");
  EXPECT_EQ(refusal_at(draft, draft.issuer), "an empty issuer (RFC 5280, 4.1.2.4)");
  draft = Draft();
  draft.version = {};
  draft.unique_ids = from_hex("81020000");
  EXPECT_EQ(refusal_at(draft, draft.unique_ids),
            "a unique identifier in version 1 (RFC 5280, 4.1.2.8)");
  draft.unique_ids = {};
  draft.extensions.push_back(samples::extension(Oid{1, 2, 3}, false, {}));
  EXPECT_EQ(refusal_at(draft, from_hex("a30a")), "extensions before version 3 (RFC 5280, 4.1.2.9)");
  draft = Draft();
  draft.signature = from_hex("03020180");
  EXPECT_EQ(refusal_at(draft, draft.signature),
            "a BIT STRING that is not whole bytes (X.690, 8.6.2)");
}

TEST(Certificate, RefusesNulsInNamesOfEitherKind) {
  Draft draft;
  draft.subject = samples::name(std::string_view("good\0.evil", 10));
  EXPECT_EQ(refusal_at(draft, der(Tag::utf8_string, std::string_view("good\0.evil", 10))),
            "a UTF8String with an embedded NUL (RFC 5280, 4.1.2.4)");
  draft = Draft();
  const Bytes alternative = der(context(2), std::string_view("good\0.evil", 10));
  draft.extensions.push_back(samples::alternatives({alternative}));
  EXPECT_EQ(refusal_at(draft, alternative),
            "a name with a byte that is not visible ASCII (RFC 5280, 4.2.1.6)");
}

TEST(Certificate, RefusesTrailingBytes) {
  Bytes bytes = Draft().encoded();
  bytes.push_back(0);
  const auto parsed = Certificate::parse(bytes);
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().offset, bytes.size() - 1);
}

TEST(Certificate, RefusesTheGarbageThatPeersSend) {
  EXPECT_FALSE(Certificate::parse({}));
  EXPECT_FALSE(Certificate::parse(wire::as_bytes("GARBAGE")));
  EXPECT_FALSE(Certificate::parse(Bytes(DerReader::max_size + 1, 0x30)));
}

TEST(ParseCertificates, ReadsChainsAndDer) {
  EXPECT_EQ(samples::chain("server-chain").size(), 2u);
  EXPECT_EQ(parse_certificates(Draft().encoded())->size(), 1u);
}

TEST(ParseCertificates, RefusesFilesWithoutCertificatesAndNamesTheLine) {
  EXPECT_EQ(parse_certificates(samples::file("ca-ec-key.pem")).error().what,
            "holds no certificate");
  const auto bad = parse_certificates(
      wire::as_bytes("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"));
  EXPECT_NE(bad.error().what.find("(certificate at line 1)"), std::string::npos);
}

TEST(Certificate, IsCalledByItsAlternativeNameIfItHasNoSubject) {
  Draft draft;
  draft.subject = from_hex("3000");
  draft.extensions.push_back(samples::alternatives({der(context(2), "test")}));
  EXPECT_EQ(to_string(draft.parsed().value()), "DNS:test");
  EXPECT_EQ(to_string(samples::certificate("server-rsa")), "CN=test");
}

}  // namespace
}  // namespace glasstls::x509
