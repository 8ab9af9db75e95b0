#include "platform/random.h"

#include <gtest/gtest.h>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace glasstls::platform {
namespace {

TEST(SystemRandom, FillsEveryByteOfAnySize) {
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, std::size_t{257}, std::size_t{1} << 20}) {
    Bytes bytes(size);
    system_random().fill(bytes);
    if (size < 257) continue;
    const std::set<std::uint8_t> tail(bytes.end() - 257, bytes.end());
    EXPECT_GT(tail.size(), 64u);  // of 256 values; less is out of the question
  }
}

TEST(SystemRandom, DoesNotRepeatItself) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    Bytes bytes(16);
    system_random().fill(bytes);
    EXPECT_TRUE(seen.insert(wire::hex(bytes)).second);
  }
}

TEST(SystemRandom, ServesManyThreads) {
  std::vector<Bytes> results(8, Bytes(32));
  std::vector<std::thread> threads;
  for (Bytes& result : results) {
    threads.emplace_back([&result] {
      for (int i = 0; i < 100; ++i) system_random().fill(result);
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<std::string> different;
  for (const Bytes& result : results) different.insert(wire::hex(result));
  EXPECT_EQ(different.size(), results.size());
}

}  // namespace
}  // namespace glasstls::platform
