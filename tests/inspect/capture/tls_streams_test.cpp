#include "inspect/capture/tls_streams.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/inspect/capture/captures.h"
#include "tests/inspect/capture/hellos.h"

namespace glasstls::inspect::capture {
namespace {

using namespace test;
using testing::ElementsAre;

/// Writes down what it hears.
class Heard : public TlsListener {
 public:
  std::vector<std::string> lines;

  void opened(const Opened&) override { lines.emplace_back("opened"); }
  void found(ConnectionId, const TlsFinding& finding) override {
    lines.push_back("found " + std::to_string(static_cast<int>(finding.kind)));
  }
  void data(const StreamData& data) override {
    lines.push_back(side(data.sender) + " " + std::to_string(data.bytes.size()) + " bytes at " +
                    std::to_string(data.position) + " in frame " +
                    std::to_string(data.origin.frame));
  }
  void gap(const StreamGap& gap) override {
    lines.push_back(side(gap.sender) + " lacks " + std::to_string(gap.size));
  }
  void ended(const StreamEnded& ended) override { lines.push_back(side(ended.sender) + " ended"); }
  void closed(ConnectionId) override { lines.emplace_back("closed"); }
  void secrets(const SecretsBlock& block) override { lines.emplace_back(block.text); }

 private:
  static std::string side(Sender sender) { return sender == Sender::first ? "first" : "second"; }
};

const Opened connection{1, {}, {}, Opening::syn, {1, {}}};

StreamData data(Sender sender, std::uint64_t position, const std::string& bytes,
                std::uint64_t frame) {
  return {1, sender, position, wire::as_bytes(bytes), {frame, {}}};
}

TEST(TlsStreams, TellOnlyTlsWithTheFramesItCameIn) {
  Heard heard;
  TlsStreams streams(heard);
  const std::string hello = client_hello(), first = "STARTTLS\r\n" + hello.substr(0, 3),
                    second = hello.substr(3), answer = server_hello();
  streams.opened(connection);
  streams.secrets({0, "secrets"});
  streams.data(data(Sender::first, 0, first, 2));
  streams.data(data(Sender::first, first.size(), second, 3));
  streams.data(data(Sender::second, 0, answer, 4));
  streams.data(data(Sender::second, answer.size(), "more", 5));
  streams.gap({1, Sender::second, answer.size() + 4, 7, GapReason::not_captured, {6, {}}});
  streams.ended({1, Sender::first, StreamEnded::How::fin, {7, {}}});
  streams.closed(1);
  EXPECT_THAT(
      heard.lines,
      ElementsAre("opened", "secrets", "found 1", "first 3 bytes at 10 in frame 2",
                  "first 47 bytes at 13 in frame 3", "found 1", "second 50 bytes at 0 in frame 4",
                  "second 4 bytes at 50 in frame 5", "second lacks 7", "first ended", "closed"));
}

TEST(TlsStreams, TellNothingOfWhatIsNotTls) {
  Heard heard;
  TlsStreams streams(heard);
  streams.opened(connection);
  streams.data(data(Sender::first, 0, "GET / HTTP/1.1\r\n\r\n", 2));
  streams.gap({1, Sender::first, 18, 7, GapReason::not_captured, {3, {}}});
  streams.ended({1, Sender::first, StreamEnded::How::rst, {4, {}}});
  streams.closed(1);
  const std::string not_tls =
      "found " + std::to_string(static_cast<int>(TlsFinding::Kind::not_tls));
  EXPECT_THAT(heard.lines, ElementsAre("opened", not_tls, "first ended", not_tls, "closed"));
}

TEST(TlsStreams, TellNoGapOfThePreludeEvenBehindAReset) {
  Heard heard;
  TlsStreams streams(heard);
  streams.opened(connection);
  streams.ended({1, Sender::first, StreamEnded::How::rst, {2, {}}});
  streams.gap({1, Sender::first, 0, 7, GapReason::not_captured, {3, {}}});
  streams.data(data(Sender::first, 7, client_hello(), 4));
  streams.closed(1);
  EXPECT_THAT(heard.lines, ElementsAre("opened", "found 1", "first ended",
                                       "first 50 bytes at 7 in frame 4", "found 1", "closed"));
}

}  // namespace
}  // namespace glasstls::inspect::capture
