#include "handshake/defragmenter.h"

#include <gtest/gtest.h>
#include <type_traits>
#include <vector>

#include "handshake/messages.h"
#include "tests/handshake/examples.h"
#include "tests/support/refusal.h"

namespace glasstls::handshake {
namespace {

using test::refusal_of;

constexpr std::size_t bound = 1000;

/// All whole messages that are there, copied.
std::vector<Bytes> drained(Defragmenter& defragmenter) {
  std::vector<Bytes> messages;
  while (const auto message = defragmenter.next()) {
    EXPECT_EQ(message->bytes[0], static_cast<std::uint8_t>(message->type));
    messages.push_back(wire::copy(message->bytes));
  }
  return messages;
}

Bytes header(unsigned type, std::size_t length) {
  return {static_cast<std::uint8_t>(type), static_cast<std::uint8_t>(length >> 16),
          static_cast<std::uint8_t>(length >> 8), static_cast<std::uint8_t>(length)};
}

TEST(Defragmenter, JoinsAMessageCutAtEveryByte) {
  const Bytes message = encode(example::message<CertificateRequest>());
  for (std::size_t cut = 1; cut < message.size(); ++cut) {
    Defragmenter defragmenter(bound);
    defragmenter.add(View(message).first(cut));
    EXPECT_TRUE(drained(defragmenter).empty());
    defragmenter.add(View(message).subspan(cut));
    EXPECT_EQ(drained(defragmenter), std::vector<Bytes>{message});
  }
}

TEST(Defragmenter, JoinsAMessageThatComesByteByByte) {
  const Bytes message = encode(example::message<ClientHello>());
  Defragmenter defragmenter(bound);
  for (std::size_t i = 0; i + 1 < message.size(); ++i) {
    defragmenter.add(View(message).subspan(i, 1));
    ASSERT_FALSE(defragmenter.next());
  }
  defragmenter.add(View(message).last(1));
  EXPECT_EQ(drained(defragmenter), std::vector<Bytes>{message});
}

TEST(Defragmenter, TakesSeveralMessagesOutOfOneFragment) {
  const Bytes first = encode(example::message<Finished>());
  const Bytes second = encode(ServerHelloDone{});
  const Bytes third = encode(example::message<CertificateRequest>());
  Bytes all = first;
  wire::append(all, second);
  wire::append(all, View(third).first(10));
  Defragmenter defragmenter(bound);
  defragmenter.add(all);
  EXPECT_EQ(drained(defragmenter), (std::vector<Bytes>{first, second}));
  defragmenter.add(View(third).subspan(10));
  EXPECT_EQ(drained(defragmenter), std::vector<Bytes>{third});
}

TEST(Defragmenter, RefusesAnEmptyFragment) {
  Defragmenter defragmenter(bound);
  const ProtocolError error = refusal_of([&] { defragmenter.add({}); });
  EXPECT_EQ(error.alert, AlertDescription::unexpected_message);
  EXPECT_EQ(error.section, "RFC 5246, 6.2.1");
}

TEST(Defragmenter, RefusesAMessageOverItsBoundAsSoonAsItsHeaderIsThere) {
  Defragmenter at_the_bound(bound);
  at_the_bound.add(header(11, bound));
  EXPECT_FALSE(at_the_bound.next());

  Defragmenter over_it(bound);
  over_it.add(header(11, bound + 1));
  const ProtocolError error = refusal_of([&] { over_it.next(); });
  EXPECT_EQ(error.alert, AlertDescription::illegal_parameter);
  EXPECT_EQ(error.message, "Certificate");
  EXPECT_EQ(error.field, "length");
  EXPECT_EQ(error.offset, 1U);
  EXPECT_STREQ(error.what(), "the message has 1001 bytes, our bound is 1000");
}

TEST(Defragmenter, RefusesAnUnknownTypeByItsFirstByte) {
  for (unsigned type = 0; type < 256; ++type) {
    Defragmenter defragmenter(bound);
    defragmenter.add(Bytes{static_cast<std::uint8_t>(type)});
    if (spec_of(HandshakeType(type)).name.empty())
      EXPECT_EQ(refusal_of([&] { defragmenter.next(); }).alert,
                AlertDescription::unexpected_message)
          << type;
    else
      EXPECT_FALSE(defragmenter.next()) << type;
  }
}

TEST(Defragmenter, IsAlignedOnlyBetweenMessages) {
  const Bytes message = encode(example::message<Finished>());
  Defragmenter defragmenter(bound);
  EXPECT_NO_THROW(defragmenter.aligned());
  for (std::size_t cut = 1; cut < message.size(); ++cut) {
    Defragmenter half(bound);
    half.add(View(message).first(cut));
    half.next();
    const ProtocolError error = refusal_of([&] { half.aligned(); });
    EXPECT_EQ(error.alert, AlertDescription::unexpected_message);
    EXPECT_EQ(error.message, "ChangeCipherSpec");
    EXPECT_EQ(error.section, "RFC 5246, 7.1");
  }
  defragmenter.add(message);
  defragmenter.next();
  EXPECT_NO_THROW(defragmenter.aligned());
}

TEST(Defragmenter, KnowsWhetherAFlightHasEnded) {
  Defragmenter defragmenter(100);
  EXPECT_NO_THROW(defragmenter.expect_end_of_flight());
  defragmenter.add(Bytes{14, 0, 0, 0, 20});
  ASSERT_TRUE(defragmenter.next());
  const ProtocolError error = refusal_of([&] { defragmenter.expect_end_of_flight(); });
  EXPECT_EQ(error.alert, AlertDescription::unexpected_message);
  EXPECT_EQ(error.section, "RFC 5246, 7.3");
}

TEST(Defragmenter, KnowsWhetherAMessageHasBegun) {
  Defragmenter defragmenter(100);
  EXPECT_NO_THROW(defragmenter.expect_no_half_message());
  defragmenter.add(Bytes{0});
  ASSERT_FALSE(defragmenter.next());
  const ProtocolError error = refusal_of([&] { defragmenter.expect_no_half_message(); });
  EXPECT_EQ(error.alert, AlertDescription::unexpected_message);
  EXPECT_EQ(error.section, "RFC 8446, 5.1");
}

// A permission to change keys cannot be made by anybody else.
static_assert(!std::is_default_constructible_v<HandshakeAligned>);
static_assert(!std::is_default_constructible_v<ChangeCipherSpec>);

}  // namespace
}  // namespace glasstls::handshake
