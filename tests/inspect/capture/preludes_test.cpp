#include "inspect/capture/preludes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace glasstls::inspect::capture {
namespace {

using namespace std::string_view_literals;
using testing::ElementsAre;
using testing::IsEmpty;

std::string prelude(std::string_view one, std::string_view another) {
  return prelude_name(wire::as_bytes(one), wire::as_bytes(another));
}

std::string protocol(std::string_view one, std::string_view another) {
  return protocol_name(wire::as_bytes(one), wire::as_bytes(another));
}

TEST(Preludes, KnowTheWaysToTls) {
  EXPECT_EQ(prelude("EHLO me\r\nSTARTTLS\r\n", "220 mail ESMTP\r\n250 STARTTLS\r\n220 go\r\n"),
            "SMTP with STARTTLS");
  EXPECT_EQ(prelude("AUTH TLS\r\n", "220 ftp\r\n234 go\r\n"), "FTP with AUTH TLS");
  EXPECT_EQ(prelude("LHLO me\r\nSTARTTLS\r\n", "220 lmtp\r\n"), "LMTP with STARTTLS");
  EXPECT_EQ(prelude("a STARTTLS\r\n", "* OK imap\r\n"), "IMAP with STARTTLS");
  EXPECT_EQ(prelude("STLS\r\n", "+OK pop\r\n"), "POP3 with STLS");
  EXPECT_EQ(prelude("STARTTLS\r\n", "200 news\r\n"), "NNTP with STARTTLS");
  EXPECT_EQ(prelude("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", "<stream>"),
            "XMPP with STARTTLS");
  EXPECT_EQ(prelude("0\x1d\x02\x01\x01w\x18\x80\x16"
                    "1.3.6.1.4.1.1466.20037",
                    ""),
            "LDAP with StartTLS");
  EXPECT_EQ(prelude("\0\0\0\x08\x04\xd2\x16\x2f"sv, "S"), "PostgreSQL with SSLRequest");
  EXPECT_EQ(prelude("CONNECT example.org:443 HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"),
            "HTTP CONNECT");
  EXPECT_EQ(prelude("PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n", ""), "PROXY protocol");
  EXPECT_EQ(prelude("unheard of", "indeed"), "");
}

TEST(Preludes, KnowWhatIsSpokenInsteadOfTls) {
  EXPECT_EQ(protocol("GET / HTTP/1.1\r\n", ""), "HTTP");
  EXPECT_EQ(protocol("\x01\x02\x03\x04\x05", "HTTP/1.1 400 Bad Request\r\n"), "HTTP");
  EXPECT_EQ(protocol("SSH-2.0-OpenSSH\r\n", "SSH-2.0-x\r\n"), "SSH");
  EXPECT_EQ(protocol("EHLO me\r\n", "220 mail\r\n"), "SMTP");
  EXPECT_EQ(protocol("PRI * HTTP/2.0\r\n\r\n", ""), "HTTP/2 without TLS");
  EXPECT_EQ(protocol("hello", "\x01\x02"), "plain text");
  EXPECT_EQ(protocol("\x01\x02\x03", "\x01\x02"), "a binary protocol");
}

TEST(Preludes, ShowTheirFirstLinesSafely) {
  const auto lines = [](std::string_view text) { return text_lines(wire::as_bytes(text)); };
  EXPECT_THAT(lines("220 hello\r\n250 again\n\nthird\r\nfourth\r\n"),
              ElementsAre("220 hello", "250 again", "third"));
  EXPECT_THAT(lines("220 \x1b[31mred\r\n"), IsEmpty());
  EXPECT_THAT(lines("first\n\x01\x02"), ElementsAre("first"));
  EXPECT_THAT(lines("\xff\xfe"), ElementsAre("\\ff\\fe"));
  EXPECT_THAT(lines(""), IsEmpty());
  EXPECT_EQ(lines(std::string(5000, 'x')).at(0).size(), 100U);
}

}  // namespace
}  // namespace glasstls::inspect::capture
