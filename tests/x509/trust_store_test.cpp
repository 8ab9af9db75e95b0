#include "x509/trust_store.h"

#include <gtest/gtest.h>

#include "tests/x509/samples.h"

namespace glasstls::x509 {
namespace {

TEST(TrustStore, FindsBySubject) {
  TrustStore store = samples::store("ca-ec");
  store.add(samples::certificate("ca-rsa"));
  store.add(samples::certificate("impostor"));
  EXPECT_EQ(store.size(), 3u);
  EXPECT_EQ(store.find(samples::certificate("ca-ec").subject()).size(), 2u);
  EXPECT_TRUE(store.find(samples::certificate("server-rsa").subject()).empty());
  EXPECT_TRUE(store.contains(samples::certificate("impostor")));
  EXPECT_FALSE(store.contains(samples::certificate("server-rsa")));
}

TEST(TrustStore, HoldsTheSameBytesOnce) {
  TrustStore store;
  EXPECT_TRUE(store.add(samples::file("ca-ec.pem")).empty());
  EXPECT_TRUE(store.add(samples::file("ca-ec.pem")).empty());
  EXPECT_TRUE(store.add(samples::certificate("ca-ec").der()).empty());
  EXPECT_EQ(store.size(), 1u);
}

TEST(TrustStore, SkipsAndReportsWhatItCannotRead) {
  const Bytes bundle = samples::joined(
      {wire::copy(wire::as_bytes("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
                                 "-----BEGIN CERTIFICATE-----\n?\n-----END CERTIFICATE-----\n"
                                 "-----BEGIN TRUSTED CERTIFICATE-----\nAAAA\n"
                                 "-----END TRUSTED CERTIFICATE-----\n")),
       samples::file("ca-ec.pem"), samples::file("ca-ec-key.pem")});
  TrustStore store;
  const auto skipped = store.add(bundle);
  EXPECT_EQ(store.size(), 1u);
  ASSERT_EQ(skipped.size(), 3u);
  EXPECT_EQ(skipped[0].error.what, "line 5: not base64");
  EXPECT_EQ(skipped[1].line, 1u);
  EXPECT_EQ(skipped[2].line, 7u);
}

}  // namespace
}  // namespace glasstls::x509
