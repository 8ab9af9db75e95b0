// A second opinion: tshark reads a capture of a handshake, and decrypts it with our key log.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <gtest/gtest.h>
#include <memory>
#include <string>

#include "tests/interop/peers.h"

namespace glasstls::test {
namespace {

constexpr const char* question = "do i connect with server ?";
constexpr const char* answer = "yes , you have client_socketect with server.";

class Capture : public testing::Test {
 protected:
  /// A capture of one port of the loopback interface. False if this user may not capture.
  bool start_capture(std::uint16_t port) {
    port_ = std::to_string(port);
    dumpcap_ = std::make_unique<Process>(Words{"dumpcap", "-q", "-i", "lo", "-f",
                                               "tcp port " + port_, "-w", folder_.file("capture")});
    return dumpcap_->wait_for("File: ");
  }

  std::string tshark(const Words& options) {
    Words command = {"tshark",
                     "-r",
                     folder_.file("capture"),
                     "-o",
                     "tls.keylog_file:" + key_log(),
                     "-d",
                     "tcp.port==" + port_ + ",tls"};
    command.insert(command.end(), options.begin(), options.end());
    Process process(command);
    process.wait();
    return process.output();
  }

  /// The kernel hands packets over late: they are there when the connection's last one is.
  bool end_capture() {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (tshark({"-Y", "tcp.flags.fin == 1"}).empty())
      if (std::chrono::steady_clock::now() > deadline) return false;
    return dumpcap_->stop(SIGINT) == 0;
  }

  std::string key_log() const { return folder_.file("keys"); }
  std::string capture_refusal() const { return dumpcap_->error(); }

 private:
  TemporaryFolder folder_;
  std::string port_;
  std::unique_ptr<Process> dumpcap_;
};

class TsharkReads : public Capture, public testing::WithParamInterface<std::string> {};

TEST_P(TsharkReads, AndDecryptsOurConnection) {
  GLASSTLS_NEEDS("python3", "python3");
  GLASSTLS_NEEDS("tshark", "tshark");
  GLASSTLS_NEEDS("dumpcap", "wireshark-common");
  const Identity identity = rsa_identity();
  const Server server =
      python_server("python_server.py", {identity.certificate, identity.key, "unwrap"});
  if (!start_capture(server.port))
    GTEST_SKIP() << "dumpcap cannot capture on lo: " << capture_refusal();

  Words options = {"--send",   question,  "--linger", "60",
                   "--keylog", key_log(), "--suites", GetParam()};
  const Client client = run_client(server.port, options);
  ASSERT_EQ(client.exit_code, 0) << client.all;
  ASSERT_EQ(client.output, answer);
  ASSERT_TRUE(end_capture());

  const std::string details = tshark({"-V"});
  EXPECT_EQ(details.find("Malformed"), std::string::npos) << details;
  EXPECT_EQ(details.find("Reassembly error"), std::string::npos) << details;
  EXPECT_NE(details.find("Cipher Suite: " + GetParam()), std::string::npos) << details;
  const std::string follow = tshark({"-q", "-z", "follow,tls,ascii,0"});
  EXPECT_NE(follow.find(question), std::string::npos) << follow;
  EXPECT_NE(follow.find(answer), std::string::npos) << follow;
  // Both sides' Finished are only legible when decrypted.
  const std::string finished =
      tshark({"-Y", "tls.handshake.type == 20", "-T", "fields", "-e", "tls.handshake.verify_data"});
  EXPECT_EQ(std::count(finished.begin(), finished.end(), '\n'), 2) << finished;
  const std::string alerts = tshark(
      {"-Y", "tls.alert_message.desc == 0", "-T", "fields", "-e", "tls.alert_message.level"});
  EXPECT_EQ(std::count(alerts.begin(), alerts.end(), '\n'), 2) << "close_notify\n" << alerts;
}

std::string suite_name(const testing::TestParamInfo<std::string>& test) { return test.param; }

INSTANTIATE_TEST_SUITE_P(Suite, TsharkReads,
                         testing::Values("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                                         "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                                         "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"),
                         suite_name);

}  // namespace
}  // namespace glasstls::test
