#include "crypto/ecdsa.h"

#include <gtest/gtest.h>

#include "tests/crypto/vectors.h"
#include "tests/support/test_random.h"

namespace glasstls::crypto {
namespace {

struct Key {
  NamedGroup group;
  Bytes scalar, point;
};

std::optional<NamedGroup> curve_by_name(const std::string& name) {
  const auto group = group_by_name(name);
  return group && ec::is_curve(*group) ? group : std::nullopt;
}

TEST(Ecdsa, MatchesRfc6979Vectors) {
  Key key{};
  int signatures = 0;
  for (const auto& vector : test::vectors("ecdsa_rfc6979.rsp")) {
    SCOPED_TRACE("line " + std::to_string(vector.line));
    if (vector.has("x")) {
      key = {curve_by_name(vector.section).value(), vector.bytes("x"), vector.bytes("Public")};
      EXPECT_EQ(ec::public_point(key.group, key.scalar), key.point);
      continue;
    }
    const HashAlgorithm hash = test::hash_by_name(vector.text("Hash")).value();
    test::TestRandom random;
    const Bytes signature = ecdsa::sign(key.group, key.scalar, hash, vector.bytes("Msg"), random);
    EXPECT_EQ(signature, ecdsa::write_der({vector.bytes("r"), vector.bytes("s")}));
    EXPECT_TRUE(ecdsa::verify(key.group, key.point, hash, vector.bytes("Msg"), signature));
    ++signatures;
  }
  EXPECT_EQ(signatures, 12);
}

TEST(Ecdsa, MatchesNistsSigVerVectors) {
  GLASSTLS_NIST_VECTORS_OR_SKIP(cases, "asymmetric/ECDSA/FIPS_186-3/SigVer.rsp");
  int used = 0;
  for (const auto& vector : cases) {
    const auto comma = vector.section.find(',');
    if (comma == std::string::npos) continue;
    const auto group = curve_by_name(vector.section.substr(0, comma));
    const auto hash = test::hash_by_name(vector.section.substr(comma + 1));
    if (!group || !hash || !vector.has("R")) continue;
    Bytes point = {4};
    wire::append(point, vector.bytes("Qx"));
    wire::append(point, vector.bytes("Qy"));
    // A changed Q may lie off the curve: then it is no key at all.
    const Bytes signature = ecdsa::write_der({vector.bytes("R"), vector.bytes("S")});
    const bool good = ec::is_point(*group, point) &&
                      ecdsa::verify(*group, point, *hash, vector.bytes("Msg"), signature);
    EXPECT_EQ(good, vector.text("Result").starts_with('P')) << "line " << vector.line;
    ++used;
  }
  EXPECT_EQ(used, 90);  // 15 each
}

const Bytes digest(32, 0x17);

ec::SignatureNumbers numbers(const char* r, const char* s) {
  return {*wire::unhex(r), *wire::unhex(s)};
}

Bytes sum(const Bytes& a, const Bytes& b) {  // of big-endian numbers of one length
  Bytes result(a.size() + 1);
  unsigned carry = 0;
  for (std::size_t i = a.size(); i-- > 0;) {
    carry += static_cast<unsigned>(a[i] + b[i]);
    result[i + 1] = static_cast<std::uint8_t>(carry);
    carry >>= 8;
  }
  result[0] = static_cast<std::uint8_t>(carry);
  return result;
}

TEST(Ecdsa, RefusesNumbersOutOfRange) {
  const char* const order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
  const Bytes scalar = *wire::unhex(std::string(63, '0') + "3");
  const Bytes point = ec::public_point(NamedGroup::secp256r1, scalar);
  const auto verifies = [&](const ec::SignatureNumbers& signature) {
    return ec::verify(NamedGroup::secp256r1, point, digest, signature);
  };
  test::TestRandom random;
  const auto good = ec::sign(NamedGroup::secp256r1, scalar, digest, scalar, random).value();
  EXPECT_TRUE(verifies(good));
  EXPECT_FALSE(verifies({good.r, {}}));
  EXPECT_FALSE(verifies({{}, good.s}));
  EXPECT_FALSE(verifies({good.r, *wire::unhex(order)}));
  EXPECT_FALSE(verifies({*wire::unhex(order), good.s}));
  EXPECT_FALSE(verifies({good.r, Bytes(33, 0xff)}));
  EXPECT_FALSE(verifies({good.r, sum(good.s, *wire::unhex(order))}));
  EXPECT_FALSE(verifies({good.s, good.r}));
}

// A key and signature made for this: the X coordinate is r + order. A random signature practically
// never is.
TEST(Ecdsa, ReducesTheXCoordinate) {
  const Bytes point = *wire::unhex(
      "04b622a35ae92888b67a803861b7b2b2ab9146b13dc8ba34277c8c72d26289a2c2"
      "582951ea59903a34ebf45da414abe83051ca549da35459f3c101a1ccbc2fac58");
  const Bytes signature = ecdsa::write_der(numbers("03", "03"));
  EXPECT_TRUE(ecdsa::verify(NamedGroup::secp256r1, point, HashAlgorithm::sha256,
                            wire::as_bytes("msg"), signature));
}

std::string read_back(const char* der) {
  const auto signature = ecdsa::read_der(*wire::unhex(der));
  return signature ? wire::hex(signature->r) + "," + wire::hex(signature->s) : "refused";
}

TEST(EcdsaDer, ReadsTheOneEncoding) {
  EXPECT_EQ(read_back("3006020101020102"), "01,02");
  EXPECT_EQ(read_back("300702020080020101"), "80,01");
  EXPECT_EQ(read_back("3006020100020101"), ",01");  // zero: the range check refuses it later
}

TEST(EcdsaDer, WritesTheOneEncoding) {
  EXPECT_EQ(wire::hex(ecdsa::write_der(numbers("0001", "02"))), "3006020101020102");
  EXPECT_EQ(wire::hex(ecdsa::write_der(numbers("80", "01"))), "300702020080020101");
  EXPECT_EQ(wire::hex(ecdsa::write_der(numbers("0000", "01"))), "3006020100020101");
  EXPECT_EQ(ecdsa::write_der({Bytes(48, 0xff), Bytes(48, 0xff)}).size(), 104u);
}

TEST(EcdsaDer, RefusesEveryOtherEncoding) {
  const char* const refused[] = {
      "",
      "30",
      "3000",
      "3003020101",              // no s
      "300602010102010200",      // a byte after the sequence
      "300702010102010200",      // a byte inside, after s
      "3009020101020102020103",  // a third number
      "3106020101020102",        // another tag
      "3006030101020102",        // r is no INTEGER
      "3006020101030102",        // s is no INTEGER
      "3005020101020102",        // length too short
      "3007020101020102",        // length too long
      "308106020101020102",      // length in long form
      "30800201010201020000",    // indefinite length
      "300702020001020102",      // needless leading zero in r
      "300702010102020002",      // needless leading zero in s
      "3006020181020102",        // r negative
      "3006020101020182",        // s negative
      "30050200020102",          // r without a byte
      "30050201010200",          // s without a byte
      "300702810101020102",      // a number's length in long form
  };
  for (const char* const der : refused) {
    EXPECT_EQ(read_back(der), "refused") << der;
  }
}

TEST(EcdsaDer, RefusesLengthsAbove127) {
  Bytes der = {0x30, 0x81, 0x02, 60};  // 0x81 read as a length: 129
  der.resize(der.size() + 60, 0x11);
  wire::append(der, Bytes{0x02, 65});
  der.resize(der.size() + 65, 0x11);
  ASSERT_EQ(der.size(), 131u);
  EXPECT_FALSE(ecdsa::read_der(der));
  der.insert(der.begin() + 1, 0x81);  // as it ought to be: no signature of ours is so long
  der[2] = 129;
  EXPECT_FALSE(ecdsa::read_der(der));
}

TEST(EcdsaDer, RefusesEveryTruncationAndExtension) {
  const Bytes good = ecdsa::write_der({Bytes(48, 0xff), Bytes(32, 0x11)});
  ASSERT_TRUE(ecdsa::read_der(good));
  for (std::size_t length = 0; length < good.size(); ++length) {
    EXPECT_FALSE(ecdsa::read_der(View(good).first(length))) << length;
  }
  Bytes longer = good;
  longer.push_back(0);
  EXPECT_FALSE(ecdsa::read_der(longer));
}

}  // namespace
}  // namespace glasstls::crypto
