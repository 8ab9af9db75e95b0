#include "crypto/groups.h"

#include <gtest/gtest.h>

namespace glasstls::crypto {
namespace {

TEST(Groups, AreInTheDefaultOrderOfPreference) {
  ASSERT_EQ(all_groups().size(), 3u);
  EXPECT_EQ(all_groups()[0].id, NamedGroup::x25519);
  EXPECT_EQ(all_groups()[1].id, NamedGroup::secp256r1);
  EXPECT_EQ(all_groups()[2].id, NamedGroup::secp384r1);
}

TEST(Groups, HaveTheLengthsOfTheirFields) {
  EXPECT_EQ(find(NamedGroup{23})->public_key_length, 65u);
  EXPECT_EQ(find(NamedGroup{23})->shared_secret_length, 32u);
  EXPECT_EQ(find(NamedGroup{24})->public_key_length, 97u);
  EXPECT_EQ(find(NamedGroup{24})->shared_secret_length, 48u);
  EXPECT_EQ(find(NamedGroup{29})->public_key_length, 32u);
  EXPECT_EQ(find(NamedGroup{29})->shared_secret_length, 32u);
}

TEST(Groups, AreFoundByValueAndByName) {
  for (const auto& group : all_groups()) {
    EXPECT_EQ(find(group.id), &group);
    EXPECT_EQ(name_of(group.id), group.name);
    EXPECT_EQ(group_by_name(group.name), group.id);
  }
  EXPECT_EQ(group_by_name("P-256"), NamedGroup::secp256r1);
  EXPECT_EQ(group_by_name("prime256v1"), NamedGroup::secp256r1);
  EXPECT_EQ(group_by_name("P-384"), NamedGroup::secp384r1);
  EXPECT_EQ(group_by_name("X25519"), NamedGroup::x25519);
}

TEST(Groups, AreNotFoundWhenUnknown) {
  EXPECT_EQ(find(NamedGroup{25}), nullptr);
  EXPECT_EQ(name_of(NamedGroup{42}), "");
  EXPECT_EQ(name_of(NamedGroup{0x1a1a}), "GREASE");
  EXPECT_EQ(group_by_name("P-521"), std::nullopt);
}

TEST(Groups, HaveNamesThatWeDoNotSpeakToo) {
  EXPECT_EQ(name_of(NamedGroup{25}), "secp521r1");
  EXPECT_EQ(name_of(NamedGroup{1}), "sect163k1");
  EXPECT_EQ(name_of(NamedGroup{26}), "brainpoolP256r1");
  EXPECT_EQ(name_of(NamedGroup{30}), "x448");
  EXPECT_EQ(name_of(NamedGroup{40}), "GC512C");
  EXPECT_EQ(name_of(NamedGroup{256}), "ffdhe2048");
  EXPECT_EQ(name_of(NamedGroup{4588}), "X25519MLKEM768");
  EXPECT_EQ(name_of(NamedGroup{0xff01}), "arbitrary_explicit_prime_curves");
  EXPECT_EQ(group_by_name("x448"), std::nullopt);
}

}  // namespace
}  // namespace glasstls::crypto
