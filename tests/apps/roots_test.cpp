#include "apps/roots.h"

#include <gmock/gmock.h>
#include <string>
#include <vector>

#include "apps/error.h"

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

}  // namespace
}  // namespace glasstls::apps
