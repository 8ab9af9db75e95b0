// Headless Chromium takes the lab's certificates, once the lab's root is in the user's database of
// certificates, and not before. Nothing is switched off: it is the verifier that people use.
#include <gtest/gtest.h>
#include <ostream>
#include <stdexcept>
#include <string>

#include "tests/interop/peers.h"

namespace glasstls::test {
namespace {

/// A line of s_server's page.
constexpr const char* page_mark = "Ciphers supported in s_server binary";
// net_error of Chromium's log: ERR_CERT_AUTHORITY_INVALID and ERR_CERT_COMMON_NAME_INVALID.
constexpr const char* unknown_authority = "net_error -202";
constexpr const char* wrong_name = "net_error -200";

struct Visit {
  std::string page, log;

  bool shows_the_page() const { return page.find(page_mark) != std::string::npos; }
  bool logs(const char* error) const { return log.find(error) != std::string::npos; }
};
void PrintTo(const Visit& visit, std::ostream* out) { *out << visit.page << "\n" << visit.log; }

/// A user who is new to this machine, but for what he was told to trust.
class User {
 public:
  /// std::runtime_error if certutil fails.
  void trust(const std::string& root) {
    const std::string database = home_.file(".pki/nssdb");
    run({"mkdir", "-p", database});
    run({"certutil", "-d", "sql:" + database, "-N", "--empty-password"});
    run({"certutil", "-d", "sql:" + database, "-A", "-t", "C,,", "-n", "lab", "-i", root});
  }

  /// What Chromium shows, and what it logs.
  Visit browse(const std::string& url) const {
    // Names are looked up nowhere: each stands for this machine.
    Process browser({"env", "HOME=" + home_.path(), "XDG_CONFIG_HOME=" + home_.file("config"),
                     "XDG_CACHE_HOME=" + home_.file("cache"), "chromium", "--headless",
                     "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                     "--disable-background-networking", "--disable-component-update",
                     "--host-resolver-rules=MAP * 127.0.0.1", "--enable-logging=stderr",
                     "--user-data-dir=" + home_.file("profile"), "--dump-dom", url});
    browser.end_input();
    browser.wait();
    return {browser.output(), browser.error()};
  }

 private:
  static void run(Words command) {
    Process process(std::move(command));
    process.end_input();
    if (process.wait() != 0) throw std::runtime_error(process.describe());
  }

  TemporaryFolder home_;
};

struct Lab {
  std::string name;
  Words options;
};
void PrintTo(const Lab& lab, std::ostream* out) { *out << lab.name; }

class Chromium : public testing::TestWithParam<Lab> {
 protected:
  void SetUp() override {
    GLASSTLS_NEEDS("openssl", "openssl");
    GLASSTLS_NEEDS("certutil", "libnss3-tools");
    GLASSTLS_NEEDS("chromium", "chromium");
    if (find_program("chromium").starts_with("/snap/"))
      GTEST_SKIP() << "chromium is a snap here, and sees no home but the user's own";
    Words arguments = {"cert", "lab", lab_.path()};
    arguments.insert(arguments.end(), GetParam().options.begin(), GetParam().options.end());
    const Client made = run_glasstls(arguments);
    ASSERT_EQ(made.exit_code, 0) << made.all;
    server_ = page_server({lab_.file("server-cert.pem"), lab_.file("server-key.pem")},
                          {"-tls1_2", "-cert_chain", lab_.file("server-chain.pem")});
  }

  std::string root() const { return lab_.file("ca-cert.pem"); }
  std::string url(const std::string& host) const {
    return "https://" + host + ":" + std::to_string(server_.port) + "/";
  }

 private:
  TemporaryFolder lab_;
  Server server_;
};

TEST_P(Chromium, ShowsThePageToWhoTrustsTheRoot) {
  User user;
  user.trust(root());
  for (const char* host : {"localhost", "127.0.0.1", "test"}) {
    const Visit visit = user.browse(url(host));
    EXPECT_TRUE(visit.shows_the_page()) << testing::PrintToString(visit);
  }
}

TEST_P(Chromium, RefusesThePageToWhoDoesNot) {
  const Visit visit = User().browse(url("localhost"));
  EXPECT_FALSE(visit.shows_the_page()) << testing::PrintToString(visit);
  EXPECT_TRUE(visit.logs(unknown_authority)) << testing::PrintToString(visit);
}

TEST_P(Chromium, RefusesThePageUnderAnotherName) {
  User user;
  user.trust(root());
  const Visit visit = user.browse(url("other.example"));
  EXPECT_FALSE(visit.shows_the_page()) << testing::PrintToString(visit);
  EXPECT_TRUE(visit.logs(wrong_name)) << testing::PrintToString(visit);
}

INSTANTIATE_TEST_SUITE_P(Lab, Chromium,
                         testing::Values(Lab{"rsa", {"--key", "rsa"}}, Lab{"ec", {"--key", "ec"}},
                                         Lab{"intermediate", {"--key", "ec", "--intermediate"}}),
                         [](const auto& lab) { return lab.param.name; });

}  // namespace
}  // namespace glasstls::test
