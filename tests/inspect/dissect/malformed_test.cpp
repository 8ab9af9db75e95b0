// Damaged messages: cut at every byte, and every byte changed.
#include <algorithm>
#include <gtest/gtest.h>

#include "inspect/dissect/dissect.h"
#include "tests/inspect/dissect/conversation.h"
#include "tests/inspect/dissect/shown.h"

namespace glasstls::inspect {
namespace {

using test::Utterance;

/// An error that says what, where and by which rule, or all bytes covered.
void expect_sound(const Dissection& dissection, std::size_t size) {
  for (const wire::Field& field : dissection.fields.fields()) {
    ASSERT_LE(field.begin, field.content);
    ASSERT_LE(field.content, field.end.value_or(size));
    ASSERT_LE(field.end.value_or(size), size);
  }
  if (!dissection.error) return;
  ASSERT_LE(dissection.error->offset, size);
  ASSERT_FALSE(dissection.error->reason.empty());
  ASSERT_FALSE(dissection.error->field.empty());
  ASSERT_FALSE(dissection.error->section.empty());
}

/// The message with its length made right again.
Bytes cut_to(View message, std::size_t size) {
  Bytes cut = wire::copy(message.first(size));
  for (std::size_t i = 0; i < 3; ++i)
    cut[1 + i] = static_cast<std::uint8_t>((size - 4) >> (8 * (2 - i)));
  return cut;
}

/// Certificates are long and read by another reader, which has tests of its own: some bytes do.
std::size_t step(const Utterance& said) { return said.message[0] == 11 ? 13 : 1; }

TEST(DissectDamaged, StopsWhereAMessageIsCutShort) {
  for (const Utterance& said : test::everything_said())
    for (std::size_t size = 0; size < said.message.size(); size += step(said)) {
      const View cut = View(said.message).first(size);
      const Dissection dissection = dissect_handshake(cut, said.context);
      ASSERT_TRUE(dissection.error) << dissection.name << " " << size;
      expect_sound(dissection, size);
    }
}

TEST(DissectDamaged, StopsWhereABodyEnds) {
  for (const Utterance& said : test::everything_said())
    for (std::size_t size = 4; size < said.message.size(); size += step(said)) {
      const Bytes cut = cut_to(said.message, size);
      const Dissection dissection = dissect_handshake(cut, said.context);
      expect_sound(dissection, size);
      if (!dissection.error) {  // a hello without its extensions, a body of one field
        EXPECT_TRUE(test::uncovered(dissection.fields, size).empty()) << dissection.name;
      }
    }
}

TEST(DissectDamaged, SurvivesAChangeOfEveryByte) {
  for (const Utterance& said : test::everything_said())
    for (const unsigned change : {0x01U, 0x80U, 0xffU})
      for (std::size_t at = 0; at < said.message.size(); at += step(said)) {
        Bytes damaged = said.message;
        damaged[at] = static_cast<std::uint8_t>(damaged[at] ^ change);
        expect_sound(dissect_handshake(damaged, said.context), damaged.size());
      }
}

TEST(DissectDamaged, NamesBytesThatAreLeftOver) {
  const auto all = test::conversation("dhe_rsa");
  for (const Utterance& said : all) {
    Bytes longer = said.message;
    longer.push_back(0);
    const Dissection header = dissect_handshake(longer, said.context);
    ASSERT_TRUE(header.error) << header.name;  // the length is not the body's
    const Dissection body = dissect_handshake(cut_to(longer, longer.size()), said.context);
    ASSERT_TRUE(body.error) << body.name;
    EXPECT_EQ(body.error->alert, AlertDescription::decode_error);
    EXPECT_EQ(body.error->offset, said.message.size()) << body.name;
  }
}

TEST(DissectDamaged, TellsOfAWrongLengthAndReadsOn) {
  const auto all = test::conversation("dhe_rsa");
  Bytes message = all[0].message;
  message[3] = static_cast<std::uint8_t>(message[3] - 1);
  const Dissection dissection = dissect_handshake(message, all[0].context);
  ASSERT_TRUE(dissection.error);
  EXPECT_EQ(dissection.error->field, "length");
  EXPECT_EQ(dissection.error->section, "RFC 5246, 7.4");
  EXPECT_TRUE(dissection.fields.complete());
}

TEST(DissectDamaged, ShowsALengthOutOfItsBoundsAndReadsOn) {
  const std::string random(64, 'a');
  const Bytes message =
      test::message_of(1, "0303" + random + "21" + std::string(66, 'b') + "0002c030" + "0100");
  const Dissection dissection = dissect_handshake(message, {});
  ASSERT_TRUE(dissection.error);
  EXPECT_EQ(dissection.error->field, "session_id");
  EXPECT_EQ(dissection.error->offset, 38U);
  EXPECT_TRUE(dissection.fields.complete());
  EXPECT_EQ(dissection.fields.find("session_id")->end, 38U + 1 + 33);
}

TEST(DissectDamaged, ShowsAnExtensionThatOccursTwice) {
  const Bytes message =
      test::client_hello_with(23, "00170000" + std::string());  // its data: another one
  const Dissection once = dissect_handshake(message, {});
  EXPECT_TRUE(once.error);
  const std::string random(64, 'a');
  const Bytes twice = test::message_of(
      1, "0303" + random + "00" + "0002c030" + "0100" + "0008" + "00170000" + "00170000");
  const Dissection dissection = dissect_handshake(twice, {});
  ASSERT_TRUE(dissection.error);
  EXPECT_EQ(dissection.error->field, "extensions");
  EXPECT_EQ(dissection.error->section, "RFC 5246, 7.4.1.4");
  EXPECT_TRUE(dissection.fields.complete());
}

}  // namespace
}  // namespace glasstls::inspect
