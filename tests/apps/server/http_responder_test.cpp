#include "apps/server/http_responder.h"

#include <cstddef>
#include <gmock/gmock.h>
#include <string>
#include <vector>

namespace glasstls::apps {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class Http : public testing::Test {
 protected:
  void hear(const std::string& text) {
    ASSERT_TRUE(responder.wants_data());
    responder.received(wire::as_bytes(text));
  }
  std::string pending() const { return std::string(wire::as_text(responder.pending())); }
  /// What it says, all of it written.
  std::string said() {
    const std::string text = pending();
    responder.written(text.size());
    return text;
  }
  std::string answer_to(const std::string& text) {
    hear(text);
    return said();
  }

  std::vector<std::string> log;
  HttpResponder responder{[] {
                            return PageRows{{"cipher suite", "TLS_X"}, {"server name", "a<b"}};
                          },
                          [this](const std::string& line) { log.push_back(line); }};
};

TEST_F(Http, ShowsWhatWasAgreedOn) {
  const std::string answer = answer_to("GET /path HTTP/1.1\r\n\r\n");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(answer, HasSubstr("Content-Type: text/html; charset=utf-8\r\n"));
  EXPECT_THAT(answer, HasSubstr("cipher suite</th><td>TLS_X<"));
  EXPECT_THAT(answer, HasSubstr("<td>a&lt;b<"));
  EXPECT_THAT(answer, HasSubstr("<code>GET /path HTTP/1.1</code>"));
  EXPECT_THAT(log, ElementsAre("GET /path HTTP/1.1: 200"));
}

TEST_F(Http, TellsTheLengthOfItsPage) {
  const std::string answer = answer_to("GET / HTTP/1.1\r\n\r\n");
  const std::size_t body = answer.size() - answer.find("\r\n\r\n") - 4;
  EXPECT_THAT(answer, HasSubstr("Content-Length: " + std::to_string(body) + "\r\n"));
}

TEST_F(Http, SaysNothingBeforeTheBlankLine) {
  hear("GET / HTTP/1.1\r\n");
  hear("Host: test\r\n");
  EXPECT_EQ(pending(), "");
  hear("\r\n");
  EXPECT_THAT(pending(), StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST_F(Http, KeepsTheConnectionForHttp11) {
  EXPECT_THAT(answer_to("GET / HTTP/1.1\r\n\r\n"), HasSubstr("Connection: keep-alive\r\n"));
  EXPECT_FALSE(responder.finished());
  EXPECT_THAT(answer_to("GET / HTTP/1.1\r\nConnection: close\r\n\r\n"),
              HasSubstr("Connection: close\r\n"));
  EXPECT_TRUE(responder.finished());
}

TEST_F(Http, ClosesAfterHttp10UnlessAskedToKeep) {
  EXPECT_THAT(answer_to("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"),
              HasSubstr("Connection: keep-alive\r\n"));
  EXPECT_FALSE(responder.finished());
  const std::string last = answer_to("GET / HTTP/1.0\r\n\r\n");
  EXPECT_THAT(last, StartsWith("HTTP/1.0 200 OK\r\n"));
  EXPECT_THAT(last, HasSubstr("Connection: close\r\n"));
  EXPECT_TRUE(responder.finished());
  EXPECT_FALSE(responder.wants_data());
}

TEST_F(Http, AnswersHeadWithoutAPage) {
  const std::string full = answer_to("GET / HTTP/1.1\r\n\r\n");
  const std::string head = answer_to("HEAD / HTTP/1.1\r\n\r\n");
  EXPECT_THAT(head, EndsWith("\r\n\r\n"));
  EXPECT_THAT(head, Not(HasSubstr("<html")));
  // "HEAD" is one byte longer than "GET", and the page shows it.
  const std::size_t body = full.size() - full.find("\r\n\r\n") - 4 + 1;
  EXPECT_THAT(head, HasSubstr("Content-Length: " + std::to_string(body) + "\r\n"));
}

TEST_F(Http, AnswersRequestsThatCameTogetherOneByOne) {
  const std::string first = answer_to(
      "GET /1 HTTP/1.1\r\n\r\nPOST /2 HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET /3 HTTP/1.1\r\n");
  EXPECT_THAT(first, HasSubstr("GET /1 "));
  EXPECT_FALSE(responder.wants_data());
  EXPECT_THAT(said(), HasSubstr("POST /2 "));
  EXPECT_TRUE(responder.wants_data());
  EXPECT_EQ(pending(), "");
  EXPECT_THAT(answer_to("\r\n"), HasSubstr("GET /3 "));
}

TEST_F(Http, WantsNoDataWhileAnAnswerIsPending) {
  hear("GET / HTTP/1.1\r\n\r\n");
  EXPECT_FALSE(responder.wants_data());
  responder.written(10);
  EXPECT_FALSE(responder.wants_data());
  said();
  EXPECT_TRUE(responder.wants_data());
}

TEST_F(Http, InvitesABodyThatWaits) {
  hear("PUT / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(said(), "HTTP/1.1 100 Continue\r\n\r\n");
  hear("a");
  EXPECT_EQ(pending(), "");
  EXPECT_THAT(answer_to("b"), StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST_F(Http, RefusesABadRequestAndCloses) {
  const std::string answer = answer_to("hello\r\n\r\n");
  EXPECT_THAT(answer, StartsWith("HTTP/1.0 400 Bad Request\r\n"));
  EXPECT_THAT(answer, HasSubstr("Connection: close\r\n"));
  EXPECT_THAT(answer, EndsWith("\r\n\r\nthe request line has no target\n"));
  EXPECT_TRUE(responder.finished());
  EXPECT_THAT(log, ElementsAre("a bad request: 400, the request line has no target"));
}

TEST_F(Http, RefusesALargeHeadAndCloses) {
  hear("GET / HTTP/1.1\r\n");
  const std::string piece(16'384, 'x');
  for (int i = 0; i < 4; ++i) hear(piece);
  EXPECT_THAT(pending(), StartsWith("HTTP/1.1 431 Request Header Fields Too Large\r\n"));
  EXPECT_TRUE(responder.finished());
}

TEST_F(Http, MakesHostileBytesSafe) {
  const std::string answer = answer_to("GET /\x1b[2J<script>&\xff HTTP/1.1\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr(R"(GET /\1b[2J&lt;script&gt;&amp;\ff HTTP/1.1)"));
  EXPECT_THAT(log, ElementsAre(R"(GET /\1b[2J<script>&\ff HTTP/1.1: 200)"));
}

TEST_F(Http, GivesOneRecordToTheLongestRequest) {
  PageRows rows;
  for (int i = 0; i < 10; ++i) rows.emplace_back("some name of a row", std::string(70'000, '\''));
  HttpResponder large([&] { return rows; }, [](const std::string&) {});
  const std::string request = "GET /" + std::string(60'000, '"') + " HTTP/1.1\r\n\r\n";
  large.received(wire::as_bytes(request));
  EXPECT_GT(large.pending().size(), 10'000U);
  EXPECT_LE(large.pending().size(), 16'384U);
}

TEST_F(Http, CountsTimeForAHeadOnceAndForABodyAnewWithEachRecord) {
  EXPECT_EQ(responder.half_done(), std::nullopt);
  hear("POST / HTTP/1.1\r\n");
  const auto head = responder.half_done();
  ASSERT_TRUE(head);
  hear("a: b\r\n");
  EXPECT_EQ(responder.half_done(), head);
  hear("Content-Length: 4\r\n\r\n");
  EXPECT_EQ(responder.half_done(), head);
  hear("ab");
  const auto body = responder.half_done();
  EXPECT_NE(body, head);
  hear("c");
  EXPECT_NE(responder.half_done(), body);
  hear("d");
  EXPECT_TRUE(responder.half_done()) << "the answer is to be taken";
  said();
  EXPECT_EQ(responder.half_done(), std::nullopt);
  hear("GET / ");
  EXPECT_NE(responder.half_done(), head) << "another request, another clock";
}

}  // namespace
}  // namespace glasstls::apps
