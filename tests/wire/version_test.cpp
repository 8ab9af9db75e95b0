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
  EXPECT_EQ(name_of(ProtocolVersion(0x0305)), "");
  EXPECT_EQ(name_of(ProtocolVersion(0x0002)), "");
}

TEST(ContentType, NamesFourValuesAndNoOther) {
  EXPECT_EQ(name_of(ContentType(20)), "change_cipher_spec");
  EXPECT_EQ(name_of(ContentType(21)), "alert");
  EXPECT_EQ(name_of(ContentType(22)), "handshake");
  EXPECT_EQ(name_of(ContentType(23)), "application_data");
  for (unsigned value = 0; value < 256; ++value)
    if (value < 20 || value > 23) {
      EXPECT_EQ(name_of(ContentType(value)), "") << value;
    }
}

}  // namespace
}  // namespace glasstls::wire
