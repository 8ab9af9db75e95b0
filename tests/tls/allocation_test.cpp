// The data path allocates nothing once it runs; an idle connection can be made to hold nothing.
#include <algorithm>
#include <gtest/gtest.h>

#include "tests/support/allocation_counter.h"
#include "tests/support/peers.h"

namespace glasstls::tls {
namespace {

using test::allocations_in;
using test::Peers;

constexpr int many = 1000;

class Allocation : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::counts_allocations()) GTEST_SKIP() << "allocations cannot be counted here";
    peers.complete_handshake();
  }

  void write_one(View plaintext) {
    written += peers.client.write(plaintext);
    sent += peers.client.to_send().size();
    peers.client.sent(peers.client.to_send().size());
  }

  void receive_one(View record) {
    const MutableView space = peers.client.receive_buffer();
    std::copy(record.begin(), record.end(), space.begin());
    peers.client.received(record.size());
    while (auto event = peers.client.next_event())
      if (const auto* data = std::get_if<ApplicationData>(&*event)) read += data->data.size();
  }

  Peers peers;
  std::size_t written = 0, sent = 0, read = 0;
};

TEST_F(Allocation, IsSeenByThisTest) {
  EXPECT_GT(allocations_in([] { Bytes bytes(1000); }), 0);
}

TEST_F(Allocation, DoesNotHappenWhenDataIsWritten) {
  const Bytes plaintext(record::max_plaintext_length, 7);
  write_one(plaintext);  // the send buffer
  EXPECT_EQ(allocations_in([&] {
              for (int i = 0; i < many; ++i) write_one(plaintext);
            }),
            0);
  EXPECT_EQ(written, (many + 1) * plaintext.size());
}

TEST_F(Allocation, DoesNotHappenWhenDataIsReceived) {
  const Bytes plaintext(record::max_plaintext_length, 7);
  std::vector<Bytes> records;
  for (int i = 0; i <= many; ++i) {
    peers.server.data(plaintext);
    records.push_back(peers.server.take());
  }
  receive_one(records[0]);  // the receive buffer
  EXPECT_EQ(allocations_in([&] {
              for (int i = 1; i <= many; ++i) receive_one(records[static_cast<std::size_t>(i)]);
            }),
            0);
  EXPECT_EQ(read, (many + 1) * plaintext.size());
}

TEST_F(Allocation, DoesNotHappenWhenSmallRecordsCrowdTheBuffer) {
  std::vector<Bytes> batches;
  for (int i = 0; i < 20; ++i) {
    for (int j = 0; j < 100; ++j) peers.server.data(Bytes(100, 7));
    batches.push_back(peers.server.take());
  }
  receive_one(batches[0]);
  EXPECT_EQ(allocations_in([&] {
              for (std::size_t i = 1; i < batches.size(); ++i) receive_one(batches[i]);
            }),
            0);
  EXPECT_EQ(read, 20U * 100 * 100);
}

TEST_F(Allocation, DoesNotHappenOnAServerEither) {
  test::ServerPeers other;
  other.complete_handshake();
  const Bytes plaintext(record::max_plaintext_length, 7);
  std::vector<Bytes> records;
  for (int i = 0; i <= many; ++i) {
    other.client.data(plaintext);
    records.push_back(other.client.take());
  }
  const auto echo = [&](const Bytes& record) {
    const MutableView space = other.server.receive_buffer();
    std::copy(record.begin(), record.end(), space.begin());
    other.server.received(record.size());
    while (auto event = other.server.next_event())
      if (const auto* data = std::get_if<ApplicationData>(&*event))
        written += other.server.write(data->data);
    other.server.sent(other.server.to_send().size());
  };
  echo(records[0]);  // the buffers
  EXPECT_EQ(allocations_in([&] {
              for (int i = 1; i <= many; ++i) echo(records[static_cast<std::size_t>(i)]);
            }),
            0);
  EXPECT_EQ(written, (many + 1) * plaintext.size());
}

TEST_F(Allocation, ShowsThatZeroBytesReceivedGivesTheBuffersBack) {
  EXPECT_EQ(allocations_in([&] { peers.client.receive_buffer(); }), 0);  // held since the handshake
  peers.client.received(0);
  EXPECT_EQ(allocations_in([&] { peers.client.receive_buffer(); }), 1);
  peers.client.received(0);
  EXPECT_EQ(allocations_in([&] { write_one(Bytes{1}); }), 2);  // the send buffer, and this Bytes
}

}  // namespace
}  // namespace glasstls::tls
