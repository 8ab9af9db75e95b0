#include <gtest/gtest.h>

#include "tests/x509/extensions/reading.h"

namespace glasstls::x509 {
namespace {

using samples::der;
using samples::from_hex;
using samples::joined;
using samples::read;
using samples::refusal;

Bytes prefixed(const Bytes& content) {
  Bytes out{static_cast<std::uint8_t>(content.size() >> 8),
            static_cast<std::uint8_t>(content.size())};
  wire::append(out, content);
  return out;
}

Bytes list(std::initializer_list<Bytes> timestamps) {
  Bytes all;
  for (const Bytes& one : timestamps) wire::append(all, prefixed(one));
  return der(Tag::octet_string, View(prefixed(all)));
}

const Bytes sct = joined({{0},
                          Bytes(32, 0xab),
                          from_hex("0000018f00000001"),
                          from_hex("0001ee"),
                          from_hex("0403"),
                          from_hex("0003010203")});

TEST(SignedCertificateTimestamps, AreReadFieldByField) {
  const auto reading = read(oid::signedCertificateTimestampList, list({sct, sct}));
  ASSERT_EQ(reading.refusal, "");
  const auto& timestamps = *reading.values.signed_certificate_timestamps;
  ASSERT_EQ(timestamps.size(), 2u);
  const SignedCertificateTimestamp& first = timestamps[0];
  EXPECT_EQ(first.version, 0);
  EXPECT_EQ(first.log_id, Bytes(32, 0xab));
  EXPECT_EQ(first.timestamp, 0x18f00000001u);
  EXPECT_EQ(wire::hex(first.extensions), "ee");
  EXPECT_EQ(first.hash, 4);
  EXPECT_EQ(first.signature_algorithm, 3);
  EXPECT_EQ(wire::hex(first.signature), "010203");
  EXPECT_TRUE(first.unparsed.empty());
}

TEST(SignedCertificateTimestamps, TellTheirFieldsWithTheirRanges) {
  const auto reading = read(oid::signedCertificateTimestampList, list({sct}));
  const auto* octets = reading.fields.find("SignedCertificateTimestampList");
  const auto* whole = reading.fields.find("sct_list");
  const auto* one = reading.fields.find("SerializedSCT");
  const auto* time = reading.fields.find("timestamp");
  const auto* signature = reading.fields.find("signature");
  EXPECT_TRUE(reading.fields.complete());
  EXPECT_EQ(whole->begin, octets->content);
  EXPECT_EQ(whole->content, whole->begin + 2);
  EXPECT_EQ(one->begin, whole->content);
  EXPECT_EQ(time->begin, one->content + 33);
  EXPECT_EQ(time->end, time->begin + 8);
  EXPECT_EQ(time->number, 0x18f00000001u);
  EXPECT_EQ(signature->content, signature->begin + 2);
  EXPECT_EQ(signature->end, octets->end);
}

TEST(SignedCertificateTimestamps, KeepOtherVersionsAsBytes) {
  const auto reading = read(oid::signedCertificateTimestampList, list({from_hex("01aabb")}));
  ASSERT_EQ(reading.refusal, "");
  const SignedCertificateTimestamp& only = reading.values.signed_certificate_timestamps->at(0);
  EXPECT_EQ(only.version, 1);
  EXPECT_EQ(wire::hex(only.unparsed), "01aabb");
}

TEST(SignedCertificateTimestamps, RefuseWhatIsMalformed) {
  const Oid& id = oid::signedCertificateTimestampList;
  EXPECT_EQ(refusal(id, list({})),
            "an empty list of signed certificate timestamps @0 (RFC 6962, 3.3)");
  EXPECT_EQ(refusal(id, list({{}})), "ends where bytes are expected @6 (RFC 5246, 4.3)");
  EXPECT_EQ(refusal(id, list({Bytes(20, 0)})), "ends where bytes are expected @7 (RFC 5246, 4.3)");
  EXPECT_EQ(refusal(id, "0403000000"), "an element that nothing asks for here @4 (X.690, 8.9.2)");
  EXPECT_EQ(refusal(id, "04020001"), "a length that goes beyond the end @2 (RFC 5246, 4.3)");
  EXPECT_EQ(refusal(id, "040100"), "ends where bytes are expected @2 (RFC 5246, 4.3)");
  EXPECT_EQ(refusal(id, list({joined({sct, {0}})})),
            "an element that nothing asks for here @57 (X.690, 8.9.2)");
}

TEST(TlsFeature, IsAListOfExtensionNumbers) {
  const auto reading = read(oid::tlsfeature, "30070201050202ffff");
  EXPECT_EQ(reading.refusal, "an INTEGER that is not minimal @5 (X.690, 8.3.2)");
  const auto good = read(oid::tlsfeature, "3008020105020300ffff");
  ASSERT_EQ(good.refusal, "");
  EXPECT_EQ(*good.values.tls_features, (std::vector<std::uint16_t>{5, 0xffff}));
  EXPECT_EQ(refusal(oid::tlsfeature, "30050203010000"),
            "a TLS feature that is no extension's number @2 (RFC 7633, 4.1)");
}

}  // namespace
}  // namespace glasstls::x509
