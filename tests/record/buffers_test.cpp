#include "record/buffers.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <stdexcept>

namespace glasstls::record {
namespace {

void receive(ReceiveBuffer& buffer, View bytes) {
  const MutableView space = buffer.free_space();
  ASSERT_GE(space.size(), bytes.size());
  std::copy(bytes.begin(), bytes.end(), space.begin());
  buffer.commit(bytes.size());
}

void send(SendBuffer& buffer, View bytes) {
  const MutableView space = buffer.prepare(bytes.size());
  std::copy(bytes.begin(), bytes.end(), space.begin());
  buffer.commit(bytes.size());
}

TEST(ReceiveBuffer, HoldsNoMemoryUntilItIsAskedFor) {
  ReceiveBuffer buffer;
  EXPECT_FALSE(buffer.holds_memory());
  EXPECT_TRUE(buffer.empty());
  EXPECT_TRUE(buffer.pending().empty());
  EXPECT_GE(buffer.free_space().size(), max_record_length);
  EXPECT_TRUE(buffer.holds_memory());
}

TEST(ReceiveBuffer, GivesBackWhatItGotInOrder) {
  ReceiveBuffer buffer;
  receive(buffer, Bytes{1, 2, 3});
  receive(buffer, Bytes{4, 5});
  EXPECT_TRUE(wire::equal(buffer.pending(), Bytes{1, 2, 3, 4, 5}));
  buffer.consume(2);
  EXPECT_TRUE(wire::equal(buffer.pending(), Bytes{3, 4, 5}));
  buffer.consume(3);
  EXPECT_TRUE(buffer.empty());
}

TEST(ReceiveBuffer, KeepsMemoryWhileBytesArePending) {
  ReceiveBuffer buffer;
  receive(buffer, Bytes{1});
  buffer.release();
  EXPECT_TRUE(buffer.holds_memory());
  buffer.consume(1);
  buffer.release();
  EXPECT_FALSE(buffer.holds_memory());
  receive(buffer, Bytes{2});
  EXPECT_TRUE(wire::equal(buffer.pending(), Bytes{2}));
}

TEST(ReceiveBuffer, AlwaysHasRoomForTheRecordThatBeginsInIt) {
  ReceiveBuffer buffer;
  std::uint8_t next = 0;
  std::uint8_t expected = 0;
  for (int round = 0; round < 50; ++round) {  // fill it, then leave one byte of the next record
    const MutableView space = buffer.free_space();
    ASSERT_GE(space.size() + buffer.pending().size(), max_record_length);
    ASSERT_FALSE(space.empty());
    for (std::uint8_t& byte : space) byte = next++;
    buffer.commit(space.size());
    const MutableView pending = buffer.pending();
    for (const std::uint8_t byte : pending.first(pending.size() - 1)) ASSERT_EQ(byte, expected++);
    buffer.consume(pending.size() - 1);
  }
}

TEST(ReceiveBuffer, DoesNotTakeMoreThanFits) {
  ReceiveBuffer buffer;
  EXPECT_THROW(buffer.commit(1), std::logic_error);  // nobody asked for space
  const std::size_t size = buffer.free_space().size();
  EXPECT_THROW(buffer.commit(size + 1), std::logic_error);
  EXPECT_NO_THROW(buffer.commit(size));
}

TEST(SendBuffer, SendsNothingThatWasNotCommitted) {
  SendBuffer buffer;
  send(buffer, Bytes{1, 2, 3});
  const MutableView space = buffer.prepare(100);
  std::fill(space.begin(), space.end(), std::uint8_t{9});
  EXPECT_TRUE(wire::equal(buffer.pending(), Bytes{1, 2, 3}));
  send(buffer, Bytes{4});
  EXPECT_TRUE(wire::equal(buffer.pending(), Bytes{1, 2, 3, 4}));
  EXPECT_THROW(buffer.commit(SendBuffer::capacity), std::logic_error);
}

TEST(SendBuffer, GivesBackWhatItGotInOrder) {
  SendBuffer buffer;
  EXPECT_FALSE(buffer.holds_memory());
  send(buffer, Bytes{1, 2, 3});
  send(buffer, Bytes{4});
  buffer.consume(1);
  EXPECT_TRUE(wire::equal(buffer.pending(), Bytes{2, 3, 4}));
  EXPECT_THROW(buffer.consume(4), std::logic_error);
  buffer.consume(3);
  EXPECT_TRUE(buffer.empty());
}

TEST(SendBuffer, HasRoomUpToItsCapacity) {
  SendBuffer buffer;
  EXPECT_EQ(buffer.room(), SendBuffer::capacity);
  send(buffer, Bytes(1000));
  EXPECT_EQ(buffer.room(), SendBuffer::capacity - 1000);
  buffer.consume(1000);
  EXPECT_EQ(buffer.room(), SendBuffer::capacity);
}

TEST(SendBuffer, GrowsBeyondItsCapacityAndKeepsItsBytes) {
  SendBuffer buffer;
  Bytes all(SendBuffer::capacity);
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::uint8_t>(i * 7);
  send(buffer, all);
  buffer.consume(10);
  EXPECT_EQ(buffer.room(), 0U);
  send(buffer, Bytes{1, 2, 3});
  wire::append(all, Bytes{1, 2, 3});
  EXPECT_TRUE(wire::equal(buffer.pending(), View(all).subspan(10)));
}

TEST(SendBuffer, GivesItsMemoryBackOnlyWhenEmpty) {
  SendBuffer buffer;
  send(buffer, Bytes{1});
  buffer.release();
  EXPECT_TRUE(buffer.holds_memory());
  buffer.consume(1);
  buffer.release();
  EXPECT_FALSE(buffer.holds_memory());
  EXPECT_EQ(buffer.room(), SendBuffer::capacity);
}

}  // namespace
}  // namespace glasstls::record
