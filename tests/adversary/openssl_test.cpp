// The matrix against a real OpenSSL: its answers must be those that docs/faults.md has recorded.
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>

#include "tests/adversary/document.h"
#include "tests/adversary/real_peers.h"

namespace glasstls::adversary {
namespace {

constexpr Patience patience{10'000};  // the machine may be busy

std::string read_document() {
  std::ifstream in(std::string(GLASSTLS_TEST_DATA) + "/../docs/faults.md", std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// "3.0" of "3.0.19".
std::string series(const std::string& version) {
  return version.substr(0, version.find('.', version.find('.') + 1));
}

class OpenSslGetsFaults : public testing::TestWithParam<Side> {};

TEST_P(OpenSslGetsFaults, AndAnswersAsIsRecorded) {
  const RealPeer& openssl = *real_peers().at(0);
  if (!openssl.installed()) GTEST_SKIP() << "openssl is not installed (package openssl)";
  const Document document = parse_document(read_document());
  ASSERT_EQ(document.columns.at(0).name, openssl.name());
  const std::string recorded = series(document.columns[0].version);
  if (series(openssl.version()) != recorded)
    GTEST_SKIP() << "OpenSSL " << openssl.version() << " is here, and " << recorded
                 << " is recorded";
  for (const Fault& fault : catalogue())
    if (fault.side() == GetParam()) {
      EXPECT_EQ(text_of(openssl.play(fault, patience)), document.answer(fault, openssl.name()))
          << fault.name << ": " << fault.title;
    }
}

INSTANTIATE_TEST_SUITE_P(Of, OpenSslGetsFaults, testing::Values(Side::client, Side::server),
                         [](const auto& side) { return std::string(name_of(side.param)); });

}  // namespace
}  // namespace glasstls::adversary
