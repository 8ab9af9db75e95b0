// Certificates, requests, CRLs and keys cut short and changed byte by byte: no crash, an error that
// lies in the input, and nothing damaged is trusted.
#include <gtest/gtest.h>

#include "tests/support/data_files.h"
#include "tests/x509/forge.h"
#include "tests/x509/samples.h"
#include "x509/crl.h"
#include "x509/pem.h"
#include "x509/private_key.h"
#include "x509/request.h"
#include "x509/verify.h"

namespace glasstls::x509 {
namespace {

/// A certificate with every extension that we know, a CRL, a request: seeds of the fuzz targets.
Bytes seed(const std::string& name) {
  return wire::copy(wire::as_bytes(test::read_data("fuzz/corpus/certificate/" + name + ".der")));
}

/// What a byte is changed to: eight flipped bits, 00 and FF; or all values.
enum class Values { telling, all };

/// Calls `use` with the bytes and the place of the change, for one change at a time.
template <class Use>
void for_each_change(Bytes bytes, Values values, Use&& use) {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::uint8_t original = bytes[i];
    for (int value = 0; value <= 0xff; ++value) {
      const int flipped = value ^ original;
      const bool telling = value == 0 || value == 0xff || (flipped & (flipped - 1)) == 0;
      if (flipped == 0 || (values == Values::telling && !telling)) continue;
      bytes[i] = static_cast<std::uint8_t>(value);
      use(View(bytes), i);
    }
    bytes[i] = original;
  }
}

template <class Parsed>
void expect_borne(View bytes, std::size_t changed) {
  FieldTree tree;
  const Result<Parsed> parsed = Parsed::parse(bytes, &tree);
  if (parsed) {
    ASSERT_TRUE(tree.complete()) << changed;
  } else {
    ASSERT_LE(parsed.error().offset, bytes.size()) << changed;
    ASSERT_FALSE(parsed.error().what.empty() || parsed.error().section.empty()) << changed;
  }
}

template <class Parsed>
void expect_refused_cut_short(View whole) {
  ASSERT_TRUE(Parsed::parse(whole));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    FieldTree tree;
    const Result<Parsed> parsed = Parsed::parse(whole.first(size), &tree);
    ASSERT_FALSE(parsed) << size;
    ASSERT_LE(parsed.error().offset, size);
  }
  Bytes longer = wire::copy(whole);
  longer.push_back(0);
  ASSERT_FALSE(Parsed::parse(longer));
}

TEST(Damage, TruncationAtEveryByteIsRefused) {
  for (const char* name :
       {"server-rsa", "server-rsa-pss", "server-ec384", "server-ed25519", "ca-rsa"}) {
    SCOPED_TRACE(name);
    expect_refused_cut_short<Certificate>(samples::certificate(name).der());
  }
  expect_refused_cut_short<Certificate>(seed("every-extension"));
  expect_refused_cut_short<CertificateList>(seed("crl"));
  expect_refused_cut_short<CertificationRequest>(seed("request"));
}

TEST(Damage, TellingValuesOfEveryByteAreBorne) {
  for (const char* name : {"server-rsa-pss", "server-ec384", "ca-rsa"}) {
    for_each_change(wire::copy(samples::certificate(name).der()), Values::telling,
                    expect_borne<Certificate>);
  }
  for_each_change(seed("every-extension"), Values::telling, expect_borne<Certificate>);
  for_each_change(seed("crl"), Values::telling, expect_borne<CertificateList>);
  for_each_change(seed("request"), Values::telling, expect_borne<CertificationRequest>);
}

TEST(Damage, EveryValueOfEveryByteOfASmallCertificateIsBorne) {
  for_each_change(seed("v1"), Values::all, expect_borne<Certificate>);
}

bool trusted(const std::vector<Certificate>& chain, const TrustStore& roots) {
  VerifyRequest request;
  request.chain = chain;
  request.roots = &roots;
  request.at = samples::mid_2026();
  return verify(request).trusted;
}

/// Changes certificate `position` of a good chain.
void expect_no_change_trusted(std::vector<Certificate> chain, std::size_t position,
                              const TrustStore& roots) {
  ASSERT_TRUE(trusted(chain, roots));
  std::size_t parsed_ones = 0;
  for_each_change(wire::copy(chain[position].der()), Values::telling,
                  [&](View bytes, std::size_t i) {
                    const auto parsed = Certificate::parse(bytes);
                    if (!parsed) return;
                    ++parsed_ones;
                    chain[position] = *parsed;
                    ASSERT_FALSE(trusted(chain, roots)) << "byte " << i;
                  });
  EXPECT_GT(parsed_ones, 1000u);  // else it is the parser alone that was tested
}

TEST(Damage, NoLeafWithAnyChangedByteIsTrusted) {
  expect_no_change_trusted(samples::chain("server-rsa"), 0, samples::store("ca-rsa"));
  expect_no_change_trusted(samples::chain("server-rsa-pss"), 0, samples::store("ca-rsa"));
  expect_no_change_trusted(samples::chain("server-ed25519"), 0, samples::store("ca-ec"));
}

TEST(Damage, NoIntermediateWithAnyChangedByteIsTrusted) {
  const std::vector<Certificate> chain = samples::chain("server-chain");
  ASSERT_EQ(chain.size(), 2u);
  expect_no_change_trusted(chain, 1, samples::store("ca-ec"));
}

// A CRL that was changed counts for nothing: the leaf has none then, where one is required.
TEST(Damage, NoListWithAnyChangedByteCounts) {
  forge::Forge forge;
  const TrustStore roots = forge.anchor("root");
  const std::vector<Certificate> chain{forge.leaf("root")};
  const CertificateList whole = forge.crl("root", {1000, 1001});
  std::vector<CertificateList> lists{whole};
  VerifyRequest request;
  request.chain = chain;
  request.roots = &roots;
  request.at = samples::mid_2026();
  request.crls = lists;
  request.require_crl = true;
  ASSERT_TRUE(verify(request).trusted);
  for_each_change(wire::copy(whole.der()), Values::telling, [&](View bytes, std::size_t i) {
    const auto parsed = CertificateList::parse(bytes);
    if (!parsed) return;
    lists[0] = *parsed;
    ASSERT_FALSE(verify(request).trusted) << "byte " << i;
  });
}

TEST(Damage, ChangedPrivateKeysDoNotCrash) {
  for (const char* name : {"server-ec256-key.pem", "server-ed25519-key.pem"}) {
    const Bytes pem = samples::file(name);
    const Bytes der = parse_pem(wire::as_text(pem)).blocks.at(0).der;
    for_each_change(der, Values::telling, [](View bytes, std::size_t i) {
      const auto parsed = parse_private_key(bytes);
      ASSERT_TRUE(parsed || !parsed.error().what.empty()) << i;
    });
  }
}

}  // namespace
}  // namespace glasstls::x509
