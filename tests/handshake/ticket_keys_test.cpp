#include "handshake/ticket_keys.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <thread>
#include <utility>

#include "crypto/aead.h"
#include "crypto/hmac.h"
#include "tests/handshake/sessions.h"
#include "tests/support/test_random.h"

namespace glasstls::handshake {
namespace {

using example::description_of;
using example::server_session;

constexpr std::chrono::seconds hour = std::chrono::hours(1);
constexpr x509::Time start{1'800'000'000};

x509::Time after(std::chrono::seconds time) { return {start.seconds + time.count()}; }

TicketKey key(std::uint8_t number, std::size_t secret_length = 48) {
  TicketKey key;
  key.key_name.fill(number);
  key.secret = crypto::SecretBytes::copy_of(Bytes(secret_length, number));
  return key;
}

std::vector<TicketKey> keys(std::initializer_list<std::uint8_t> numbers) {
  std::vector<TicketKey> made;
  for (const std::uint8_t number : numbers) made.push_back(key(number));
  return made;
}

class Tickets : public testing::Test {
 protected:
  Bytes seal(TicketKeys& keys, x509::Time now = start) {
    return keys.seal(server_session(), now, random_);
  }
  static bool opens(TicketKeys& keys, View ticket, x509::Time now = start) {
    return keys.open(ticket, now).has_value();
  }

  test::TestRandom random_;
};

bool contains(View whole, View part) {
  return std::search(whole.begin(), whole.end(), part.begin(), part.end()) != whole.end();
}

TEST_F(Tickets, GiveTheSessionBack) {
  TicketKeys keys;
  const auto opened = keys.open(seal(keys), start);
  ASSERT_TRUE(opened);
  EXPECT_EQ(description_of(opened->session), description_of(server_session()));
  EXPECT_FALSE(opened->renew);
}

TEST_F(Tickets, HaveTheFormOfTheHeader) {
  TicketKeys given(keys({7}), 0);
  const Bytes ticket = seal(given);
  EXPECT_EQ(ticket.size(), 16 + 32 + encode_session(server_session()).size() + 16);
  EXPECT_EQ(wire::copy(View(ticket).first(16)), Bytes(16, 7));
  test::TestRandom same;
  Bytes salt(32);
  same.fill(salt);
  EXPECT_EQ(wire::copy(View(ticket).subspan(16, 32)), salt);
}

/// Servers of different versions may share keys: the header's derivation is for ever.
TEST_F(Tickets, AreSealedWithAKeyFromTheSecretAndTheSalt) {
  TicketKeys given(keys({7}), 0);
  const Bytes ticket = seal(given);
  crypto::Hmac hmac(crypto::HashAlgorithm::sha256, key(7).secret.reveal());
  hmac.update(wire::as_bytes("GlassTLS session ticket"));
  hmac.update(View(ticket).subspan(16, 32));
  crypto::Aead aead(crypto::AeadAlgorithm::aes_256_gcm, hmac.finish().view(),
                    crypto::AeadDirection::open);
  Bytes text = wire::copy(View(ticket).subspan(48, ticket.size() - 48 - 16));
  ASSERT_TRUE(aead.open(Bytes(12), View(ticket).first(48), text, View(ticket).last(16)));
  EXPECT_EQ(wire::hex(text), description_of(server_session()));
}

TEST_F(Tickets, OfOneSessionDiffer) {
  TicketKeys keys;
  const Bytes first = seal(keys);
  const Bytes second = seal(keys);
  EXPECT_EQ(wire::copy(View(first).first(16)), wire::copy(View(second).first(16)));  // one key
  EXPECT_NE(wire::copy(View(first).subspan(16, 32)), wire::copy(View(second).subspan(16, 32)));
  EXPECT_NE(wire::copy(View(first).subspan(48)), wire::copy(View(second).subspan(48)));
}

TEST_F(Tickets, ShowNothingOfTheSession) {
  TicketKeys keys;
  const Bytes ticket = seal(keys);
  EXPECT_FALSE(contains(ticket, View(example::master_secret()).first(8)));
  EXPECT_FALSE(contains(ticket, wire::as_bytes("server.test")));
  EXPECT_FALSE(contains(ticket, Bytes(8, 0xc0)));
}

TEST_F(Tickets, DoNotOpenWithAnyBitChanged) {
  TicketKeys keys;
  Bytes ticket = seal(keys);
  for (std::size_t i = 0; i < ticket.size(); ++i)
    for (unsigned bit = 0; bit < 8; ++bit) {
      const auto flip = static_cast<std::uint8_t>(1U << bit);
      ticket[i] ^= flip;
      EXPECT_FALSE(opens(keys, ticket)) << "byte " << i << ", bit " << bit;
      ticket[i] ^= flip;
    }
  EXPECT_TRUE(opens(keys, ticket));
}

TEST_F(Tickets, DoNotOpenWhenCutAnywhereOrMadeLonger) {
  TicketKeys keys;
  Bytes ticket = seal(keys);
  for (std::size_t size = 0; size < ticket.size(); ++size)
    EXPECT_FALSE(opens(keys, View(ticket).first(size))) << size;
  ticket.push_back(0);
  EXPECT_FALSE(opens(keys, ticket));
  EXPECT_FALSE(opens(keys, Bytes(0x10000)));
}

TEST_F(Tickets, DoNotOpenUnderAnotherKeysName) {
  TicketKeys both(keys({1, 2}), 0);
  Bytes ticket = seal(both);
  std::fill_n(ticket.begin(), 16, std::uint8_t{2});
  EXPECT_FALSE(opens(both, ticket));
}

TEST_F(Tickets, DoNotOpenWithAKeyOfTheSameNameAndAnotherSecret) {
  TicketKeys ours(keys({1}), 0);
  std::vector<TicketKey> forged = keys({1});
  forged[0].secret.fill()[47] ^= 1;
  TicketKeys theirs(std::move(forged), 0);
  EXPECT_FALSE(opens(ours, seal(theirs)));
}

TEST_F(Tickets, DoNotOpenWithAKeyThatIsUnknown) {
  TicketKeys ours(keys({1}), 0);
  TicketKeys theirs(keys({2}), 0);
  TicketKeys unused;
  EXPECT_FALSE(opens(ours, seal(theirs)));
  EXPECT_FALSE(opens(unused, seal(theirs)));
}

TEST_F(Tickets, DoNotOpenIfTheyHoldNoSession) {
  // Sealed by the rules, with the same key: only the content is at fault.
  TicketKeys ours(keys({1}), 0);
  Session odd = server_session();
  odd.cipher_suite = crypto::CipherSuite{0x002f};
  EXPECT_FALSE(opens(ours, ours.seal(odd, start, random_)));
}

TEST_F(Tickets, OpenOnEveryServerWithTheSameKeys) {
  TicketKeys first(keys({1, 2}), 0);
  TicketKeys second(keys({2, 1}), 0);
  const auto opened = second.open(seal(first), start);
  ASSERT_TRUE(opened);
  EXPECT_EQ(description_of(opened->session), description_of(server_session()));
  EXPECT_TRUE(opened->renew);  // the second server seals with another key
  EXPECT_FALSE(first.open(seal(first), start)->renew);
}

TEST_F(Tickets, AreSealedWithTheKeyThatWasChosen) {
  for (const std::size_t sealing : {0U, 1U, 2U}) {
    TicketKeys all(keys({10, 11, 12}), sealing);
    EXPECT_EQ(seal(all).front(), 10 + sealing);
    for (const std::uint8_t number : Bytes{10, 11, 12}) {
      TicketKeys one(keys({number}), 0);
      EXPECT_TRUE(opens(all, seal(one))) << int{number};
    }
  }
}

TEST_F(Tickets, DependOnTheWholeSecret) {
  for (const std::size_t at : {0U, 16U, 79U}) {
    std::vector<TicketKey> one;
    one.push_back(key(1, 80));
    std::vector<TicketKey> other;
    other.push_back(key(1, 80));
    other[0].secret.fill()[at] ^= 1;
    TicketKeys ours(std::move(one), 0);
    TicketKeys theirs(std::move(other), 0);
    EXPECT_FALSE(opens(ours, seal(theirs))) << at;
  }
}

TEST_F(Tickets, AreNotMadeOfASessionThatIsTooLarge) {
  TicketKeys keys;
  Session session = server_session();
  session.ocsp_response.resize(0);
  const std::size_t rest = keys.seal(session, start, random_).size();
  session.ocsp_response.resize(0xffff - rest);
  const Bytes largest = keys.seal(session, start, random_);
  EXPECT_EQ(largest.size(), 0xffffU);
  EXPECT_TRUE(opens(keys, largest));
  session.ocsp_response.push_back(0);
  EXPECT_TRUE(keys.seal(session, start, random_).empty());
}

TEST_F(Tickets, OfGivenKeysStayGoodForever) {
  TicketKeys given(keys({1}), 0);
  const Bytes ticket = seal(given);
  const auto opened = given.open(ticket, after(10'000 * hour));
  ASSERT_TRUE(opened);
  EXPECT_FALSE(opened->renew);
  EXPECT_EQ(seal(given, after(10'000 * hour)).front(), 1);
}

// --- Keys of our own ------------------------------------------------------------------------------

TEST_F(Tickets, GetAnotherKeyWhenTheFirstHasServedItsTime) {
  TicketKeys keys(hour);
  const Bytes first = seal(keys);
  const Bytes same = seal(keys, after(hour - std::chrono::seconds(1)));
  const Bytes second = seal(keys, after(hour));
  EXPECT_TRUE(std::equal(first.begin(), first.begin() + 16, same.begin()));
  EXPECT_FALSE(std::equal(first.begin(), first.begin() + 16, second.begin()));
}

TEST_F(Tickets, AreToBeRenewedWhenTheirKeyHasServedItsTime) {
  TicketKeys keys(hour);
  const Bytes ticket = seal(keys);
  EXPECT_FALSE(keys.open(ticket, after(hour - std::chrono::seconds(1)))->renew);
  EXPECT_TRUE(keys.open(ticket, after(hour))->renew);  // seal() would make a new key now
  seal(keys, after(hour));
  EXPECT_TRUE(keys.open(ticket, after(hour))->renew);
}

TEST_F(Tickets, OpenUntilNoneUnderTheirKeyCanBeCurrent) {
  TicketKeys keys(hour);
  const Bytes ticket = seal(keys, after(hour - std::chrono::seconds(1)));
  seal(keys, after(2 * hour));  // replaces the key
  const x509::Time last = after(2 * hour + max_session_lifetime);
  EXPECT_TRUE(opens(keys, ticket, {last.seconds - 1}));
  EXPECT_FALSE(opens(keys, ticket, last));
}

TEST_F(Tickets, OpenUnderEachOfManyOldKeys) {
  TicketKeys keys(hour);
  std::vector<Bytes> tickets;
  for (int i = 0; i < 24; ++i) tickets.push_back(seal(keys, after(i * hour)));
  for (const Bytes& ticket : tickets) EXPECT_TRUE(opens(keys, ticket, after(23 * hour)));
}

TEST_F(Tickets, SurviveAClockThatIsSetBackALittle) {
  TicketKeys keys(hour);
  const Bytes ticket = seal(keys);
  const x509::Time earlier{start.seconds - 60};
  const Bytes next = seal(keys, earlier);
  EXPECT_TRUE(std::equal(ticket.begin(), ticket.begin() + 16, next.begin()));
  EXPECT_TRUE(opens(keys, ticket, earlier));
}

TEST_F(Tickets, GetAnotherKeyWhenTheClockIsSetBackALot) {
  TicketKeys keys(hour);
  const Bytes future = seal(keys, after(10'000 * hour));  // the clock was wrong
  const Bytes now = seal(keys);
  EXPECT_FALSE(std::equal(future.begin(), future.begin() + 16, now.begin()));
  EXPECT_TRUE(opens(keys, future));
  EXPECT_TRUE(opens(keys, future, after(max_session_lifetime - std::chrono::seconds(1))));
  EXPECT_FALSE(opens(keys, future, after(max_session_lifetime)));
}

TEST_F(Tickets, DoNotLetAnOldKeyLiveLongerWhenTheClockIsSetBack) {
  TicketKeys keys(hour);
  const Bytes old = seal(keys, after(10'000 * hour));
  seal(keys, after(10'001 * hour));      // replaced ...
  EXPECT_TRUE(opens(keys, old, start));  // ... in what is now the future
  EXPECT_FALSE(opens(keys, old, after(max_session_lifetime)));
}

TEST_F(Tickets, OpenWhateverTheTimeOfKeysReplacedByGivenOnes) {
  TicketKeys changing;
  const Bytes old = seal(changing);
  changing.set(keys({1, 2}), 1);
  EXPECT_FALSE(opens(changing, old));
  const Bytes ticket = seal(changing);
  EXPECT_EQ(ticket.front(), 2);
  changing.set(keys({2, 3}), 1);
  EXPECT_TRUE(opens(changing, ticket));
  EXPECT_EQ(seal(changing).front(), 3);
}

// --- Misuse ---------------------------------------------------------------------------------------

std::string refusal(std::vector<TicketKey> keys, std::size_t sealing) {
  try {
    const TicketKeys made(std::move(keys), sealing);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "taken";
}

TEST(TicketKeys, RefusesKeysThatMakeNoSense) {
  EXPECT_EQ(refusal({}, 0), "there are no ticket keys");
  EXPECT_EQ(refusal(keys({1, 2}), 2), "the ticket key to seal with is not among the keys");
  EXPECT_EQ(refusal(keys({1, 2, 1}), 0), "two ticket keys have the same name");
  std::vector<TicketKey> weak;
  weak.push_back(key(1, 31));
  EXPECT_EQ(refusal(std::move(weak), 0), "a ticket key has fewer than 32 secret bytes");
  std::vector<TicketKey> enough;
  enough.push_back(key(1, 32));
  EXPECT_EQ(refusal(std::move(enough), 0), "taken");
}

TEST(TicketKeys, KeepsItsKeysWhenOthersAreRefused) {
  test::TestRandom random;
  TicketKeys given(keys({1}), 0);
  EXPECT_THROW(given.set({}, 0), std::invalid_argument);
  EXPECT_EQ(given.seal(server_session(), start, random).front(), 1);
}

TEST(TicketKeys, RefusesToMakeKeysAllTheTime) {
  EXPECT_THROW(TicketKeys(std::chrono::seconds(59)), std::invalid_argument);
  EXPECT_THROW(TicketKeys(std::chrono::seconds(-1)), std::invalid_argument);
  EXPECT_NO_THROW(TicketKeys(std::chrono::seconds(60)));
}

TEST(TicketKeys, ServesManyThreads) {
  TicketKeys shared(std::chrono::minutes(1));
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread)
    threads.emplace_back([&shared, thread] {
      test::TestRandom random(std::to_string(thread));
      for (int i = 0; i < 200; ++i) {
        const x509::Time now = after(std::chrono::minutes(i));
        EXPECT_TRUE(shared.open(shared.seal(server_session(), now, random), now));
      }
    });
  threads.emplace_back([&shared] {
    for (int i = 0; i < 200; ++i) shared.open(Bytes(500), start);
  });
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace glasstls::handshake
