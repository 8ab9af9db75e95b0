#include "record/protection.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <vector>

#include "record/framing.h"
#include "tests/support/data_files.h"

namespace glasstls::record {
namespace {

using crypto::AeadAlgorithm;
using crypto::AeadDirection;

/// One line of tests/data/record/protected_records.txt.
struct Known {
  AeadAlgorithm algorithm{};
  Bytes key, iv;
  std::uint64_t sequence_number = 0;
  ContentType type{};
  Bytes plaintext, nonce, additional_data, fragment;
};

AeadAlgorithm algorithm_named(std::string_view name) {
  for (const auto algorithm :
       {AeadAlgorithm::aes_128_gcm, AeadAlgorithm::aes_256_gcm, AeadAlgorithm::chacha20_poly1305})
    if (crypto::parameters(algorithm).name == name) return algorithm;
  throw std::runtime_error("unknown algorithm " + std::string(name));
}

std::vector<Known> known_records() {
  std::vector<Known> all;
  std::istringstream lines(test::read_data("data/record/protected_records.txt"));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream words(line);
    std::string name, key, iv, plaintext, nonce, additional_data, record;
    unsigned type = 0;
    Known known;
    words >> name >> key >> iv >> known.sequence_number >> type >> plaintext >> nonce >>
        additional_data >> record;
    known.algorithm = algorithm_named(name);
    known.key = wire::unhex(key).value();
    known.iv = wire::unhex(iv).value();
    known.type = ContentType(type);
    if (plaintext != "-") known.plaintext = wire::unhex(plaintext).value();
    known.nonce = wire::unhex(nonce).value();
    known.additional_data = wire::unhex(additional_data).value();
    known.fragment = wire::unhex(record.substr(2 * header_length)).value();
    all.push_back(std::move(known));
  }
  return all;
}

crypto::TrafficKeys keys_of(const Known& known) {
  return {known.algorithm, crypto::TrafficKey::copy_of(known.key),
          crypto::TrafficIv::copy_of(known.iv)};
}

/// The fragment as seal() wants it: room, content, room.
Bytes unsealed(const Protection& protection, View plaintext) {
  Bytes fragment(plaintext.size() + protection.overhead());
  std::copy(plaintext.begin(), plaintext.end(),
            fragment.begin() + static_cast<std::ptrdiff_t>(protection.nonce_explicit_length()));
  return fragment;
}

TEST(Protection, SealsRecordsAsAnIndependentImplementationDoes) {
  std::optional<Protection> protection;
  std::size_t seen = 0;
  for (const Known& known : known_records()) {
    if (known.sequence_number == 0) protection.emplace(keys_of(known), AeadDirection::seal);
    ASSERT_EQ(protection->sequence_number(), known.sequence_number);
    Bytes fragment = unsealed(*protection, known.plaintext);
    protection->seal(known.type, fragment);
    EXPECT_EQ(wire::hex(fragment), wire::hex(known.fragment));
    EXPECT_EQ(wire::hex(protection->last_nonce()), wire::hex(known.nonce));
    EXPECT_EQ(wire::hex(protection->last_additional_data()), wire::hex(known.additional_data));
    ++seen;
  }
  EXPECT_EQ(seen, 15U);
}

TEST(Protection, OpensRecordsOfAnIndependentImplementation) {
  std::optional<Protection> protection;
  for (Known& known : known_records()) {
    if (known.sequence_number == 0) protection.emplace(keys_of(known), AeadDirection::open);
    const auto plaintext = protection->open(known.type, known.fragment);
    ASSERT_TRUE(plaintext);
    EXPECT_EQ(wire::hex(*plaintext), wire::hex(known.plaintext));
    EXPECT_EQ(wire::hex(protection->last_nonce()), wire::hex(known.nonce));
    EXPECT_EQ(wire::hex(protection->last_additional_data()), wire::hex(known.additional_data));
  }
}

class EachAlgorithm : public testing::TestWithParam<AeadAlgorithm> {
 protected:
  static crypto::TrafficKeys keys() {
    const crypto::AeadParameters& sizes = crypto::parameters(GetParam());
    return {GetParam(), crypto::TrafficKey::copy_of(Bytes(sizes.enc_key_length, 0x11)),
            crypto::TrafficIv::copy_of(Bytes(sizes.fixed_iv_length, 0x22))};
  }

  Bytes sealed(View plaintext, ContentType type = ContentType::application_data) {
    Bytes fragment = unsealed(sealer, plaintext);
    sealer.seal(type, fragment);
    return fragment;
  }

  const Bytes text{1, 2, 3, 4, 5};
  Protection sealer{keys(), AeadDirection::seal};
  Protection opener{keys(), AeadDirection::open};
};

TEST_P(EachAlgorithm, HasTheOverheadOfItsRfc) {
  EXPECT_EQ(sealer.tag_length(), 16U);
  EXPECT_EQ(sealer.nonce_explicit_length(),
            GetParam() == AeadAlgorithm::chacha20_poly1305 ? 0U : 8U);
}

TEST_P(EachAlgorithm, RefusesARecordWithAnyBitFlipped) {
  const Bytes good = sealed(text);
  for (std::size_t bit = 0; bit < 8 * good.size(); ++bit) {
    Bytes bad = good;
    bad[bit / 8] = static_cast<std::uint8_t>(bad[bit / 8] ^ 1U << bit % 8);
    EXPECT_FALSE(opener.open(ContentType::application_data, bad)) << "bit " << bit;
  }
  EXPECT_EQ(opener.sequence_number(), 0U);  // nothing was received
}

TEST_P(EachAlgorithm, GoesOnBehindARecordThatIsSkipped) {
  static_cast<void>(sealed(text));
  Bytes second = sealed(text);
  opener.skip();
  const auto plaintext = opener.open(ContentType::application_data, second);
  ASSERT_TRUE(plaintext);
  EXPECT_EQ(wire::hex(*plaintext), wire::hex(text));
  EXPECT_EQ(opener.sequence_number(), 2U);
}

TEST_P(EachAlgorithm, RefusesARecordCutAtAnyByte) {
  const Bytes good = sealed(text);
  for (std::size_t size = 0; size < good.size(); ++size) {
    Bytes cut(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_FALSE(opener.open(ContentType::application_data, cut)) << size;
  }
}

TEST_P(EachAlgorithm, BindsContentTypeAndSequenceNumber) {
  const Bytes first = sealed(text);
  const Bytes second = sealed(text);
  Bytes record = first;
  EXPECT_FALSE(opener.open(ContentType::handshake, record));
  record = second;
  EXPECT_FALSE(opener.open(ContentType::application_data, record));  // out of order
  record = first;
  EXPECT_TRUE(opener.open(ContentType::application_data, record));
  record = first;
  EXPECT_FALSE(opener.open(ContentType::application_data, record));  // replayed
}

TEST_P(EachAlgorithm, NeverSealsTwiceAlike) {
  EXPECT_NE(sealed(text), sealed(text));
  EXPECT_EQ(sealer.sequence_number(), 2U);
}

TEST_P(EachAlgorithm, GoesOnAfterARestAsIfThereHadBeenNone) {
  Protection without_rest(keys(), AeadDirection::seal);
  for (int i = 0; i < 3; ++i) {
    Bytes expected = unsealed(without_rest, text);
    without_rest.seal(ContentType::application_data, expected);
    Bytes record = sealed(text);
    EXPECT_EQ(record, expected);
    EXPECT_TRUE(opener.open(ContentType::application_data, record));
    sealer.rest();
    opener.rest();
  }
}

INSTANTIATE_TEST_SUITE_P(Protection, EachAlgorithm,
                         testing::Values(AeadAlgorithm::aes_128_gcm, AeadAlgorithm::aes_256_gcm,
                                         AeadAlgorithm::chacha20_poly1305),
                         [](const auto& algorithm) {
                           return std::string(crypto::parameters(algorithm.param).name);
                         });

}  // namespace
}  // namespace glasstls::record
