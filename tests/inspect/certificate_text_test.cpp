#include "inspect/certificate_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>
#include <string>

#include "inspect/printable.h"
#include "tests/inspect/certificate_samples.h"

namespace glasstls::inspect {
namespace {

using test::sample_der;
using test::sample_time;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

Explanation explained(const std::string& file) {
  return explain_certificate(sample_der(file), sample_time);
}

void expect_to_fit(const std::string& text, std::size_t width) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(columns(line), width) << line;
    EXPECT_TRUE(line.empty() || line.back() != ' ') << "'" << line << "'";
  }
}

TEST(CertificateText, IsTheGoldenOne) {
  EXPECT_EQ(test::compare_with_golden("data/inspect/server_rsa.txt",
                                      to_text(explained("server-rsa.pem"))),
            "");
  EXPECT_EQ(test::compare_with_golden("data/inspect/constrained_ca.txt",
                                      to_text(explained("constrained-ca.pem"))),
            "");
}

TEST(CertificateText, ShowsBytesAsTheGoldenOne) {
  CertificateTextOptions options;
  options.bytes = true;
  EXPECT_EQ(test::compare_with_golden("data/inspect/server_ec256_bytes.txt",
                                      to_text(explained("server-ec256.pem"), options)),
            "");
}

TEST(CertificateText, FitsTheTerminal) {
  for (const std::size_t width : {60U, 80U, 120U}) {
    CertificateTextOptions options;
    options.width = width;
    expect_to_fit(to_text(explained("with-policies.pem"), options), width);
    options.bytes = true;
    expect_to_fit(to_text(explained("server-rsa.pem"), options), width);
  }
}

TEST(CertificateText, PaintsOnlyIfAsked) {
  CertificateTextOptions options;
  EXPECT_THAT(to_text(explained("server-rsa.pem"), options), Not(HasSubstr("\x1b")));
  options.color = true;
  EXPECT_THAT(to_text(explained("server-rsa.pem"), options), HasSubstr("\x1b[1m"));
}

TEST(CertificateText, ShowsNoByteOfAStrangerThatSteersATerminal) {
  Explanation shown;
  shown.title = "CN=\x1b[2J";
  shown.source = "\x1b]0;owned\x07";
  shown.statements.push_back({"a", "\x1b[1m", 0, "\xc2\x9b", "\x7f", "\x1b", {}});
  shown.remarks.push_back({"\x1b", "\x1b", {}});
  const std::string text = to_text(shown);
  for (const char* bad : {"\x1b", "\x07", "\xc2\x9b", "\x7f"})
    EXPECT_THAT(text, Not(HasSubstr(bad)));
}

TEST(CertificateText, ShowsAMalformedOneUpToTheBadByte) {
  Bytes bad = sample_der("server-ec256.pem");
  bad[82] = 'x';  // in notAfter
  const std::string text = to_text(explain_certificate(bad, sample_time));
  EXPECT_THAT(text, HasSubstr("notBefore  2025-01-01 00:00:00 UTC"));
  EXPECT_THAT(text, HasSubstr("(not read)"));
  EXPECT_THAT(text, EndsWith("malformed  at byte 80: not a time with seconds in UTC (RFC 5280, "
                             "4.1.2.5)\n"));
}

}  // namespace
}  // namespace glasstls::inspect
