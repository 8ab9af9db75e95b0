#include "x509/trust_store.h"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "tests/x509/samples.h"
#include "x509/pem.h"

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

/// Well formed up to its subject, and broken behind it.
Bytes broken_behind_subject() {
  samples::Draft draft;
  draft.subject = samples::name("broken");
  draft.spki = samples::from_hex("3000");
  return draft.encoded();
}

Bytes pem(View der) { return wire::copy(wire::as_bytes(to_pem("CERTIFICATE", der))); }

TEST(TrustStore, TellsLateOfAFaultBehindTheSubject) {
  const Bytes broken = broken_behind_subject();
  const auto parsed = Certificate::parse(broken);
  ASSERT_FALSE(parsed);
  TrustStore store;
  EXPECT_TRUE(
      store.add(samples::joined({samples::file("ca-ec.pem"), pem(broken)}), "a.pem").empty());
  EXPECT_EQ(store.size(), 2u);

  const auto all = store.check_all();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].source, "a.pem");
  EXPECT_EQ(all[0].line, 11u);
  EXPECT_EQ(all[0].error.what, parsed.error().what);
  EXPECT_EQ(all[0].error.offset, parsed.error().offset);
}

TEST(TrustStore, FindsNoAnchorThatDoesNotParseButSaysThatItIsThere) {
  TrustStore store = samples::store("ca-ec");
  EXPECT_TRUE(store.add(broken_behind_subject()).empty());
  samples::Draft same_name;
  same_name.subject = samples::name("broken");
  store.add(*same_name.parsed());

  const Name name = same_name.parsed()->subject();
  ASSERT_EQ(store.find(name).size(), 1u);
  EXPECT_EQ(store.find(name)[0], *same_name.parsed());
  EXPECT_EQ(store.unreadable(name).size(), 1u);
  EXPECT_TRUE(store.unreadable(samples::certificate("ca-ec").subject()).empty());
}

TEST(TrustStore, TellsAtOnceOfWhatEndsBeforeOrGoesOnBehindTheCertificate) {
  const Bytes whole = wire::copy(samples::certificate("ca-ec").der());
  const Bytes trailing = samples::joined({whole, samples::from_hex("00")});
  for (const View damaged :
       {View(whole).first(whole.size() - 1), View(whole).first(60), View(trailing)}) {
    TrustStore store;
    const auto skipped = store.add(damaged, "b.der");
    ASSERT_EQ(skipped.size(), 1u);
    EXPECT_EQ(skipped[0].source, "b.der");
    EXPECT_EQ(skipped[0].error.what, Certificate::parse(damaged).error().what);
    EXPECT_TRUE(store.empty());
  }
}

TEST(TrustStore, FindsEachOfTheSystemsAnchorsByItsSubject) {
  std::ifstream file("/etc/ssl/certs/ca-certificates.crt", std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (text.empty()) GTEST_SKIP() << "no /etc/ssl/certs/ca-certificates.crt";
  TrustStore store;
  static_cast<void>(store.add(wire::as_bytes(text)));
  EXPECT_GT(store.size(), 50u);
  for (const PemBlock& block : parse_pem(text).blocks) {
    const auto certificate = Certificate::parse(block.der);
    if (!certificate) continue;
    const auto found = store.find(certificate->subject());
    EXPECT_NE(std::find(found.begin(), found.end(), *certificate), found.end());
  }
}

TEST(TrustStore, ReadsAnAnchorOnceForManyThreads) {
  const TrustStore store = samples::store("ca-ec");
  const Name name = samples::certificate("ca-ec").subject();
  std::vector<const std::uint8_t*> seen(4);
  std::vector<std::thread> threads;
  for (const std::uint8_t*& bytes : seen)
    threads.emplace_back([&store, &name, &bytes] { bytes = store.find(name).at(0).der().data(); });
  for (std::thread& thread : threads) thread.join();
  for (const std::uint8_t* bytes : seen) EXPECT_EQ(bytes, seen[0]);
}

TEST(TrustStore, TakesTheAnchorsOfAnotherAndSharesWhatTheyHold) {
  TrustStore store = samples::store("ca-ec");
  {
    TrustStore others = samples::store("ca-ec");
    others.add(samples::certificate("ca-rsa"));
    store.add(others);
    store.add(store);
  }
  const TrustStore copy = store;
  EXPECT_EQ(store.size(), 2u);
  const Name name = samples::certificate("ca-rsa").subject();
  ASSERT_EQ(store.find(name).size(), 1u);
  EXPECT_EQ(store.find(name)[0].der().data(), copy.find(name).at(0).der().data());
}

}  // namespace
}  // namespace glasstls::x509
