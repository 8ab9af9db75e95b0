#include "record/connection_state.h"

#include <gtest/gtest.h>
#include <limits>
#include <stdexcept>
#include <vector>

#include "tests/support/refusal.h"
#include "wire/error.h"

namespace glasstls::record {
namespace {

using test::refusal_of;

crypto::TrafficKeys some_keys(std::uint8_t fill = 1) {
  return {crypto::AeadAlgorithm::aes_256_gcm, crypto::TrafficKey::copy_of(Bytes(32, fill)),
          crypto::TrafficIv::copy_of(Bytes(4, fill))};
}

constexpr std::uint64_t no_limit = default_record_limit;

Bytes sealed(WriteState& state, View plaintext, ContentType type = ContentType::application_data) {
  Bytes out(state.record_size(plaintext.size()));
  state.seal(type, ProtocolVersion::tls12, plaintext, out);
  return out;
}

Opened opened(ReadState& state, MutableView record) {
  return state.open(parse_header(record, {true, state.is_protected()}), record);
}

struct Seen {
  Direction direction{};
  ContentType type{};
  Bytes wire, plaintext, nonce, additional_data;
  bool is_protected = false, authentic = false;
  std::uint64_t sequence_number = 0;
};

class Watching final : public Observer {
 public:
  void record(const wire::RecordSeen& record) noexcept override {
    seen.push_back({record.direction, record.type, wire::copy(record.wire),
                    wire::copy(record.plaintext), wire::copy(record.nonce),
                    wire::copy(record.additional_data), record.is_protected, record.authentic,
                    record.sequence_number});
  }
  std::vector<Seen> seen;
};

TEST(ConnectionState, BeginsWithoutProtection) {
  WriteState state(no_limit, nullptr);
  EXPECT_FALSE(state.is_protected());
  EXPECT_FALSE(state.has_pending());
  EXPECT_EQ(state.records_left(), std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(sealed(state, Bytes{7, 8}), (Bytes{23, 3, 3, 0, 2, 7, 8}));
}

TEST(ConnectionState, UsesPendingKeysOnlyAfterChangeCipherSpec) {
  WriteState state(no_limit, nullptr);
  state.set_pending(some_keys());
  EXPECT_TRUE(state.has_pending());
  EXPECT_FALSE(state.is_protected());
  EXPECT_EQ(sealed(state, Bytes{7}).size(), header_length + 1);
  state.change_cipher_spec();
  EXPECT_TRUE(state.is_protected());
  EXPECT_FALSE(state.has_pending());
  EXPECT_EQ(sealed(state, Bytes{7}).size(), header_length + 8 + 1 + 16);
}

TEST(ConnectionState, DoesNotChangeToKeysThatAreNotThere) {
  WriteState state(no_limit, nullptr);
  EXPECT_THROW(state.change_cipher_spec(), std::logic_error);
  state.set_pending(some_keys());
  state.change_cipher_spec();
  EXPECT_THROW(state.change_cipher_spec(), std::logic_error);
}

TEST(ConnectionState, StartsTheSequenceNumberAnewWithNewKeys) {
  WriteState write(no_limit, nullptr);
  ReadState read(no_limit, nullptr);
  for (const std::uint8_t fill : Bytes{1, 2}) {
    write.set_pending(some_keys(fill));
    read.set_pending(some_keys(fill));
    write.change_cipher_spec();
    read.change_cipher_spec();
    for (int i = 0; i < 3; ++i) {
      Bytes record = sealed(write, Bytes{fill});
      EXPECT_TRUE(wire::equal(opened(read, record).plaintext, Bytes{fill}));
    }
  }
}

TEST(ConnectionState, CountsTheRecordsOfAKeyDownToItsLimit) {
  WriteState state(3, nullptr);
  state.set_pending(some_keys());
  state.change_cipher_spec();
  for (const std::uint64_t left : {3U, 2U, 1U, 0U, 0U}) {
    EXPECT_EQ(state.records_left(), left);
    sealed(state, Bytes{1});
  }
}

TEST(ConnectionState, ForgetsItsKeysWhenWiped) {
  WriteState state(no_limit, nullptr);
  state.set_pending(some_keys());
  state.change_cipher_spec();
  state.set_pending(some_keys());
  state.wipe();
  EXPECT_FALSE(state.is_protected());
  EXPECT_FALSE(state.has_pending());
  EXPECT_THROW(state.change_cipher_spec(), std::logic_error);
}

TEST(WriteState, ThrowsForARecordOfTheWrongSize) {
  WriteState state(no_limit, nullptr);
  Bytes out(max_record_length);
  EXPECT_THROW(state.seal(ContentType::application_data, ProtocolVersion::tls12,
                          Bytes(max_plaintext_length + 1),
                          MutableView(out).first(header_length + max_plaintext_length + 1)),
               std::logic_error);
  EXPECT_THROW(state.seal(ContentType::application_data, ProtocolVersion::tls12, Bytes(3),
                          MutableView(out).first(header_length + 4)),
               std::logic_error);
}

TEST(ReadState, RefusesARecordThatDoesNotAuthenticate) {
  ReadState state(no_limit, nullptr);
  state.set_pending(some_keys());
  state.change_cipher_spec();
  for (const std::size_t size : {0U, 1U, 23U, 24U, 100U}) {
    Bytes record(header_length + size);
    write_header(
        {ContentType::application_data, ProtocolVersion::tls12, static_cast<std::uint16_t>(size)},
        record);
    const ProtocolError error = refusal_of([&] { opened(state, record); });
    EXPECT_EQ(error.alert, AlertDescription::bad_record_mac);
    EXPECT_EQ(error.section, "RFC 5246, 6.2.3.3");
  }
}

TEST(ReadState, RefusesPlaintextOverItsLimitThatCameProtected) {
  Protection sealer(some_keys(), crypto::AeadDirection::seal);
  ReadState state(no_limit, nullptr);
  state.set_pending(some_keys());
  state.change_cipher_spec();
  for (const std::size_t size : {max_plaintext_length, max_plaintext_length + 1}) {
    Bytes record(header_length + size + sealer.overhead());
    const MutableView fragment = MutableView(record).subspan(header_length);
    write_header({ContentType::application_data, ProtocolVersion::tls12,
                  static_cast<std::uint16_t>(fragment.size())},
                 record);
    sealer.seal(ContentType::application_data, fragment);
    if (size == max_plaintext_length) {
      EXPECT_EQ(opened(state, record).plaintext.size(), size);
    } else {
      EXPECT_EQ(refusal_of([&] { opened(state, record); }).alert,
                AlertDescription::record_overflow);
    }
  }
}

TEST(ConnectionState, ShowsEachRecordToTheObserver) {
  Watching watching;
  WriteState write(no_limit, &watching);
  ReadState read(no_limit, &watching);
  Bytes plain = sealed(write, Bytes{7}, ContentType::handshake);
  opened(read, plain);
  write.set_pending(some_keys());
  read.set_pending(some_keys());
  write.change_cipher_spec();
  read.change_cipher_spec();
  sealed(write, Bytes{8});
  Bytes lost = sealed(write, Bytes{9});
  Bytes wrong = lost;
  EXPECT_THROW(opened(read, wrong), ProtocolError);

  ASSERT_EQ(watching.seen.size(), 5U);
  EXPECT_EQ(watching.seen[0].direction, Direction::sent);
  EXPECT_EQ(watching.seen[0].type, ContentType::handshake);
  EXPECT_FALSE(watching.seen[0].is_protected);
  EXPECT_EQ(watching.seen[1].direction, Direction::received);
  EXPECT_EQ(watching.seen[1].wire, watching.seen[0].wire);
  EXPECT_EQ(watching.seen[1].plaintext, Bytes{7});
  EXPECT_TRUE(watching.seen[1].authentic);

  const Seen& second = watching.seen[3];
  EXPECT_TRUE(second.is_protected);
  EXPECT_EQ(second.sequence_number, 1U);
  EXPECT_EQ(second.wire, lost);
  EXPECT_EQ(second.plaintext, Bytes{9});
  EXPECT_EQ(wire::hex(second.nonce), "010101010000000000000001");
  EXPECT_EQ(wire::hex(second.additional_data), "00000000000000011703030001");

  const Seen& refused = watching.seen[4];
  EXPECT_FALSE(refused.authentic);
  EXPECT_TRUE(refused.plaintext.empty());
  EXPECT_EQ(refused.wire, lost);  // as it came, not as opening left it
  EXPECT_EQ(refused.sequence_number, 0U);
}

}  // namespace
}  // namespace glasstls::record
