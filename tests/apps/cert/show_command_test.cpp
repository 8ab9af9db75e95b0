#include "apps/cert/show_command.h"

#include <filesystem>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/apps/cert/run_program.h"
#include "tests/apps/cert/scratch.h"
#include "tests/support/data_files.h"
#include "x509/pem.h"

namespace glasstls::apps {
namespace {

using test::read_data;

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

Bytes der_of(const std::string& file) {
  return x509::parse_pem(read_data("data/x509/" + file)).blocks.at(0).der;
}

std::string as_string(const Bytes& bytes) { return std::string(wire::as_text(bytes)); }

TEST(Show, ExplainsEveryCertificateOfAFile) {
  const Outcome shown = run_cert({"show", certificate_file("server-chain.pem")});
  EXPECT_EQ(shown.code, 0) << shown.error;
  EXPECT_EQ(shown.error, "");
  EXPECT_THAT(shown.output, AllOf(StartsWith("certificate CN=test"),
                                  HasSubstr("server-chain.pem, certificate 1 (line 1)"),
                                  HasSubstr("server-chain.pem, certificate 2 (line ")));
}

TEST(Show, ReadsDerToo) {
  const Scratch file_folder;
  const std::string file = file_folder.write("file.pem", as_string(der_of("server-ec256.pem")));
  const Outcome shown = run_cert({"show", file});
  EXPECT_EQ(shown.code, 0) << shown.error;
  EXPECT_THAT(shown.output, StartsWith("certificate CN=test"));
}

TEST(Show, ShowsTheBytesIfAsked) {
  const Outcome shown = run_cert({"show", "--bytes", certificate_file("server-ec256.pem")});
  EXPECT_EQ(shown.code, 0);
  EXPECT_THAT(shown.output, HasSubstr("30 82 01 ca"));
}

TEST(Show, PrintsOneJsonDocument) {
  const Outcome shown = run_cert({"show", "--json", certificate_file("server-chain.pem")});
  EXPECT_EQ(shown.code, 0);
  const auto json = nlohmann::json::parse(shown.output);
  EXPECT_EQ(json["schema"], 1);
  EXPECT_EQ(json["objects"].size(), 2U);
}

TEST(Show, RefusesAFileThatIsMissing) {
  const Outcome shown = run_cert({"show", "no-such-file.pem"});
  EXPECT_EQ(shown.code, 2);
  EXPECT_EQ(shown.output, "");
  EXPECT_EQ(shown.error,
            "no-such-file.pem: no such file (a server is given with its port, as HOST:PORT)");
  EXPECT_EQ(run_cert({"show", "./no-such-file.pem"}).error,
            "./no-such-file.pem: No such file or directory");
}

TEST(Show, RefusesAFileThatHoldsNothingToShow) {
  const Scratch text_folder;
  const std::string text = text_folder.write("text.pem", "hello\n");
  const Outcome shown = run_cert({"show", text});
  EXPECT_EQ(shown.code, 2);
  EXPECT_EQ(shown.error, text +
                             " holds no certificate, request or revocation list "
                             "(expected PEM or DER)");
}

TEST(Show, ShowsNoPrivateKey) {
  const Outcome shown = run_cert({"show", certificate_file("server-rsa-key.pem")});
  EXPECT_EQ(shown.code, 2);
  EXPECT_EQ(shown.output, "");
  EXPECT_THAT(shown.error, HasSubstr("block 1 (line 1) is a PRIVATE KEY: not shown"));
}

TEST(Show, TellsATruncatedPemByItsLine) {
  const std::string whole = read_data("data/x509/server-rsa.pem");
  const Scratch cut_folder;
  const std::string cut = cut_folder.write("cut.pem", whole.substr(0, whole.size() / 2));
  const Outcome shown = run_cert({"show", cut});
  EXPECT_EQ(shown.code, 2);
  EXPECT_EQ(shown.error, "glasstls: " + cut + ": line 1: BEGIN without END (RFC 7468, 2)\n");
}

TEST(Show, ExplainsUpToTheBadByteAndSaysWhere) {
  Bytes bad = der_of("server-ec256.pem");
  bad[82] = 'x';  // in notAfter
  const Scratch file_folder;
  const std::string file = file_folder.write("file.pem", x509::to_pem("CERTIFICATE", bad));
  const Outcome shown = run_cert({"show", file});
  EXPECT_EQ(shown.code, 2);
  EXPECT_THAT(shown.output, HasSubstr("notBefore  2025-01-01 00:00:00 UTC"));
  EXPECT_EQ(shown.error, "glasstls: " + file +
                             ", certificate 1 (line 1): malformed at byte 80: not a time with "
                             "seconds in UTC (RFC 5280, 4.1.2.5)\n");
}

TEST(Show, ShowsTheGoodBesideTheMalformed) {
  const Scratch file_folder;
  const std::string file =
      file_folder.write("file.pem", x509::to_pem("CERTIFICATE", Bytes{0x30, 0x00}) +
                                        read_data("data/x509/server-rsa.pem"));
  const Outcome shown = run_cert({"show", file});
  EXPECT_EQ(shown.code, 2);
  EXPECT_THAT(shown.output, HasSubstr("certificate CN=test"));
  EXPECT_THAT(shown.error, HasSubstr("certificate 1 (line 1): malformed at byte 2"));
}

TEST(Show, TakesANameForServersOnly) {
  EXPECT_EQ(run_cert({"show", "--name", "x", certificate_file("server-rsa.pem")}).code, 2);
}

TEST(Show, SaysThatAServerCannotBeReached) {
  const Outcome shown = run_cert({"show", "127.0.0.1:1"});
  EXPECT_EQ(shown.code, 3);
  EXPECT_THAT(shown.error, HasSubstr("no connection to 127.0.0.1 port 1"));
}

TEST(Show, PrefersAnExistingFileToAServerOfThatName) {
  const Scratch folder;
  const std::filesystem::path before = std::filesystem::current_path();
  folder.write("localhost:1", read_data("data/x509/server-rsa.pem"));
  std::filesystem::current_path(folder.path());
  const Outcome shown = run_cert({"show", "localhost:1"});
  std::filesystem::current_path(before);
  EXPECT_EQ(shown.code, 0) << shown.error;
  EXPECT_THAT(shown.output, Not(HasSubstr("certificate 1 of")));
}

}  // namespace
}  // namespace glasstls::apps
