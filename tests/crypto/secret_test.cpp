#include "crypto/secret.h"

#include <concepts>
#include <gtest/gtest.h>
#include <memory>
#include <ostream>
#include <type_traits>

namespace glasstls::crypto {
namespace {

template <class T>
concept Printable = requires(std::ostream& out, const T& value) {
  out << value;
};

static_assert(!std::copyable<MasterSecret> && std::movable<MasterSecret>);
static_assert(!std::copyable<SecretBytes> && std::movable<SecretBytes>);
static_assert(!std::equality_comparable<MasterSecret> && !std::equality_comparable<SecretBytes>);
static_assert(!Printable<MasterSecret> && !Printable<SecretBytes>);
static_assert(!std::convertible_to<PremasterSecret, MasterSecret>);
static_assert(!std::constructible_from<MasterSecret, PremasterSecret>);
static_assert(!std::convertible_to<MasterSecret, View>);

const Bytes sample = {1, 2, 3, 4, 5};

// The bytes of an object's storage, after it was destroyed in place.
template <class T, class Make>
Bytes storage_after_destruction(Make make) {
  alignas(T) static std::array<std::uint8_t, sizeof(T)> storage;
  storage.fill(0);
  T* object = ::new (storage.data()) T(make());
  std::destroy_at(object);
  const volatile std::uint8_t* bytes = storage.data();
  return Bytes(bytes, bytes + storage.size());
}

bool contains(const Bytes& bytes, const Bytes& part) {
  return std::search(bytes.begin(), bytes.end(), part.begin(), part.end()) != bytes.end();
}

TEST(Secret, RevealsWhatItWasGiven) {
  const auto secret = MasterSecret::copy_of(sample);
  EXPECT_EQ(secret.size(), 5u);
  EXPECT_EQ(wire::copy(secret.reveal()), sample);
}

TEST(Secret, BeginsAsZeros) {
  EXPECT_EQ(wire::copy(TrafficKey(16).reveal()), Bytes(16));
  EXPECT_EQ(TrafficKey().size(), 0u);
}

TEST(Secret, IsWrittenThroughFill) {
  TrafficIv iv(4);
  iv.fill()[3] = 7;
  EXPECT_EQ(wire::copy(iv.reveal()), (Bytes{0, 0, 0, 7}));
}

TEST(Secret, RefusesMoreThanItsCapacity) {
  EXPECT_NO_THROW(TrafficIv(12));
  EXPECT_THROW(TrafficIv(13), std::length_error);
  EXPECT_THROW(TrafficIv::copy_of(Bytes(13)), std::length_error);
}

TEST(Secret, LeavesNothingBehindWhenMovedFrom) {
  auto from = PremasterSecret::copy_of(sample);
  const std::uint8_t* old = from.reveal().data();
  const PremasterSecret to = std::move(from);
  EXPECT_EQ(wire::copy(to.reveal()), sample);
  EXPECT_EQ(from.size(), 0u);  // NOLINT(bugprone-use-after-move): this is what is tested
  EXPECT_TRUE(all_zero(View(old, sample.size())));
}

TEST(Secret, ReplacesTheOldValueWholeWhenAssigned) {
  auto secret = PremasterSecret::copy_of(Bytes(48, 0xaa));
  secret = PremasterSecret::copy_of(sample);
  EXPECT_EQ(wire::copy(secret.reveal()), sample);
  EXPECT_TRUE(all_zero(View(secret.reveal().data() + 5, 43)));
}

TEST(Secret, IsWipedWhenDestroyed) {
  const auto left = storage_after_destruction<MasterSecret>(
      [] { return MasterSecret::copy_of(Bytes(48, 0xaa)); });
  EXPECT_FALSE(contains(left, Bytes(2, 0xaa)));
}

TEST(Secret, IsComparedByEqual) {
  EXPECT_TRUE(equal(MasterSecret::copy_of(sample), MasterSecret::copy_of(sample)));
  EXPECT_FALSE(equal(MasterSecret::copy_of(sample), MasterSecret(5)));
  EXPECT_FALSE(equal(MasterSecret(4), MasterSecret(5)));
}

TEST(SecretBytes, MovesItsBytesWithoutLeavingAny) {
  auto from = SecretBytes::copy_of(sample);
  SecretBytes to = std::move(from);
  EXPECT_EQ(wire::copy(to.reveal()), sample);
  EXPECT_EQ(from.size(), 0u);  // NOLINT(bugprone-use-after-move): this is what is tested
  to = SecretBytes(3);
  EXPECT_EQ(wire::copy(to.reveal()), Bytes(3));
}

TEST(SecretBytes, IsComparedByEqual) {
  EXPECT_TRUE(equal(SecretBytes::copy_of(sample), SecretBytes::copy_of(sample)));
  EXPECT_FALSE(equal(SecretBytes::copy_of(sample), SecretBytes(5)));
  EXPECT_TRUE(equal(SecretBytes(), SecretBytes(0)));
}

}  // namespace
}  // namespace glasstls::crypto
