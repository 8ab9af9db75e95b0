// Real certificates cut short and changed byte by byte: no crash, and nothing damaged is trusted.
#include <gtest/gtest.h>

#include "tests/x509/samples.h"
#include "x509/pem.h"
#include "x509/private_key.h"
#include "x509/verify.h"

namespace glasstls::x509 {
namespace {

constexpr std::pair<const char*, const char*> subjects[] = {{"server-rsa", "ca-rsa"},
                                                            {"server-rsa-pss", "ca-rsa"},
                                                            {"server-ec384", "ca-ec"},
                                                            {"server-ed25519", "ca-ec"}};

bool trusted(const Certificate& leaf, const TrustStore& roots) {
  const std::vector<Certificate> chain{leaf};
  return verify({chain, &roots, std::nullopt, samples::mid_2026(), Purpose::server, {}}).trusted;
}

TEST(Damage, TruncationAtEveryByteIsRefused) {
  for (const auto& subject : subjects) {
    const Certificate whole = samples::certificate(subject.first);
    for (std::size_t size = 0; size < whole.der().size(); ++size) {
      FieldTree tree;
      ASSERT_FALSE(Certificate::parse(whole.der().first(size), &tree)) << size;
    }
  }
}

TEST(Damage, NoCertificateWithAnyChangedByteIsTrusted) {
  for (const auto& subject : subjects) {
    const TrustStore roots = samples::store(subject.second);
    const Certificate whole = samples::certificate(subject.first);
    ASSERT_TRUE(trusted(whole, roots));
    Bytes bytes = wire::copy(whole.der());
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      for (const int change : {0x01, 0x80, 0xff}) {
        bytes[i] = static_cast<std::uint8_t>(bytes[i] ^ change);
        const auto parsed = Certificate::parse(bytes);
        if (parsed) {
          ASSERT_FALSE(trusted(*parsed, roots)) << subject.first << " at byte " << i;
        }
        bytes[i] = static_cast<std::uint8_t>(bytes[i] ^ change);
      }
    }
  }
}

TEST(Damage, TellingValuesOfEveryByteAreBorneByTheParser) {
  const Certificate whole = samples::certificate("constrained-ca");
  Bytes bytes = wire::copy(whole.der());
  for (std::uint8_t& byte : bytes) {
    const std::uint8_t original = byte;
    // Edges of lengths and of signs, tags of constructed and of primitive types, near misses.
    for (const int value : {0x00, 0x01, 0x03, 0x04, 0x30, 0x31, 0x7f, 0x80, 0x81, 0x82, 0x83, 0x84,
                            0xa0, 0xa3, 0xff, original - 1, original + 1}) {
      byte = static_cast<std::uint8_t>(value);
      FieldTree tree;
      const auto parsed = Certificate::parse(bytes, &tree);
      ASSERT_TRUE(!parsed || tree.complete());
      ASSERT_TRUE(parsed || parsed.error().offset <= bytes.size());
    }
    byte = original;
  }
}

TEST(Damage, ChangedPrivateKeysDoNotCrash) {
  for (const char* name : {"server-ec256-key.pem", "server-ed25519-key.pem"}) {
    const Bytes pem = samples::file(name);
    Bytes der = parse_pem(wire::as_text(pem)).blocks.at(0).der;
    for (std::uint8_t& byte : der) {
      for (const int change : {0x01, 0x80, 0xff}) {
        byte = static_cast<std::uint8_t>(byte ^ change);
        const auto parsed = parse_private_key(der);
        ASSERT_TRUE(parsed || !parsed.error().what.empty());
        byte = static_cast<std::uint8_t>(byte ^ change);
      }
    }
  }
}

}  // namespace
}  // namespace glasstls::x509
