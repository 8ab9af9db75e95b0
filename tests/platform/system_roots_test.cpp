#include "platform/system_roots.h"

#include <filesystem>
#include <gtest/gtest.h>
#include <stdlib.h>

#include "platform/files.h"
#include "tests/platform/scratch.h"

namespace glasstls::platform {
namespace {

const std::string samples = std::string(GLASSTLS_TEST_DATA) + "/data/x509/";

std::string sample(const std::string& name) {
  return std::string(wire::as_text(read_file(samples + name).bytes()));
}

/// Sets a variable of the environment for one test.
class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) {
    const char* old = getenv(name);
    if (old != nullptr) old_ = old;
    value.empty() ? unsetenv(name) : setenv(name, value.c_str(), 1);
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  ~Variable() { old_.empty() ? unsetenv(name_) : setenv(name_, old_.c_str(), 1); }

 private:
  const char* name_;
  std::string old_;
};

TEST(SystemRoots, ObeySslCertFile) {
  const Variable file("SSL_CERT_FILE", samples + "ca-ec.pem");
  const Variable directory("SSL_CERT_DIR", "");
  const SystemRoots roots = load_system_roots();
  EXPECT_EQ(roots.store.size(), 1u);
  EXPECT_EQ(roots.sources, std::vector<std::string>{samples + "ca-ec.pem"});
  EXPECT_TRUE(roots.skipped.empty());
}

TEST(SystemRoots, ObeySslCertDirWithLinksAndOtherFiles) {
  const ScratchDirectory first;
  const ScratchDirectory second;
  const std::string ec = first.write("ca-ec.pem", sample("ca-ec.pem"));
  std::filesystem::create_symlink("ca-ec.pem", first.path() / "0123abcd.0");
  std::filesystem::create_symlink("gone.pem", first.path() / "4567abcd.0");
  std::filesystem::create_directory(first.path() / "deeper");
  const std::string note = first.write("README", "not a certificate");
  second.write("ca-rsa.pem", sample("ca-rsa.pem"));

  const Variable file("SSL_CERT_FILE", "");
  const Variable directory("SSL_CERT_DIR", first.path().string() + "::" + second.path().string());
  const SystemRoots roots = load_system_roots();
  EXPECT_EQ(roots.store.size(), 2u);
  ASSERT_EQ(roots.skipped.size(), 1u);
  EXPECT_TRUE(roots.skipped[0].starts_with(note + ": ")) << roots.skipped[0];
}

TEST(SystemRoots, ReportMissingPlacesAndMalformedAnchors) {
  const ScratchDirectory scratch;
  const std::string bundle =
      scratch.write("bundle.pem", "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n" +
                                      sample("ca-ec.pem"));
  const SystemRoots roots =
      load_roots({bundle, "/nonexistent/file.pem"}, {"/nonexistent/directory"});
  EXPECT_EQ(roots.store.size(), 1u);
  ASSERT_EQ(roots.skipped.size(), 1u);
  EXPECT_TRUE(roots.skipped[0].starts_with(bundle + ", line 1: ")) << roots.skipped[0];
  EXPECT_EQ(roots.unreadable,
            (std::vector<std::string>{"/nonexistent/file.pem: No such file or directory",
                                      "/nonexistent/directory: No such file or directory"}));
}

TEST(SystemRoots, TellOfASslCertFileThatCannotBeReadThoughADirectoryGivesAnchors) {
  const ScratchDirectory scratch;
  scratch.write("ca-ec.pem", sample("ca-ec.pem"));
  const Variable file("SSL_CERT_FILE", "/nonexistent/file.pem");
  const Variable directory("SSL_CERT_DIR", scratch.path().string());
  const SystemRoots roots = load_system_roots();
  EXPECT_EQ(roots.store.size(), 1u);
  EXPECT_EQ(roots.unreadable,
            std::vector<std::string>{"/nonexistent/file.pem: No such file or directory"});
}

TEST(SystemRoots, ReadAFileOfADirectoryOnceHoweverManyLinksLeadToIt) {
  const ScratchDirectory scratch;
  scratch.write("broken.pem", "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n");
  std::filesystem::create_symlink("broken.pem", scratch.path() / "0123abcd.0");
  std::filesystem::create_symlink("0123abcd.0", scratch.path() / "4567abcd.0");
  const SystemRoots roots = load_roots({}, {scratch.path().string()});
  EXPECT_EQ(roots.skipped.size(), 1u);
}

TEST(SystemRoots, ReadTheStoreOfThisSystem) {
  const Variable file("SSL_CERT_FILE", "");
  const Variable directory("SSL_CERT_DIR", "");
  const SystemRoots roots = load_system_roots();
  if (roots.sources.empty()) GTEST_SKIP() << "no system store: " << roots.unreadable.at(0);
  EXPECT_GT(roots.store.size(), 50u);
  for (const std::string& skipped : roots.skipped) GTEST_LOG_(INFO) << "skipped: " << skipped;
  EXPECT_LT(roots.skipped.size() + roots.store.check_all().size(), roots.store.size() / 10);
}

}  // namespace
}  // namespace glasstls::platform
