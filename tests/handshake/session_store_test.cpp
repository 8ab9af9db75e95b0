#include "handshake/session_store.h"

#include <gtest/gtest.h>
#include <thread>
#include <vector>

#include "tests/handshake/sessions.h"

namespace glasstls::handshake {
namespace {

Bytes key(std::uint8_t number) { return Bytes(32, number); }

std::shared_ptr<const Session> a_session() {
  return std::make_shared<const Session>(example::client_session());
}

TEST(SessionCache, FindsWhatWasPutAndNothingElse) {
  SessionCache cache(4);
  const auto session = a_session();
  cache.put(key(1), session);
  EXPECT_EQ(cache.find(key(1)), session);
  EXPECT_EQ(cache.find(key(2)), nullptr);
  EXPECT_EQ(cache.find({}), nullptr);
}

TEST(SessionCache, ReplacesASessionOfTheSameKey) {
  SessionCache cache(4);
  const auto second = a_session();
  cache.put(key(1), a_session());
  cache.put(key(1), second);
  EXPECT_EQ(cache.find(key(1)), second);
  EXPECT_EQ(cache.size(), 1U);
}

TEST(SessionCache, ForgetsWhatIsRemoved) {
  SessionCache cache(4);
  cache.put(key(1), a_session());
  cache.put(key(2), a_session());
  cache.remove(key(1));
  cache.remove(key(9));
  EXPECT_EQ(cache.find(key(1)), nullptr);
  EXPECT_NE(cache.find(key(2)), nullptr);
  EXPECT_EQ(cache.size(), 1U);
}

TEST(SessionCache, DropsTheOneThatWasNotUsedForLongest) {
  SessionCache cache(3);
  for (const std::uint8_t number : Bytes{1, 2, 3}) cache.put(key(number), a_session());
  cache.find(key(1));              // used again
  cache.put(key(2), a_session());  // and so is this
  cache.put(key(4), a_session());
  EXPECT_EQ(cache.find(key(3)), nullptr);
  for (const std::uint8_t number : Bytes{1, 2, 4}) EXPECT_NE(cache.find(key(number)), nullptr);
  EXPECT_EQ(cache.size(), 3U);

  cache.put(key(5), a_session());  // they were asked for in this order
  EXPECT_EQ(cache.find(key(1)), nullptr);
}

TEST(SessionCache, ListsAllTheLastUsedFirst) {
  SessionCache cache(3);
  std::vector<std::shared_ptr<const Session>> sessions;
  for (const std::uint8_t number : Bytes{1, 2, 3}) {
    sessions.push_back(a_session());
    cache.put(key(number), sessions.back());
  }
  cache.find(key(1));
  EXPECT_EQ(cache.all(), (std::vector{sessions[0], sessions[2], sessions[1]}));
}

TEST(SessionCache, KeepsNothingWithoutCapacity) {
  SessionCache cache(0);
  cache.put(key(1), a_session());
  EXPECT_EQ(cache.find(key(1)), nullptr);
  EXPECT_EQ(cache.size(), 0U);
}

TEST(SessionCache, LeavesASessionToWhoeverHasIt) {
  SessionCache cache(1);
  cache.put(key(1), a_session());
  const auto found = cache.find(key(1));
  cache.put(key(2), a_session());
  EXPECT_EQ(found->server_name, "server.test");
}

TEST(SessionCache, ServesManyThreads) {
  SessionCache cache(16);
  const auto session = a_session();
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread)
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 2000; ++i) {
        const Bytes name = key(static_cast<std::uint8_t>((i * 7 + thread) % 32));
        cache.put(name, session);
        const auto found = cache.find(name);
        EXPECT_TRUE(found == nullptr || found == session);
        if (i % 3 == 0) cache.remove(name);
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(cache.size(), 16U);
}

TEST(ClientSessionKey, DiffersByNameAndByTrust) {
  const Bytes trust(32, 1);
  const Bytes other(32, 2);
  EXPECT_EQ(client_session_key("a.test", trust), client_session_key("a.test", trust));
  EXPECT_NE(client_session_key("a.test", trust), client_session_key("b.test", trust));
  EXPECT_NE(client_session_key("a.test", trust), client_session_key("a.test", other));
  EXPECT_NE(client_session_key("", trust), client_session_key("a.test", trust));
}

TEST(ClientSessionKey, DoesNotConfuseTheEndOfANameWithTheBeginningOfItsTrust) {
  EXPECT_NE(client_session_key("ab", wire::as_bytes("c")),
            client_session_key("a", wire::as_bytes("bc")));
}

}  // namespace
}  // namespace glasstls::handshake
