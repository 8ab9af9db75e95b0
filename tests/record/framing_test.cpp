#include "record/framing.h"

#include <gtest/gtest.h>

#include "tests/support/refusal.h"
#include "wire/error.h"

namespace glasstls::record {
namespace {

using test::refusal_of;

constexpr Expectation at_the_start{false, false};
constexpr Expectation negotiated{true, false};
constexpr Expectation under_keys{true, true};

Bytes header_bytes(unsigned type, unsigned version, unsigned length) {
  const auto byte = [](unsigned value) { return static_cast<std::uint8_t>(value); };
  return {byte(type), byte(version >> 8), byte(version), byte(length >> 8), byte(length)};
}

void expect_refused(const Bytes& bytes, Expectation expectation, AlertDescription alert,
                    std::string_view field, std::size_t offset) {
  const ProtocolError error = refusal_of([&] { parse_header(bytes, expectation); });
  EXPECT_EQ(error.alert, alert) << error.what();
  EXPECT_EQ(error.message, "record header");
  EXPECT_EQ(error.field, field);
  EXPECT_EQ(error.offset, offset);
  EXPECT_FALSE(error.section.empty());
}

TEST(Framing, ReadsAHeader) {
  const Header header = parse_header(header_bytes(22, 0x0301, 0x0102), at_the_start);
  EXPECT_EQ(header.type, ContentType::handshake);
  EXPECT_EQ(header.version, ProtocolVersion::tls10);
  EXPECT_EQ(header.length, 0x0102U);
}

TEST(Framing, WritesWhatItReads) {
  Bytes out(7, 0xee);
  write_header({ContentType::application_data, ProtocolVersion::tls12, 0x1234}, out);
  EXPECT_EQ(out, (Bytes{23, 3, 3, 0x12, 0x34, 0xee, 0xee}));
}

TEST(Framing, RefusesEveryUnknownContentType) {
  for (unsigned type = 0; type < 256; ++type) {
    const Bytes bytes = header_bytes(type, 0x0303, 1);
    if (type >= 20 && type <= 23)
      EXPECT_NO_THROW(parse_header(bytes, negotiated)) << type;
    else
      expect_refused(bytes, negotiated, AlertDescription::unexpected_message, "type", 0);
  }
}

TEST(Framing, RefusesTheHelloOfSsl2ByItsName) {
  const Bytes hello{0x80, 0x2e, 1, 3, 3};
  expect_refused(hello, at_the_start, AlertDescription::protocol_version, "type", 0);
  EXPECT_STREQ(refusal_of([&] { parse_header(hello, at_the_start); }).what(),
               "the peer begins with an SSL 2 ClientHello");
  expect_refused(hello, negotiated, AlertDescription::protocol_version, "version", 1);
  const Bytes no_tls{0x80, 0x2e, 1, 0, 2};
  expect_refused(no_tls, at_the_start, AlertDescription::protocol_version, "type", 0);
}

TEST(Framing, TakesNoUnknownContentTypeForSsl2) {
  for (const Bytes& header : {Bytes{0xff, 3, 1, 0, 1}, Bytes{0x80, 3, 1, 2, 0}})
    expect_refused(header, at_the_start, AlertDescription::unexpected_message, "type", 0);
}

TEST(Framing, LooksAtTheVersionBeforeTheContentType) {
  const Bytes garbage{'b', 'l', 'a', 'h', 22};
  for (const Expectation expectation : {at_the_start, negotiated, under_keys})
    expect_refused(garbage, expectation, AlertDescription::protocol_version, "version", 1);
}

TEST(Framing, TakesAnyMinorVersionOfThreeAtTheStart) {
  for (unsigned version = 0x0300; version <= 0x03ff; ++version)
    EXPECT_NO_THROW(parse_header(header_bytes(22, version, 1), at_the_start)) << version;
  for (const unsigned version : {0x0000U, 0x0002U, 0x02ffU, 0x0400U, 0xffffU})
    expect_refused(header_bytes(22, version, 1), at_the_start, AlertDescription::protocol_version,
                   "version", 1);
}

TEST(Framing, TakesExactlyTls12OnceItIsNegotiated) {
  for (unsigned version = 0x0300; version <= 0x0400; ++version)
    if (version != 0x0303)
      expect_refused(header_bytes(22, version, 1), negotiated, AlertDescription::protocol_version,
                     "version", 1);
  EXPECT_NO_THROW(parse_header(header_bytes(22, 0x0303, 1), negotiated));
}

TEST(Framing, RefusesPlaintextOverItsLimit) {
  EXPECT_NO_THROW(parse_header(header_bytes(23, 0x0303, 16384), negotiated));
  expect_refused(header_bytes(23, 0x0303, 16385), negotiated, AlertDescription::record_overflow,
                 "length", 3);
  expect_refused(header_bytes(23, 0x0303, 0xffff), at_the_start, AlertDescription::record_overflow,
                 "length", 3);
}

TEST(Framing, RefusesCiphertextOverItsLimit) {
  EXPECT_NO_THROW(parse_header(header_bytes(23, 0x0303, 16384 + 2048), under_keys));
  expect_refused(header_bytes(23, 0x0303, 16384 + 2049), under_keys,
                 AlertDescription::record_overflow, "length", 3);
}

TEST(PlainText, IsRecognisedByItsFirstBytes) {
  const auto protocol = [](std::string_view text) {
    return plain_text_protocol(wire::as_bytes(text));
  };
  EXPECT_EQ(protocol("HTTP/1.1 400 Bad Request\r\n"), "HTTP");
  EXPECT_EQ(protocol("<!DOCTYPE html>"), "HTTP");
  EXPECT_EQ(protocol("<html>"), "HTTP");
  EXPECT_EQ(protocol("SSH-2.0-OpenSSH_9.2\r\n"), "SSH");
  EXPECT_EQ(protocol("220 mail.example ESMTP\r\n"), "SMTP or FTP");
  EXPECT_EQ(protocol("220-mail.example\r\n"), "SMTP or FTP");
  EXPECT_EQ(protocol("* OK IMAP4rev1"), "IMAP");
  EXPECT_EQ(protocol("+OK POP3"), "POP3");
  EXPECT_EQ(protocol("hello"), "plain text");
  EXPECT_EQ(protocol("\r\n"), "plain text");
}

TEST(PlainText, IsNotWhatATlsRecordBeginsWith) {
  for (unsigned type = 20; type <= 23; ++type)
    EXPECT_EQ(plain_text_protocol(header_bytes(type, 0x0303, 0x4142)), std::nullopt);
  EXPECT_EQ(plain_text_protocol({}), std::nullopt);
  EXPECT_EQ(plain_text_protocol(Bytes{'a', 'b', 0x80, 'c', 'd'}), std::nullopt);
  EXPECT_EQ(plain_text_protocol(Bytes{'a', 'b', 'c', 'd', 0x7f}), std::nullopt);
}

}  // namespace
}  // namespace glasstls::record
