#include "apps/cert/input_files.h"

#include <cstdlib>
#include <gmock/gmock.h>
#include <string>

#include "tests/apps/cert/scratch.h"

namespace glasstls::apps {
namespace {

using testing::HasSubstr;

TEST(InputFiles, HoldCertificatesAndKeys) {
  EXPECT_EQ(read_certificates(certificate_file("server-chain.pem")).size(), 2U);
  EXPECT_EQ(read_private_key(certificate_file("server-rsa-key.pem"), "").public_key().bits(),
            2048U);
}

TEST(InputFiles, RefuseWhatIsMissingOrEmpty) {
  const Scratch scratch;
  const std::string missing = scratch.file("missing.pem");
  const std::string empty = scratch.write("empty.pem", "");
  const std::string no_file = missing + ": No such file or directory";
  EXPECT_EQ(refusal([&] { read_certificates(missing); }), no_file);
  EXPECT_EQ(refusal([&] { static_cast<void>(read_request(missing)); }), no_file);
  EXPECT_EQ(refusal([&] { static_cast<void>(read_private_key(missing, "")); }), no_file);
  EXPECT_EQ(refusal([&] { read_certificates(empty); }), empty + " is empty");
  EXPECT_EQ(refusal([&] { static_cast<void>(read_private_key(empty, "")); }), empty + " is empty");
  EXPECT_THAT(refusal([&] { static_cast<void>(read_private_key(scratch.path(), "")); }),
              HasSubstr("Is a directory"));
}

TEST(InputFiles, NameTheFileThePlaceAndTheRule) {
  const Scratch scratch;
  const std::string file = scratch.write("bad.der", std::string("\x30\x80\x00\x00", 4));
  const std::string text = refusal([&] { read_certificates(file); });
  EXPECT_THAT(text, HasSubstr(file));
  EXPECT_THAT(text, HasSubstr("byte 1; X.690"));
}

TEST(InputFiles, RefuseOneKindForAnother) {
  EXPECT_THAT(refusal([] { read_certificates(certificate_file("server-rsa-key.pem")); }),
              HasSubstr("server-rsa-key.pem"));
  EXPECT_THAT(
      refusal([] { static_cast<void>(read_private_key(certificate_file("ca-ec.pem"), "")); }),
      HasSubstr("ca-ec.pem"));
  EXPECT_THAT(refusal([] { static_cast<void>(read_request(certificate_file("ca-ec.pem"))); }),
              HasSubstr("ca-ec.pem"));
}

/// A key that openssl encrypted, and its passphrase.
class EncryptedKey : public testing::Test {
 protected:
  void SetUp() override { ::unsetenv("GLASSTLS_PASSPHRASE"); }
  void TearDown() override { ::unsetenv("GLASSTLS_PASSPHRASE"); }

  static std::string attempt(const std::string& passphrase_file) {
    return refusal([&] {
      static_cast<void>(read_private_key(certificate_file("encrypted-key.pem"), passphrase_file));
    });
  }

  Scratch scratch_;
};

TEST_F(EncryptedKey, NeedsAPassphraseAndSaysHowToGiveIt) {
  EXPECT_EQ(attempt(""), certificate_file("encrypted-key.pem") +
                             " is encrypted: give --passphrase-file FILE, or set "
                             "GLASSTLS_PASSPHRASE");
}

TEST_F(EncryptedKey, OpensWithTheFirstLineOfAFile) {
  EXPECT_EQ(attempt(scratch_.write("p", "secret\nanother line\n")), "accepted");
  EXPECT_EQ(attempt(scratch_.write("p", "secret\r\n")), "accepted");
  EXPECT_EQ(attempt(scratch_.write("p", "secret")), "accepted");
}

TEST_F(EncryptedKey, OpensWithTheEnvironment) {
  ::setenv("GLASSTLS_PASSPHRASE", "secret", 1);
  EXPECT_EQ(attempt(""), "accepted");
}

TEST_F(EncryptedKey, IsRefusedWithAnotherPassphraseAndTheFileGoesFirst) {
  ::setenv("GLASSTLS_PASSPHRASE", "secret", 1);
  EXPECT_THAT(attempt(scratch_.write("p", "wrong\n")), HasSubstr("encrypted-key.pem: "));
}

TEST_F(EncryptedKey, LeavesThePassphraseAloneWhereItIsNotNeeded) {
  EXPECT_EQ(refusal([&] {
              static_cast<void>(read_private_key(certificate_file("server-rsa-key.pem"),
                                                 scratch_.file("missing")));
            }),
            "accepted");
}

}  // namespace
}  // namespace glasstls::apps
