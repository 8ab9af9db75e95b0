#include "x509/pem.h"

#include <gtest/gtest.h>

#include "tests/x509/samples.h"

namespace glasstls::x509 {
namespace {

TEST(Pem, ReadsBlocksBetweenOtherText) {
  const PemText text = parse_pem(
      "subject=CN = test\r\n"
      "-----BEGIN CERTIFICATE-----\r\n"
      "AAEC\r\nAwQ=\r\n"
      "-----END CERTIFICATE-----\r\n"
      "and\n"
      "-----BEGIN PRIVATE KEY-----\n/+8=\n-----END PRIVATE KEY-----");
  EXPECT_TRUE(text.faults.empty());
  ASSERT_EQ(text.blocks.size(), 2u);
  EXPECT_EQ(text.blocks[0].label, "CERTIFICATE");
  EXPECT_EQ(wire::hex(text.blocks[0].der), "0001020304");
  EXPECT_EQ(text.blocks[0].line, 2u);
  EXPECT_EQ(text.blocks[1].label, "PRIVATE KEY");
  EXPECT_EQ(wire::hex(text.blocks[1].der), "ffef");
}

TEST(Pem, NamesTheLineOfBadBase64AndGoesOn) {
  const PemText text = parse_pem(
      "-----BEGIN A-----\nAAAA\nA*AA\n-----END A-----\n"
      "-----BEGIN B-----\nAAAA\n-----END B-----\n");
  ASSERT_EQ(text.faults.size(), 1u);
  EXPECT_EQ(text.faults[0].what, "line 3: not base64");
  EXPECT_EQ(text.faults[0].offset, 23u);
  ASSERT_EQ(text.blocks.size(), 1u);
  EXPECT_EQ(text.blocks[0].label, "B");
}

TEST(Pem, ReportsABeginWithoutEnd) {
  const PemText text = parse_pem(
      "-----BEGIN A-----\nAAAA\n-----BEGIN B-----\nAAAA\n-----END B-----\n"
      "-----BEGIN C-----\nAAAA\n");
  ASSERT_EQ(text.faults.size(), 2u);
  EXPECT_EQ(text.faults[0].what, "line 1: BEGIN without END");
  EXPECT_EQ(text.faults[1].what, "line 6: BEGIN without END");
  ASSERT_EQ(text.blocks.size(), 1u);
  EXPECT_EQ(text.blocks[0].label, "B");
}

/// Takes minutes if each block is looked for to the end of the text.
TEST(Pem, LooksAtEachByteOnceThoughNoBlockEnds) {
  std::string text;
  constexpr std::size_t count = 100'000;
  for (std::size_t i = 0; i < count; ++i) text += "-----BEGIN A-----\n";
  EXPECT_EQ(parse_pem(text).faults.size(), count);
}

TEST(Pem, ReportsAnEndOfAnotherLabel) {
  const PemText text = parse_pem("-----BEGIN A-----\nAAAA\n-----END B-----\n");
  EXPECT_TRUE(text.blocks.empty());
  ASSERT_EQ(text.faults.size(), 1u);
  EXPECT_EQ(text.faults[0].what, "line 3: END of another label than BEGIN");
}

TEST(Pem, KnowsEncryptedKeysOfTheOldForm) {
  const PemText text = parse_pem(
      "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n"
      "AAAA\n-----END EC PRIVATE KEY-----\n");
  ASSERT_EQ(text.blocks.size(), 1u);
  EXPECT_TRUE(text.blocks[0].encrypted);
  EXPECT_TRUE(text.blocks[0].der.empty());
}

TEST(Pem, SkipsHeadersThatAreNotOfEncryption) {
  for (const char* headers :
       {"Comment: mine\n\n", "Proc-Type: 4,MIC-ONLY\nContent-Domain: RFC822\n\n",
        "X-Note: one\n  and more\n\n", "Proc-Type: 5,ENCRYPTED\n", "Proc-Type-Of: 4,ENCRYPTED\n"}) {
    const PemText text =
        parse_pem("-----BEGIN A-----\n" + std::string(headers) + "AAEC\n-----END A-----\n");
    ASSERT_EQ(text.blocks.size(), 1u) << headers;
    EXPECT_FALSE(text.blocks[0].encrypted) << headers;
    EXPECT_EQ(wire::hex(text.blocks[0].der), "000102") << headers;
  }
}

TEST(Pem, TakesNoHeaderBehindTheBase64OrAnEmptyLine) {
  for (const char* body : {"AAEC\nProc-Type: 4,ENCRYPTED\n", "A: b\n\nProc-Type: 4,ENCRYPTED\n"}) {
    const PemText text = parse_pem("-----BEGIN A-----\n" + std::string(body) + "-----END A-----\n");
    EXPECT_TRUE(text.blocks.empty()) << body;
    ASSERT_EQ(text.faults.size(), 1u) << body;
    EXPECT_NE(text.faults[0].what.find("not base64"), std::string::npos) << body;
  }
}

TEST(Pem, SurvivesTheRoundTripForEveryLength) {
  Bytes bytes;
  for (std::size_t size = 0; size < 200; ++size) {
    const PemText text = parse_pem(to_pem("X", bytes));
    ASSERT_EQ(text.blocks.size(), 1u);
    EXPECT_EQ(text.blocks[0].der, bytes);
    EXPECT_EQ(base64_decode(base64_encode(bytes)), bytes);
    bytes.push_back(static_cast<std::uint8_t>(size * 37 + 11));
  }
}

TEST(Base64, MatchesRfc4648Vectors) {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& vector : vectors) {
    EXPECT_EQ(base64_encode(wire::as_bytes(vector.first)), vector.second);
    EXPECT_EQ(base64_decode(vector.second), wire::copy(wire::as_bytes(vector.first)));
  }
}

TEST(Base64, RefusesEverythingElse) {
  for (const char* text : {"Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "=",
                           "====", "Zg==Zg==", "Z=g=", "Zm9v\n", "Zm 9v", "Zm9-"}) {
    EXPECT_FALSE(base64_decode(text)) << text;
  }
}

}  // namespace
}  // namespace glasstls::x509
