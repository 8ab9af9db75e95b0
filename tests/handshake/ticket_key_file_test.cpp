#include "handshake/ticket_key_file.h"

#include <gtest/gtest.h>
#include <string>

#include "x509/pem.h"

namespace glasstls::handshake {
namespace {

Bytes raw(std::size_t size, std::uint8_t first) {
  Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(first + i);
  return bytes;
}

std::string line(std::size_t size, std::uint8_t first) {
  return x509::base64_encode(raw(size, first)) + "\n";
}

x509::Result<TicketKeySet> parse(const std::string& text) {
  return parse_ticket_keys(wire::as_bytes(text));
}

/// "byte: reason".
std::string refusal(const std::string& text) {
  const auto set = parse(text);
  return set ? "taken" : std::to_string(set.error().offset) + ": " + set.error().what;
}

void expect_key(const TicketKey& key, std::size_t size, std::uint8_t first) {
  const Bytes whole = raw(size, first);
  EXPECT_EQ(wire::hex(key.key_name), wire::hex(View(whole).first(16)));
  EXPECT_EQ(wire::hex(key.secret.reveal()), wire::hex(whole));
}

TEST(TicketKeyFile, OfNginxHoldsOneRawKey) {
  for (const std::size_t size : {48U, 80U}) {
    const auto set = parse_ticket_keys(raw(size, 5));
    ASSERT_TRUE(set);
    ASSERT_EQ(set->keys.size(), 1U);
    EXPECT_EQ(set->sealing, 0U);
    expect_key(set->keys[0], size, 5);
  }
}

TEST(TicketKeyFile, OfNginxMayBeginLikeText) {
  EXPECT_TRUE(parse_ticket_keys(Bytes(48, 'A')));
  EXPECT_TRUE(parse_ticket_keys(Bytes(80, '\n')));
}

TEST(TicketKeyFile, OfHaproxyHoldsAKeyPerLineAndSealsWithTheLastButOne) {
  for (const std::size_t size : {48U, 80U}) {
    const auto set = parse(line(size, 1) + line(size, 2) + line(size, 3) + line(size, 4));
    ASSERT_TRUE(set);
    ASSERT_EQ(set->keys.size(), 4U);
    EXPECT_EQ(set->sealing, 2U);
    for (std::uint8_t i = 0; i < 4; ++i)
      expect_key(set->keys[i], size, static_cast<std::uint8_t>(i + 1));
  }
}

TEST(TicketKeyFile, OfHaproxySealsWithItsOnlyKey) {
  const auto set = parse(line(48, 9));
  ASSERT_TRUE(set);
  EXPECT_EQ(set->keys.size(), 1U);
  EXPECT_EQ(set->sealing, 0U);
}

TEST(TicketKeyFile, OfHaproxySealsWithTheFirstOfTwo) {
  EXPECT_EQ(parse(line(48, 1) + line(48, 2))->sealing, 0U);
}

TEST(TicketKeyFile, OfHaproxyMayHaveEmptyLinesAndAnyLineEnds) {
  std::string last = line(48, 2);
  last.pop_back();
  const auto set = parse("\r\n  " + x509::base64_encode(raw(48, 1)) + " \r\n\n" + last);
  ASSERT_TRUE(set);
  ASSERT_EQ(set->keys.size(), 2U);
  expect_key(set->keys[1], 48, 2);
}

TEST(TicketKeyFile, WithoutAKeyIsRefused) {
  EXPECT_EQ(refusal(""), "0: the file holds no ticket key");
  EXPECT_EQ(refusal("\n \n"), "0: the file holds no ticket key");
}

TEST(TicketKeyFile, ThatIsNeitherRawNorBase64IsRefused) {
  EXPECT_EQ(refusal(std::string(49, '\x01')),
            "0: line 1: not base64; nor is the file, of 49 bytes, a raw key of 48 or 80");
}

TEST(TicketKeyFile, WithALineThatIsNotBase64IsRefused) {
  EXPECT_EQ(refusal(line(48, 1) + "\n*\n"), "66: line 3: not base64");
  EXPECT_EQ(refusal(line(48, 1) + line(48, 2) + "AAA\n"), "130: line 3: not base64");
}

TEST(TicketKeyFile, WithAKeyOfAnotherLengthIsRefused) {
  for (const std::size_t size : {47U, 49U, 64U, 81U})
    EXPECT_EQ(refusal(line(48, 1) + line(size, 2)),
              "65: line 2: a key of " + std::to_string(size) + " bytes, not 48 or 80");
}

TEST(TicketKeyFile, WithKeysOfTwoLengthsIsRefused) {
  EXPECT_EQ(refusal(line(80, 1) + line(48, 2)),
            "109: line 2: a key of 48 bytes after one of 80; all must have one size");
}

TEST(TicketKeyFile, WithTwoKeysOfOneNameIsRefused) {
  EXPECT_EQ(refusal(line(48, 1) + line(48, 2) + line(48, 1)),
            "130: line 3: its first 16 bytes, the name of the key, are those of an earlier line");
}

TEST(TicketKeyFile, NamesItsRule) {
  EXPECT_EQ(parse("*").error().section, "HAProxy, tls-ticket-keys");
}

TEST(TicketKeyFile, MakesKeysThatServe) {
  auto set = parse(line(80, 1) + line(80, 2) + line(80, 3));
  ASSERT_TRUE(set);
  TicketKeySet keys = *std::move(set);
  EXPECT_NO_THROW(TicketKeys(std::move(keys.keys), keys.sealing));
}

}  // namespace
}  // namespace glasstls::handshake
