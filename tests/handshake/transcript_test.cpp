#include "handshake/transcript.h"

#include <gtest/gtest.h>
#include <stdexcept>

#include "tests/support/refusal.h"
#include "wire/error.h"

namespace glasstls::handshake {
namespace {

using crypto::HashAlgorithm;
using test::refusal_of;

const Bytes one{1, 1, 1};
const Bytes two{2, 2};
const Bytes three{3};

Bytes joined(std::initializer_list<View> parts) {
  Bytes all;
  for (const View part : parts) wire::append(all, part);
  return all;
}

TEST(Transcript, HashesAllMessagesWithTheHashThatCameLater) {
  for (const auto algorithm : {HashAlgorithm::sha256, HashAlgorithm::sha384}) {
    Transcript transcript(100);
    transcript.add(one);
    transcript.add(two);
    transcript.set_hash(algorithm);
    EXPECT_EQ(transcript.hash(), crypto::hash(algorithm, joined({one, two})));
    transcript.add(three);
    EXPECT_EQ(transcript.hash(), crypto::hash(algorithm, joined({one, two, three})));
  }
}

TEST(Transcript, HashesAllButTheLastMessage) {
  Transcript transcript(100);
  transcript.add(one);
  transcript.add(two);
  transcript.set_hash(HashAlgorithm::sha256);
  EXPECT_EQ(transcript.hash_before_last(), crypto::hash(HashAlgorithm::sha256, one));
  transcript.add(three);
  EXPECT_EQ(transcript.hash_before_last(), crypto::hash(HashAlgorithm::sha256, joined({one, two})));
  transcript.stop_keeping();
  transcript.add(one);
  EXPECT_EQ(transcript.hash_before_last(),
            crypto::hash(HashAlgorithm::sha256, joined({one, two, three})));
}

TEST(Transcript, KeepsRawBytesUntilToldOtherwise) {
  Transcript transcript(100);
  transcript.add(one);
  transcript.add(two);
  EXPECT_TRUE(wire::equal(transcript.kept_before_last(), one));
  transcript.set_hash(HashAlgorithm::sha256);
  transcript.add(three);
  EXPECT_TRUE(wire::equal(transcript.kept_before_last(), joined({one, two})));
  transcript.stop_keeping();
  EXPECT_THROW(transcript.kept_before_last(), std::logic_error);
}

TEST(Transcript, BoundsTheRawBytesThatItKeeps) {
  Transcript transcript(5);
  transcript.add(one);
  transcript.add(two);
  const ProtocolError error = refusal_of([&] { transcript.add(three); });
  EXPECT_EQ(error.alert, AlertDescription::illegal_parameter);

  Transcript later(5);
  later.add_own(Bytes(1000));  // ours are not the peer's fault
  later.add(one);
  later.set_hash(HashAlgorithm::sha256);
  later.stop_keeping();
  for (int i = 0; i < 10; ++i) EXPECT_NO_THROW(later.add(one));  // only hashed
}

TEST(Transcript, ThrowsWhereItIsAskedOutOfOrder) {
  Transcript transcript(100);
  EXPECT_THROW(transcript.hash(), std::logic_error);
  EXPECT_THROW(transcript.hash_before_last(), std::logic_error);
  EXPECT_THROW(transcript.stop_keeping(), std::logic_error);
  transcript.set_hash(HashAlgorithm::sha256);
  EXPECT_THROW(transcript.set_hash(HashAlgorithm::sha256), std::logic_error);
}

}  // namespace
}  // namespace glasstls::handshake
