#include "inspect/certificate.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "tests/inspect/certificate_samples.h"

namespace glasstls::inspect {
namespace {

using test::sample_der;
using test::sample_time;
using testing::HasSubstr;

Explanation explained(const std::string& file, x509::Time now = sample_time) {
  return explain_certificate(sample_der(file), now);
}

const Statement& statement(const Explanation& shown, const std::string& path) {
  const auto found = std::find_if(shown.statements.begin(), shown.statements.end(),
                                  [&](const Statement& s) { return s.path == path; });
  if (found == shown.statements.end()) throw std::runtime_error("nothing says " + path);
  return *found;
}

const DerField& field(const Explanation& shown, const std::string& name) {
  const auto found = std::find_if(shown.fields.begin(), shown.fields.end(),
                                  [&](const DerField& f) { return f.name == name; });
  if (found == shown.fields.end()) throw std::runtime_error("no field " + name);
  return *found;
}

/// The own bytes of all fields, one after the other.
Bytes own_bytes(const Explanation& shown) {
  Bytes all;
  for (const DerField& shown_field : shown.fields)
    wire::append(all, View(shown.der).subspan(shown_field.offset, shown_field.own));
  return all;
}

TEST(ExplainCertificate, AccountsForEveryByteOnce) {
  for (const char* file : {"server-rsa.pem", "server-ec256.pem", "server-ed25519.pem",
                           "with-policies.pem", "constrained-ca.pem", "v1.pem", "p521.pem"}) {
    const Explanation shown = explained(file);
    EXPECT_EQ(own_bytes(shown), shown.der) << file;
    EXPECT_FALSE(shown.error) << file;
  }
}

TEST(ExplainCertificate, AccountsForEveryByteOfWhatIsMalformed) {
  const Bytes good = sample_der("server-ec256.pem");
  for (std::size_t i = 0; i < good.size(); i += 3) {
    Bytes bad = good;
    bad[i] ^= 0xff;
    EXPECT_EQ(own_bytes(explain_certificate(bad, sample_time)), bad) << i;
    const Bytes cut(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(i));
    const Explanation shown = explain_certificate(cut, sample_time);
    EXPECT_EQ(own_bytes(shown), cut) << i;
    EXPECT_TRUE(shown.error) << i;
    EXPECT_TRUE(shown.statements.empty()) << i;
  }
}

TEST(ExplainCertificate, TellsWhereEachThingIsWritten) {
  const Explanation shown = explained("server-rsa.pem");
  const Statement& not_after = statement(shown, "validity.notAfter");
  EXPECT_EQ(not_after.value, "2045-01-01 00:00:00 UTC");
  EXPECT_EQ(not_after.range, (ByteRange{84, 15}));
  const View written = View(shown.der).subspan(not_after.range->offset, not_after.range->length);
  EXPECT_EQ(wire::as_text(written.subspan(2)), "450101000000Z");
  const Statement& name = statement(shown, "extensions.subjectAltName.iPAddress");
  EXPECT_EQ(name.value, "127.0.0.1");
  ASSERT_TRUE(name.range);
  EXPECT_EQ(wire::hex(View(shown.der).subspan(name.range->offset, name.range->length)),
            "87047f000001");
}

TEST(ExplainCertificate, ComparesValidityWithNow) {
  const auto at = [](int year) {
    return statement(explained("server-rsa.pem", *x509::time_from(year, 1, 1, 0, 0, 0)), "validity")
        .value;
  };
  EXPECT_EQ(at(2024), "not valid yet: begins in 366 days");
  EXPECT_EQ(at(2025), "valid now, for another 7305 days (about 20 years)");
  EXPECT_EQ(at(2045), "valid now, for another 0 seconds");
  EXPECT_EQ(at(2046), "expired 365 days ago");
}

TEST(ExplainCertificate, NamesTheKeyAndItsParts) {
  const Explanation rsa = explained("server-rsa.pem");
  EXPECT_EQ(statement(rsa, "subjectPublicKeyInfo").value, "RSA 2048");
  EXPECT_EQ(statement(rsa, "subjectPublicKeyInfo.publicExponent").value, "65537");
  EXPECT_EQ(statement(explained("server-ec384.pem"), "subjectPublicKeyInfo").value, "P-384");
  EXPECT_THAT(statement(explained("rsa-1024.pem"), "subjectPublicKeyInfo").meaning,
              HasSubstr("2048 bits are too weak"));
}

TEST(ExplainCertificate, PutsTypedValuesInWords) {
  const Explanation leaf = explained("server-rsa.pem");
  EXPECT_EQ(statement(leaf, "extensions.basicConstraints").value, "critical");
  EXPECT_EQ(statement(leaf, "extensions.basicConstraints.cA").value, "FALSE");
  EXPECT_THAT(statement(leaf, "extensions.keyUsage.digitalSignature").meaning,
              HasSubstr("signs handshakes"));
  EXPECT_EQ(statement(leaf, "extensions.extKeyUsage.id-kp-serverAuth").meaning,
            "a TLS server may show it");
  EXPECT_THAT(statement(explained("with-policies.pem"), "extensions.certificatePolicies").section,
              HasSubstr("4.2.1.4"));
  const Explanation constrained = explained("constrained-ca.pem");
  EXPECT_EQ(statement(constrained, "extensions.basicConstraints.cA").value, "TRUE");
  EXPECT_THAT(statement(constrained, "extensions.nameConstraints.permitted").value,
              HasSubstr("DNS:"));
}

TEST(ExplainCertificate, GivesTheFingerprintsThatOthersSee) {
  const Explanation shown = explained("server-rsa.pem");
  EXPECT_EQ(statement(shown, "fingerprints.certificate").value,
            "6b298c8b48a98ce7221fb363f60016e708e59394ced67086deb11cb44ee63b67");
  EXPECT_EQ(statement(shown, "fingerprints.public key").value,
            "c0ee16d8209ad68f0343a62582fb1e7fdf37ab03175436a672a4657566fba715");
}

TEST(ExplainCertificate, NamesAnUnknownExtensionAndShowsItsBytes) {
  const Explanation shown = explained("unknown-critical.pem");
  const auto unknown = std::find_if(
      shown.statements.begin(), shown.statements.end(),
      [](const Statement& s) { return s.meaning == "not known to GlassTLS: kept as bytes"; });
  ASSERT_NE(unknown, shown.statements.end());
  EXPECT_EQ(unknown->value, "critical");
  EXPECT_EQ((unknown + 1)->name, "extnValue");
}

TEST(ExplainCertificate, GivesAFieldTheWordsOfItsStatement) {
  const Explanation shown = explained("server-rsa.pem");
  EXPECT_EQ(field(shown, "notBefore").value, "2025-01-01 00:00:00 UTC");
  EXPECT_EQ(field(shown, "serialNumber").value, "0x1002 = 4098");
  EXPECT_EQ(field(shown, "serialNumber").offset, 13U);
  EXPECT_EQ(field(shown, "serialNumber").length, 4U);
}

TEST(ExplainCertificate, SaysOfTrailingBytesWhereTheyAre) {
  Bytes longer = sample_der("server-ec256.pem");
  const std::size_t size = longer.size();
  longer.push_back(0x00);
  const Explanation shown = explain_certificate(longer, sample_time);
  ASSERT_TRUE(shown.error);
  EXPECT_EQ(shown.error->offset, size);
  EXPECT_EQ(shown.fields.back().name, "(not read)");
  EXPECT_EQ(shown.fields.back().offset, size);
}

std::vector<std::string> remarks(const std::string& file) {
  std::vector<std::string> texts;
  for (const Remark& remark : explained(file).remarks) texts.push_back(remark.text);
  return texts;
}

TEST(ExplainCertificate, RemarksOnDeviations) {
  EXPECT_THAT(remarks("server-rsa.pem"), testing::IsEmpty());
  EXPECT_THAT(remarks("expired.pem"), testing::Contains("expired"));
  EXPECT_THAT(remarks("not-yet-valid.pem"), testing::Contains("not valid yet"));
  EXPECT_THAT(remarks("v1.pem"), testing::Contains("not version 3: refused"));
  EXPECT_THAT(remarks("rsa-1024.pem"), testing::Contains(HasSubstr("2048 bits are too weak")));
  EXPECT_THAT(remarks("sha1-signed.pem"), testing::Contains(HasSubstr("its signature is refused")));
  EXPECT_THAT(remarks("unknown-critical.pem"),
              testing::Contains(HasSubstr("is not understood here")));
  EXPECT_THAT(remarks("cn-only.pem"), testing::Contains(HasSubstr("no subjectAltName")));
}

TEST(ExplainAny, RecognisesACertificate) {
  EXPECT_EQ(explain_any(sample_der("server-ec256.pem"), sample_time).kind, ObjectKind::certificate);
}

TEST(ExplainAny, TakesTheKindThatCanBeReadFurthest) {
  Bytes damaged = sample_der("server-ec256.pem");
  damaged[82] = 'x';  // in notAfter
  const Explanation shown = explain_any(damaged, sample_time);
  EXPECT_EQ(shown.kind, ObjectKind::certificate);
  EXPECT_TRUE(shown.error);
}

TEST(SpanText, ChoosesTheUnitThatTellsMost) {
  EXPECT_EQ(span_text(1), "1 second");
  EXPECT_EQ(span_text(-119), "119 seconds");
  EXPECT_EQ(span_text(120), "2 minutes");
  EXPECT_EQ(span_text(7200), "2 hours");
  EXPECT_EQ(span_text(48 * 3600), "2 days");
  EXPECT_EQ(span_text(std::int64_t{4102} * 86'400), "4102 days (about 11 years)");
}

}  // namespace
}  // namespace glasstls::inspect
