#include "inspect/capture/tls_finder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/inspect/capture/hellos.h"

namespace glasstls::inspect::capture {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::IsEmpty;
using Kind = TlsFinding::Kind;

constexpr Sender c = Sender::first, s = Sender::second;

struct Said {
  Sender sender;
  std::string bytes;
  std::uint64_t gap = 0;  // instead of bytes
};

/// Each text in pieces of at most `piece` bytes.
TlsFinding find(const std::vector<Said>& conversation, Opening opening = Opening::syn,
                std::size_t piece = SIZE_MAX) {
  TlsFinder finder(opening);
  for (const Said& said : conversation) {
    if (said.gap > 0) finder.gap(said.sender, said.gap);
    for (View rest = wire::as_bytes(said.bytes); !rest.empty();) {
      const View first = rest.first(std::min(piece, rest.size()));
      finder.data(said.sender, first);
      EXPECT_LE(finder.earliest(said.sender),
                finder.finding().side(said.sender).begins.value_or(SIZE_MAX));
      rest = rest.subspan(first.size());
    }
  }
  finder.finish();
  EXPECT_TRUE(finder.is_settled(c) && finder.is_settled(s));
  return finder.finding();
}

std::size_t total(std::initializer_list<std::string> texts) {
  std::size_t size = 0;
  for (const std::string& text : texts) size += text.size();
  return size;
}

TEST(TlsFinder, FindsTlsThatBeginsAtOnce) {
  for (const std::size_t piece : {SIZE_MAX, std::size_t{1}, std::size_t{7}}) {
    const TlsFinding found = find(
        {{c, client_hello()}, {s, server_hello()}, {c, application_data()}}, Opening::syn, piece);
    EXPECT_EQ(found.kind, Kind::tls);
    EXPECT_EQ(found.client, c);
    EXPECT_EQ(found.side(c).begins, 0U);
    EXPECT_EQ(found.side(s).begins, 0U);
    EXPECT_EQ(found.prelude, "");
    EXPECT_THAT(found.side(c).prelude, IsEmpty());
  }
}

TEST(TlsFinder, FindsTheClientEvenIfItIsTheSecondEndPoint) {
  const TlsFinding found = find({{s, client_hello()}, {c, server_hello()}}, Opening::middle);
  EXPECT_EQ(found.client, s);
}

TEST(TlsFinder, FindsTlsBehindStarttls) {
  const std::string greeting = "220 mail.test ESMTP\r\n", ehlo = "EHLO client\r\n",
                    offer = "250-mail.test\r\n250 STARTTLS\r\n", start = "STARTTLS\r\n",
                    ready = "220 go ahead\r\n";
  for (const std::size_t piece : {SIZE_MAX, std::size_t{1}}) {
    const TlsFinding found = find({{s, greeting},
                                   {c, ehlo},
                                   {s, offer},
                                   {c, start},
                                   {s, ready},
                                   {c, client_hello()},
                                   {s, server_hello()}},
                                  Opening::syn, piece);
    EXPECT_EQ(found.kind, Kind::tls);
    EXPECT_EQ(found.client, c);
    EXPECT_EQ(found.side(c).begins, total({ehlo, start}));
    EXPECT_EQ(found.side(s).begins, total({greeting, offer, ready}));
    EXPECT_EQ(found.prelude, "SMTP with STARTTLS");
    EXPECT_THAT(found.side(c).prelude, ElementsAre("EHLO client", "STARTTLS"));
    EXPECT_THAT(found.side(s).prelude,
                ElementsAre("220 mail.test ESMTP", "250-mail.test", "250 STARTTLS"));
  }
}

TEST(TlsFinder, FindsTlsBehindBinaryBytes) {
  const std::string request("\0\0\0\x08\x04\xd2\x16\x2f", 8);
  const TlsFinding found = find({{c, request}, {s, "S"}, {c, client_hello()}, {s, server_hello()}});
  EXPECT_EQ(found.side(c).begins, 8U);
  EXPECT_EQ(found.side(s).begins, 1U);
  EXPECT_EQ(found.prelude, "PostgreSQL with SSLRequest");
  EXPECT_THAT(found.side(c).prelude, IsEmpty());
}

TEST(TlsFinder, TakesAnAlertForTheServersAnswer) {
  const std::string ask = "CONNECT a:443 HTTP/1.1\r\n\r\n", ok = "HTTP/1.1 200 OK\r\n\r\n";
  const TlsFinding found = find({{c, ask}, {s, ok}, {c, client_hello()}, {s, alert()}});
  EXPECT_EQ(found.kind, Kind::tls);
  EXPECT_EQ(found.side(s).begins, ok.size());
  EXPECT_EQ(found.prelude, "HTTP CONNECT");
}

TEST(TlsFinder, KnowsEachSideAsSoonAsItsFirstRecordIsThere) {
  TlsFinder finder(Opening::syn);
  finder.data(c, wire::as_bytes(client_hello()));
  EXPECT_TRUE(finder.is_settled(c));
  EXPECT_FALSE(finder.is_settled(s));
  finder.data(s, wire::as_bytes(alert()));
  EXPECT_TRUE(finder.is_settled(s));
}

TEST(TlsFinder, DoesNotTakeTextForTheServersAnswer) {
  const TlsFinding found = find({{c, client_hello()}, {s, "HTTP/1.1 400 Bad Request\r\n\r\n"}});
  EXPECT_EQ(found.kind, Kind::tls);
  EXPECT_EQ(found.side(s).begins, std::nullopt);
  EXPECT_THAT(found.side(s).prelude, ElementsAre("HTTP/1.1 400 Bad Request"));
}

TEST(TlsFinder, DoesNotTakeBytesInAPreludeForAHello) {
  const std::string fake = "\x16\x03\x01 not a hello \x16\x03\x03\x01\x16", text = fake + "\r\n";
  const TlsFinding found = find({{c, text}, {c, client_hello()}, {s, server_hello()}});
  EXPECT_EQ(found.side(c).begins, text.size());
}

TEST(TlsFinder, KnowsTheServerByItsHelloAlone) {
  const TlsFinding found =
      find({{c, "", 300}, {s, server_hello()}, {c, application_data() + application_data()}});
  EXPECT_EQ(found.kind, Kind::tls);
  EXPECT_EQ(found.client, c);
  EXPECT_EQ(found.side(c).begins, 300U);
  EXPECT_EQ(found.side(s).begins, 0U);
}

TEST(TlsFinder, NamesWhatBeginsInTheMiddle) {
  const std::string rest = "the rest of a record";
  const TlsFinding found =
      find({{c, rest + application_data() + application_data()}, {s, application_data()}},
           Opening::middle);
  EXPECT_EQ(found.kind, Kind::middle);
  EXPECT_EQ(found.client, std::nullopt);
  EXPECT_EQ(found.side(c).begins, rest.size());
  EXPECT_EQ(found.side(s).begins, 0U);
}

TEST(TlsFinder, TakesASingleRecordOfAWholeConnection) {
  const TlsFinding found = find({{s, alert()}});
  EXPECT_EQ(found.kind, Kind::middle);
  EXPECT_EQ(found.side(s).begins, 0U);
  EXPECT_EQ(found.side(c).begins, std::nullopt);
}

TEST(TlsFinder, KnowsTheHelloOfSsl2) {
  const std::string hello = std::string("\x80\x2c\x01\x03\x01\x00\x03\x00\x00\x00\x20", 11) +
                            std::string("\0\0\x2f", 3) + std::string(32, 'C');
  const TlsFinding found = find({{c, hello}, {s, alert()}}, Opening::syn, 1);
  EXPECT_EQ(found.kind, Kind::ssl2);
  EXPECT_EQ(found.client, c);
  EXPECT_EQ(found.side(s).begins, 0U);
}

TEST(TlsFinder, TakesAHelloThatTheEndCuts) {
  const TlsFinding found =
      find({{c, "STARTTLS\r\n"}, {s, "go\r\n"}, {c, client_hello().substr(0, 20)}});
  EXPECT_EQ(found.kind, Kind::tls);
  EXPECT_EQ(found.side(c).begins, 10U);
  EXPECT_EQ(find({{c, "STARTTLS\r\n"}, {c, client_hello().substr(0, 10)}}).kind, Kind::not_tls);
}

TEST(TlsFinder, SaysWhatElseIsSpoken) {
  TlsFinding found = find({{c, "GET / HTTP/1.1\r\n\r\n"}, {s, "HTTP/1.1 200 OK\r\n\r\nhello"}});
  EXPECT_EQ(found.kind, Kind::not_tls);
  EXPECT_EQ(found.looks_like, "HTTP");
  EXPECT_THAT(found.side(c).prelude, ElementsAre("GET / HTTP/1.1"));
  found = find({{s, "SSH-2.0-OpenSSH_9.2\r\n"}});
  EXPECT_EQ(found.looks_like, "SSH");
  EXPECT_EQ(find({}).kind, Kind::silent);
  EXPECT_EQ(find({{c, "", 10}}).kind, Kind::silent);
}

TEST(TlsFinder, StopsLookingAfterABoundedLength) {
  TlsFinder finder(Opening::syn);
  const std::string line = "nothing of interest\r\n";
  std::size_t size = 0;
  while (finder.finding().kind == Kind::undecided) {
    finder.data(c, wire::as_bytes(line));
    size += line.size();
    ASSERT_LE(size, tls_search_length + line.size());
    EXPECT_TRUE(finder.is_settled(c) || finder.earliest(c) == size) << size;
  }
  EXPECT_EQ(finder.finding().kind, Kind::not_tls);
  finder.data(c, wire::as_bytes(client_hello()));
  EXPECT_EQ(finder.finding().side(c).begins, std::nullopt);
}

}  // namespace
}  // namespace glasstls::inspect::capture
