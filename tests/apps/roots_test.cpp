#include "apps/roots.h"

#include <gmock/gmock.h>
#include <string>
#include <vector>

#include "apps/error.h"
#include "platform/files.h"
#include "tests/platform/scratch.h"
#include "x509/certificate.h"
#include "x509/pem.h"

namespace glasstls::apps {
namespace {

using testing::HasSubstr;

std::string certificate_file(const std::string& name) {
  return std::string(GLASSTLS_TEST_DATA) + "/data/x509/" + name;
}

std::string refusal(const std::vector<std::string>& files) {
  try {
    static_cast<void>(load_roots(files));
    return "accepted";
  } catch (const CommandError& error) {
    EXPECT_EQ(error.code, ExitCode::usage);
    return error.what();
  }
}

TEST(Roots, ComeFromTheFilesGiven) {
  const auto one = load_roots({certificate_file("ca-rsa.pem")});
  EXPECT_FALSE(one->empty());
  const auto two = load_roots({certificate_file("ca-rsa.pem"), certificate_file("ca-ec.pem")});
  EXPECT_FALSE(two->empty());
}

TEST(Roots, RefuseAFileThatIsMissing) {
  EXPECT_THAT(refusal({certificate_file("missing.pem")}), HasSubstr("missing.pem"));
}

TEST(Roots, RefuseAFileWithoutACertificate) {
  EXPECT_THAT(refusal({certificate_file("server-rsa-key.pem")}), HasSubstr("no certificate"));
  EXPECT_THAT(refusal({certificate_file("make.sh")}), HasSubstr("no certificate"));
}

TEST(Roots, RefuseABadFileBesideAGoodOne) {
  EXPECT_THAT(refusal({certificate_file("ca-rsa.pem"), certificate_file("make.sh")}),
              HasSubstr("make.sh"));
}

TEST(Roots, ComeFromAFolderToo) {
  const auto roots = load_roots({certificate_file("")});
  EXPECT_GT(roots->size(), 10u);
}

TEST(Roots, RefuseAFileWhoseOnlyCertificateTurnsOutToBeMalformed) {
  // The fault lies behind the subject, where adding does not look.
  const auto anchor =
      x509::parse_certificates(platform::read_file(certificate_file("ca-ec.pem")).bytes())
          .value()[0];
  Bytes der = wire::copy(anchor.der());
  der[static_cast<std::size_t>(anchor.spki().data() - anchor.der().data())] = 0x31;
  const platform::ScratchDirectory scratch;
  const std::string file = scratch.write("spki.pem", x509::to_pem("CERTIFICATE", der));

  testing::internal::CaptureStderr();
  EXPECT_THAT(refusal({file}), HasSubstr("holds no certificate that can be used"));
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("spki.pem, line 1: "));
}

}  // namespace
}  // namespace glasstls::apps
