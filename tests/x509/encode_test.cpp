#include "x509/encode.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "tests/x509/samples.h"
#include "x509/name_text.h"
#include "x509/pem.h"

namespace glasstls::x509 {
namespace {

constexpr const char* system_roots = "/etc/ssl/certs/ca-certificates.crt";

// What became of the certificates of some files.
struct RoundTrip {
  std::size_t same = 0;
  std::map<std::string, std::size_t> different;  // by the rules of DER that they break
  std::string unexplained;                       // those that should have been the same
};

// The deviations that encoding mends; others, of string types, it keeps.
bool is_mended(const Malformed& deviation) {
  return deviation.section == "X.690, 11.5" || deviation.section == "X.690, 11.2.2" ||
         deviation.section == "RFC 5280, 4.1.2.5";
}

void round_trip(const Certificate& certificate, RoundTrip& result) {
  if (wire::equal(encode(certificate), certificate.der())) {
    ++result.same;
    return;
  }
  const auto& all = certificate.deviations();
  const auto reason = std::find_if(all.begin(), all.end(), is_mended);
  if (reason == all.end()) {
    result.unexplained += to_string(certificate) + "\n";
  } else {
    ++result.different[reason->what];
  }
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void round_trip_file(const std::filesystem::path& path, RoundTrip& result) {
  for (const PemBlock& block : parse_pem(text_of(path)).blocks) {
    if (block.label != "CERTIFICATE") continue;
    const auto certificate = Certificate::parse(block.der);
    ASSERT_TRUE(certificate) << path << ": " << certificate.error().what;
    round_trip(*certificate, result);
  }
}

TEST(Encode, GivesEverySampleBack) {
  RoundTrip result;
  const std::filesystem::path folder = std::string(GLASSTLS_TEST_DATA) + "/data/x509";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".pem") round_trip_file(entry.path(), result);
  }
  EXPECT_GT(result.same, 50u);
  EXPECT_EQ(result.unexplained, "");
  EXPECT_TRUE(result.different.empty());
}

TEST(Encode, GivesACertificateWithEveryExtensionBack) {
  const std::string bytes =
      text_of(std::string(GLASSTLS_TEST_DATA) + "/fuzz/corpus/certificate/every-extension.der");
  const auto certificate = Certificate::parse(wire::as_bytes(bytes));
  ASSERT_TRUE(certificate) << certificate.error().what;
  EXPECT_GE(certificate->extensions().all.size(), 18u);
  EXPECT_EQ(wire::hex(encode(*certificate)), wire::hex(certificate->der()));
}

// Which roots the system trusts changes with its updates: what must hold is that each comes back
// or breaks a rule that the reader named.
TEST(Encode, GivesTheSystemsRootsBack) {
  if (!std::filesystem::exists(system_roots)) GTEST_SKIP() << system_roots << " is missing";
  RoundTrip result;
  round_trip_file(system_roots, result);
  EXPECT_GT(result.same, 50u);
  EXPECT_EQ(result.unexplained, "");
  for (const auto& [reason, count] : result.different) {
    std::printf("%zu not canonical: %s\n", count, reason.c_str());
  }
  std::printf("%zu the same\n", result.same);
}

Bytes der(std::string_view hex) { return samples::from_hex(hex); }

GeneralName dns(std::string_view name) {
  return {GeneralNameKind::dNSName, wire::copy(wire::as_bytes(name)), {}};
}

TEST(Encode, WritesNames) {
  EXPECT_EQ(encode(Name()), der("3000"));
  EXPECT_EQ(encode(common_name("a")), der("300c310a3008060355040313"
                                          "0161"));
  // The attributes of a set are sorted, whatever order they were given in.
  const Name one = parse_name("CN=a+C=DE").value();
  const Name other = parse_name("C=DE+CN=a").value();
  EXPECT_EQ(encode(one), encode(other));
}

TEST(Encode, WritesEveryKindOfGeneralName) {
  EXPECT_EQ(encode(dns("a")), der("820161"));
  EXPECT_EQ(encode(GeneralName{GeneralNameKind::iPAddress, {127, 0, 0, 1}, {}}),
            der("87047f000001"));
  EXPECT_EQ(encode(GeneralName{GeneralNameKind::directoryName, {}, Name()}), der("a4023000"));
  EXPECT_EQ(encode(GeneralName{GeneralNameKind::otherName, der("06012a"), {}}), der("a00306012a"));
  EXPECT_EQ(encode(std::vector<GeneralName>{dns("a"), dns("b")}), der("3006820161820162"));
}

TEST(Encode, WritesConstraintsAndUsages) {
  EXPECT_EQ(encode(BasicConstraints{}), der("3000"));
  EXPECT_EQ(encode(BasicConstraints{true, {}}), der("30030101ff"));
  EXPECT_EQ(encode(BasicConstraints{true, 0}), der("30060101ff020100"));
  EXPECT_EQ(encode(KeyUsage{1}), der("03020780"));
  EXPECT_EQ(encode_extended_key_usage({oid::id_kp_serverAuth}), der("300a06082b06010505070301"));
  EXPECT_EQ(encode_subject_key_identifier(der("0102")), der("04020102"));
  NameConstraints constraints;
  constraints.permitted = {dns("a")};
  EXPECT_EQ(encode(constraints), der("3007a00530038201"
                                     "61"));
  constraints = {{}, {dns("a")}};
  EXPECT_EQ(encode(constraints), der("3007a10530038201"
                                     "61"));
}

TEST(Encode, WritesAuthorityKeyIdentifiers) {
  AuthorityKeyIdentifier authority;
  authority.key_identifier = der("0102");
  EXPECT_EQ(encode(authority), der("300480020102"));
  authority.issuer = {dns("a")};
  authority.serial_number = der("0080");
  EXPECT_EQ(encode(authority), der("300d80020102a10382016182020080"));
}

TEST(Encode, WritesPolicies) {
  const PolicyInformation plain{oid::anyPolicy, {}};
  EXPECT_EQ(encode(std::vector{plain}), der("300830060604551d2000"));
  const PolicyInformation qualified{oid::anyPolicy, {{oid::id_qt_cps, der("160161"), "a"}}};
  EXPECT_EQ(encode(std::vector{qualified}), der("3019"
                                                "3017"
                                                "0604551d2000"
                                                "300f"
                                                "300d"
                                                "06082b06010505070201"
                                                "160161"));
  EXPECT_EQ(encode(std::vector<PolicyMapping>{{oid::commonName, oid::surname}}),
            der("300c300a06035504030603550404"));
  EXPECT_EQ(encode(PolicyConstraints{0, 1}), der("3006800100810101"));
  EXPECT_EQ(encode_inhibit_any_policy(3), der("020103"));
}

TEST(Encode, WritesDistributionPoints) {
  DistributionPoint point;
  point.full_name = {dns("a")};
  point.reasons = std::uint16_t{1u << 1};
  point.crl_issuer = {dns("b")};
  EXPECT_EQ(encode(std::vector{point}), der("3012"
                                            "3010"
                                            "a005a003820161"
                                            "81020640"
                                            "a203820162"));
  DistributionPoint relative;
  relative.name_relative_to_crl_issuer =
      RelativeDistinguishedName{{oid::commonName, Tag::printable_string, {'a'}}};
  EXPECT_EQ(encode(std::vector{relative}), der("3010"
                                               "300e"
                                               "a00c"
                                               "a10a"
                                               "3008"
                                               "0603550403"
                                               "130161"));
}

TEST(Encode, WritesPlacesAttributesAndFeatures) {
  EXPECT_EQ(encode(std::vector<AccessDescription>{{oid::commonName, dns("a")}}), der("300a3008"
                                                                                     "0603550403"
                                                                                     "820161"));
  EXPECT_EQ(encode(std::vector<DirectoryAttribute>{{oid::commonName, {der("0500")}}}),
            der("300b3009"
                "0603550403"
                "31020500"));
  EXPECT_EQ(encode_tls_features({5, 17}), der("3006020105020111"));
}

TEST(Encode, WritesSignedCertificateTimestamps) {
  SignedCertificateTimestamp timestamp;
  timestamp.log_id = Bytes(32, 0xaa);
  timestamp.timestamp = 0x0102030405060708;
  timestamp.hash = 4;
  timestamp.signature_algorithm = 3;
  timestamp.signature = {0xff};
  SignedCertificateTimestamp unknown;
  unknown.version = 1;
  unknown.unparsed = {1, 2};
  std::string log_id;
  for (int i = 0; i < 32; ++i) log_id += "aa";
  EXPECT_EQ(encode(std::vector{timestamp, unknown}), der("0438"
                                                         "0036"
                                                         "0030"
                                                         "00" +
                                                         log_id +
                                                         "0102030405060708"
                                                         "0000"
                                                         "0403"
                                                         "0001ff"
                                                         "0002"
                                                         "0102"));
  timestamp.log_id.pop_back();
  EXPECT_THROW(encode(std::vector{timestamp}), std::logic_error);
}

TEST(Encode, WritesKeysAsCertificatesHaveThem) {
  for (const char* name : {"server-rsa", "server-ec256", "server-ec384", "server-ed25519"}) {
    const Certificate certificate = samples::certificate(name);
    EXPECT_TRUE(wire::equal(encode(*certificate.public_key().key), certificate.spki())) << name;
  }
}

TEST(Encode, KeepsUniqueIdentifiersAttributesAndUnknownExtensions) {
  samples::Draft draft;
  draft.unique_ids = der("8102000182020002");
  draft.extensions = {
      samples::extension(oid::subjectDirectoryAttributes, false, der("300b3009060355040331020500")),
      samples::extension(Oid{1, 2, 3}, true, der("0500"))};
  const auto certificate = draft.parsed();
  ASSERT_TRUE(certificate) << certificate.error().what;
  EXPECT_EQ(encode(*certificate), draft.encoded());
}

TEST(Encode, MendsWhatIsNotCanonical) {
  samples::Draft draft;
  draft.extensions = {samples::extension(oid::basicConstraints, true, der("3003010100"))};
  const auto certificate = draft.parsed();
  ASSERT_TRUE(certificate) << certificate.error().what;
  draft.extensions = {samples::extension(oid::basicConstraints, true, der("3000"))};
  EXPECT_EQ(encode(*certificate), draft.encoded());
}

}  // namespace
}  // namespace glasstls::x509
