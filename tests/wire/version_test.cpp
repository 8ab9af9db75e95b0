#include "wire/version.h"

#include <gtest/gtest.h>

namespace glasstls::wire {
namespace {

TEST(ProtocolVersion, HasTheNamesPeopleUse) {
  EXPECT_EQ(name_of(ProtocolVersion(0x0300)), "SSL 3.0");
  EXPECT_EQ(name_of(ProtocolVersion(0x0301)), "TLS 1.0");
  EXPECT_EQ(name_of(ProtocolVersion(0x0302)), "TLS 1.1");
  EXPECT_EQ(name_of(ProtocolVersion(0x0303)), "TLS 1.2");
  EXPECT_EQ(name_of(ProtocolVersion(0x0304)), "TLS 1.3");
  EXPECT_EQ(name_of(ProtocolVersion(0x0002)), "SSL 2.0");
  EXPECT_EQ(name_of(ProtocolVersion(0x0305)), "");
}

TEST(ProtocolVersion, HasNamesForDraftsAndRelatives) {
  EXPECT_EQ(name_of(ProtocolVersion(0x7f0e)), "TLS 1.3 draft 14");
  EXPECT_EQ(name_of(ProtocolVersion(0x7f1c)), "TLS 1.3 draft 28");
  EXPECT_EQ(name_of(ProtocolVersion(0xfeff)), "DTLS 1.0");
  EXPECT_EQ(name_of(ProtocolVersion(0xfefd)), "DTLS 1.2");
  EXPECT_EQ(name_of(ProtocolVersion(0xfefc)), "DTLS 1.3");
  EXPECT_EQ(name_of(ProtocolVersion(0x2a2a)), "GREASE");
  EXPECT_EQ(name_of(ProtocolVersion(0x7f0d)), "");
}

TEST(ContentType, HasTheNamesOfTheRegistry) {
  EXPECT_EQ(name_of(ContentType(20)), "change_cipher_spec");
  EXPECT_EQ(name_of(ContentType(21)), "alert");
  EXPECT_EQ(name_of(ContentType(22)), "handshake");
  EXPECT_EQ(name_of(ContentType(23)), "application_data");
  EXPECT_EQ(name_of(ContentType(24)), "heartbeat");
  EXPECT_EQ(name_of(ContentType(25)), "tls12_cid");
  EXPECT_EQ(name_of(ContentType(26)), "ACK");
  EXPECT_EQ(name_of(ContentType(27)), "return_routability_check");
  for (unsigned value = 0; value < 256; ++value)
    if (value < 20 || value > 27) {
      EXPECT_EQ(name_of(ContentType(value)), "") << value;
    }
}

TEST(ContentType, IsSpokenInFourKinds) {
  for (unsigned value = 0; value < 256; ++value)
    EXPECT_EQ(is_spoken(ContentType(value)), value >= 20 && value <= 23) << value;
}

}  // namespace
}  // namespace glasstls::wire
