#include "apps/server/http_reader.h"

#include <cstddef>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace glasstls::apps {
namespace {

using Stage = HttpReader::Stage;

Stage read(HttpReader& reader, std::string_view text) {
  EXPECT_LE(reader.read(wire::as_bytes(text)), text.size());
  return reader.stage();
}

/// The whole text is one complete request.
HttpRequest request_of(std::string_view text) {
  HttpReader reader;
  EXPECT_EQ(reader.read(wire::as_bytes(text)), text.size());
  EXPECT_EQ(reader.stage(), Stage::complete) << text;
  return reader.request();
}

/// Refused with this status, and whatever is behind it is left alone.
void expect_refused(std::string_view text, int status, std::string_view reason) {
  HttpReader reader;
  EXPECT_EQ(read(reader, text), Stage::refused) << text;
  EXPECT_EQ(reader.status(), status) << text;
  EXPECT_EQ(reader.reason(), reason) << text;
  EXPECT_EQ(reader.read(wire::as_bytes(std::string_view("GET / HTTP/1.1\r\n\r\n"))), 0U);
}

TEST(HttpReader, ReadsMethodTargetAndVersion) {
  const HttpRequest request = request_of("GET /a?b=c HTTP/1.1\r\nHost: test\r\n\r\n");
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.target, "/a?b=c");
  EXPECT_EQ(request.minor_version, 1U);
  EXPECT_TRUE(request.keep_alive);
}

TEST(HttpReader, WaitsForTheBlankLine) {
  HttpReader reader;
  EXPECT_EQ(reader.stage(), Stage::between);
  EXPECT_EQ(read(reader, "GET / HTTP/1.0\r\n"), Stage::head);
  EXPECT_EQ(read(reader, "Host: test\r\n"), Stage::head);
  EXPECT_EQ(read(reader, "\r"), Stage::head);
  EXPECT_EQ(read(reader, "\n"), Stage::complete);
}

TEST(HttpReader, TakesAnyMixOfLineEnds) {
  for (const char* text : {"GET / HTTP/1.0\n\n", "GET / HTTP/1.0\r\n\n", "GET / HTTP/1.0\n\r\n",
                           "GET / HTTP/1.0\r\na: b\n\r\n", "\r\n\nGET / HTTP/1.0\na: b\r\n\n"})
    EXPECT_EQ(request_of(text).target, "/") << text;
}

TEST(HttpReader, TakesWhatComesSplitAtAnyByte) {
  const std::string text =
      "\r\nPOST /path HTTP/1.1\r\nConnection: Keep-Alive, Close\nContent-Length: 5\r\n\r\nbytes";
  for (std::size_t at = 0; at <= text.size(); ++at) {
    HttpReader reader;
    EXPECT_EQ(reader.read(wire::as_bytes(text.substr(0, at))), at);
    EXPECT_EQ(reader.read(wire::as_bytes(text.substr(at))), text.size() - at);
    EXPECT_EQ(reader.stage(), Stage::complete) << at;
    EXPECT_EQ(reader.request().target, "/path") << at;
    EXPECT_FALSE(reader.request().keep_alive) << at;
  }
}

TEST(HttpReader, TakesWhatComesByteByByte) {
  const std::string text =
      "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nTrailer: "
      "t\r\n\r\n";
  HttpReader reader;
  for (std::size_t i = 0; i < text.size(); ++i) {
    EXPECT_NE(reader.stage(), Stage::complete) << i;
    EXPECT_EQ(reader.read(wire::as_bytes(text.substr(i, 1))), 1U);
  }
  EXPECT_EQ(reader.stage(), Stage::complete);
}

TEST(HttpReader, StopsBehindARequestSoThatTheNextIsStillThere) {
  const std::string first = "GET /1 HTTP/1.1\r\n\r\n";
  const std::string both = first + "GET /2 HTTP/1.1\r\n\r\n";
  HttpReader reader;
  EXPECT_EQ(reader.read(wire::as_bytes(both)), first.size());
  EXPECT_EQ(reader.request().target, "/1");
  reader.next();
  EXPECT_EQ(reader.stage(), Stage::between);
  EXPECT_EQ(reader.read(wire::as_bytes(both).subspan(first.size())), both.size() - first.size());
  EXPECT_EQ(reader.request().target, "/2");
}

TEST(HttpReader, KnowsWhetherTheConnectionIsToBeKept) {
  EXPECT_FALSE(request_of("GET / HTTP/1.0\r\n\r\n").keep_alive);
  EXPECT_TRUE(request_of("GET / HTTP/1.0\r\nconnection: KEEP-ALIVE\r\n\r\n").keep_alive);
  EXPECT_FALSE(request_of("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").keep_alive);
  EXPECT_FALSE(request_of("GET / HTTP/1.1\r\nConnection: x, close ,y\r\n\r\n").keep_alive);
  EXPECT_FALSE(request_of("GET /\r\n\r\n").keep_alive);
  EXPECT_TRUE(request_of("GET / HTTP/1.7\r\n\r\n").keep_alive);
}

TEST(HttpReader, TakesAnyTarget) {
  const std::string target("/\x00\x1b[31m\xff<script>&\x7f", 17);
  EXPECT_EQ(request_of("GET " + target + " HTTP/1.1\r\n\r\n").target, target);
  EXPECT_EQ(request_of("GET /a b HTTP/1.1\r\n\r\n").target, "/a b");
  EXPECT_EQ(request_of("GET /a b\r\n\r\n").target, "/a b");
  EXPECT_EQ(request_of("OPTIONS * HTTP/1.1\r\n\r\n").target, "*");
}

TEST(HttpReader, ReadsPastABodyOfKnownLength) {
  HttpReader reader;
  EXPECT_EQ(read(reader, "POST / HTTP/1.1\r\nContent-Length: 4, 4\r\n\r\n"), Stage::body);
  EXPECT_EQ(read(reader, "\r\n\r"), Stage::body);
  EXPECT_EQ(read(reader, "\n"), Stage::complete);
}

TEST(HttpReader, ReadsPastAChunkedBody) {
  HttpReader reader;
  EXPECT_EQ(read(reader, "POST / HTTP/1.1\r\ntransfer-encoding: Chunked\r\n\r\n"), Stage::body);
  EXPECT_EQ(read(reader, "A\r\n0123456789\r\n1 ; a=b\nx\n"), Stage::body);
  EXPECT_EQ(read(reader, "0\r\nTrailer: x\r\n"), Stage::body);
  EXPECT_EQ(read(reader, "\r\n"), Stage::complete);
  EXPECT_TRUE(reader.request().keep_alive);
}

TEST(HttpReader, TrustsNothingBehindABodyOfTwoLengths) {
  const HttpRequest request = request_of(
      "POST / HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
  EXPECT_FALSE(request.keep_alive);
}

TEST(HttpReader, KnowsWhoWaitsForContinue) {
  const char* head = "PUT / HTTP/1.1\r\nExpect: 100-Continue\r\n";
  HttpReader reader;
  EXPECT_EQ(read(reader, std::string(head) + "Content-Length: 1\r\n\r\n"), Stage::body);
  EXPECT_TRUE(reader.request().expects_continue);
  EXPECT_FALSE(request_of(std::string(head) + "\r\n").expects_continue);  // there is no body
}

TEST(HttpReader, TakesAHeadOfUpTo64KiB) {
  const std::string begin = "GET / HTTP/1.1\r\nX: ";
  const std::string end = "\r\n\r\n";
  const std::size_t room = HttpReader::max_head - begin.size() - end.size();
  EXPECT_EQ(request_of(begin + std::string(room, 'x') + end).target, "/");
  expect_refused(begin + std::string(room + 1, 'x') + end, 431,
                 "the head of the request is larger than 64 KiB");
}

TEST(HttpReader, RefusesAHeadAboveThatInWhateverPieces) {
  const std::string first = "GET / HTTP/1.1\n";
  const std::string header = "X: y\n";
  HttpReader reader;
  ASSERT_EQ(read(reader, first), Stage::head);
  std::size_t taken = first.size();
  while (read(reader, header) == Stage::head) taken += header.size();
  EXPECT_EQ(reader.status(), 431);
  EXPECT_LE(taken, HttpReader::max_head);
  EXPECT_GT(taken + header.size(), HttpReader::max_head);
}

TEST(HttpReader, BoundsTheLinesOfAChunkedBody) {
  const std::string head = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
  const std::string reason = "the head of the request is larger than 64 KiB";
  expect_refused(head + "1;" + std::string(HttpReader::max_head, 'x'), 431, reason);
  std::string trailers;
  while (trailers.size() <= HttpReader::max_head) trailers += "a: b\r\n";
  expect_refused(head + "0\r\n" + trailers, 431, reason);
}

TEST(HttpReader, RefusesWhatIsNoRequest) {
  expect_refused("\x16\x03\x01 / HTTP/1.1\r\n", 400, "the request does not begin with a method");
  expect_refused("G@T / HTTP/1.1\r\n", 400, "the request does not begin with a method");
  expect_refused("hello\n", 400, "the request line has no target");
  expect_refused("GET HTTP/1.1\r\n", 400, "the request line has no target");
  expect_refused("GET / HTTP/one\r\n", 400, "the version of HTTP is not a number");
  expect_refused("GET / HTTP/1.\r\n", 400, "the version of HTTP is not a number");
  expect_refused("PRI * HTTP/2.0\r\n", 505, "only HTTP/1.0 and HTTP/1.1 are spoken here");
}

TEST(HttpReader, RefusesHeadersThatAreNone) {
  const std::string line = "GET / HTTP/1.1\r\n";
  for (const char* header : {"no colon\r\n", ": no name\r\n", "name : blank\r\n", " folded: x\r\n"})
    expect_refused(line + header, 400, "a header is not NAME: VALUE");
}

TEST(HttpReader, RefusesBodiesWithoutAKnownEnd) {
  const std::string line = "POST / HTTP/1.1\r\n";
  const char* no_number = "Content-Length is not a number";
  expect_refused(line + "Content-Length: -1\r\n", 400, no_number);
  expect_refused(line + "Content-Length: \r\n", 400, no_number);
  expect_refused(line + "Content-Length: 18446744073709551616\r\n", 400, no_number);
  expect_refused(line + "Content-Length: 1\r\nContent-Length: 2\r\n", 400,
                 "there are two Content-Lengths");
  const char* coding = "of the transfer codings only chunked is known here";
  expect_refused(line + "Transfer-Encoding: gzip, chunked\r\n\r\n", 501, coding);
  expect_refused(line + "Transfer-Encoding: chunked, chunked\r\n\r\n", 501, coding);
}

TEST(HttpReader, RefusesChunksThatAreNone) {
  const std::string head = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
  expect_refused(head + "x\r\n", 400, "a chunk's size is not a number");
  expect_refused(head + "\r\n", 400, "a chunk's size is not a number");
  expect_refused(head + "10000000000000000\r\n", 400, "a chunk's size is not a number");
  expect_refused(head + "1\r\nab\r\n", 400, "a chunk is longer than its size says");
}

}  // namespace
}  // namespace glasstls::apps
