#include "x509/request.h"

#include <gtest/gtest.h>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/test_random.h"
#include "tests/x509/samples.h"
#include "x509/encode.h"
#include "x509/name_text.h"
#include "x509/pem.h"
#include "x509/private_key.h"

namespace glasstls::x509 {
namespace {

Bytes request_file(const std::string& name) { return samples::file("requests/" + name + ".pem"); }
Bytes request_der(const std::string& name) {
  return parse_pem(wire::as_text(request_file(name))).blocks.at(0).der;
}
CertificationRequest request(const std::string& name) {
  return parse_request(request_file(name)).value();
}

TEST(Request, ReadsOpensslsForEveryKindOfKey) {
  const std::pair<const char*, const char*> kinds[] = {
      {"rsa", "RSA 2048"}, {"p256", "P-256"}, {"p384", "P-384"}, {"ed25519", "Ed25519"}};
  for (const auto& [file, key] : kinds) {
    const CertificationRequest read = request(file);
    EXPECT_EQ(to_string(read.subject()), "CN=test,O=Example,C=DE");
    EXPECT_EQ(read.public_key().name, key);
    EXPECT_TRUE(read.is_signed_by_its_key()) << file;
    const Extensions& wishes = read.requested_extensions();
    ASSERT_EQ(wishes.all.size(), 3u);
    ASSERT_TRUE(wishes.subject_alt_name);
    EXPECT_EQ(to_string(wishes.subject_alt_name->at(2)), "IP:127.0.0.1");
    EXPECT_EQ(to_string(*wishes.key_usage), "digitalSignature");
    EXPECT_TRUE(wishes.find(oid::keyUsage)->critical);
  }
}

TEST(Request, LetsOtherAttributesPass) {
  const CertificationRequest read = request("other-attributes");
  EXPECT_EQ(read.requested_extensions().all.size(), 3u);
  EXPECT_TRUE(read.is_signed_by_its_key());
}

TEST(Request, NeedsNoExtensions) {
  EXPECT_TRUE(request("without-extensions").requested_extensions().all.empty());
}

TEST(Request, ReadsTheOldLabelAndDer) {
  EXPECT_TRUE(wire::equal(request("new-label").der(), request("p256").der()));
  EXPECT_TRUE(parse_request(request_der("p256")));
}

TEST(Request, OfAWeakKeyIsReadButNotTakenAsSigned) {
  const CertificationRequest read = request("rsa-1024");
  EXPECT_EQ(read.public_key().name, "RSA 1024");
  EXPECT_FALSE(read.is_signed_by_its_key());
}

TEST(Request, NoticesEveryChangeOfWhatIsSigned) {
  const Bytes good = request_der("p256");
  const auto changed = [&](std::size_t at) {
    Bytes der = good;
    der[at] ^= 1;
    return CertificationRequest::parse(der);
  };
  std::size_t parsed = 0;
  for (std::size_t at = 0; at < good.size(); ++at) {
    const auto read = changed(at);
    if (!read) continue;
    ++parsed;
    EXPECT_FALSE(read->is_signed_by_its_key()) << at;
  }
  EXPECT_GT(parsed, 0u);
}

TEST(Request, RefusesTruncationAtEveryByte) {
  const Bytes der = request_der("other-attributes");
  for (std::size_t size = 0; size < der.size(); ++size) {
    ASSERT_FALSE(CertificationRequest::parse(View(der).first(size))) << size;
  }
  const auto longer = CertificationRequest::parse(samples::joined({der, Bytes{0}}));
  ASSERT_FALSE(longer);
  EXPECT_EQ(longer.error().what, "bytes after the end of the value");
}

TEST(Request, RefusesFilesWithoutOne) {
  const auto refusal = [](View file) { return parse_request(file).error(); };
  EXPECT_EQ(refusal(samples::file("server-ec256.pem")).what, "holds no request");
  EXPECT_EQ(refusal(wire::as_bytes("-----BEGIN CERTIFICATE REQUEST-----\n!\n"
                                   "-----END CERTIFICATE REQUEST-----\n"))
                .what,
            "line 2: not base64");
  const std::string broken = "\n" + to_pem("CERTIFICATE REQUEST", samples::from_hex("3000"));
  EXPECT_EQ(refusal(wire::as_bytes(broken)).what,
            "expected SEQUENCE, found nothing (request at line 2)");
  EXPECT_FALSE(parse_request(wire::as_bytes("hello")));
  const auto huge = CertificationRequest::parse(Bytes(DerReader::max_size + 1));
  EXPECT_EQ(huge.error().what, "a request larger than 1 MiB");
}

// A request from parts, each of which a test may spoil. Its signature is not one.
struct Parts {
  Bytes version = samples::from_hex("020100");
  Bytes attributes;

  Result<CertificationRequest> parsed() const {
    const Bytes spki = wire::copy(samples::certificate("server-ec256").spki());
    const Bytes info = samples::sequence({version, samples::name("test"), spki, attributes});
    const Bytes algorithm = samples::sequence({samples::oid(oid::ecdsa_with_SHA256)});
    return CertificationRequest::parse(
        samples::sequence({info, algorithm, samples::from_hex("03020000")}));
  }
};

Bytes attribute(const Oid& type, const Bytes& values) {
  return samples::sequence({samples::oid(type), samples::der(Tag::set, values)});
}
Bytes attributes(std::initializer_list<Bytes> parts) {
  return samples::der(context_constructed(0), samples::joined(parts));
}
Bytes wishes() {
  return samples::sequence({samples::extension(oid::basicConstraints, true, {0x30, 0x00})});
}

// What is wrong with a request with these attributes; empty if nothing is.
std::string fault_of(const Bytes& attributes) {
  Parts parts;
  parts.attributes = attributes;
  const auto read = parts.parsed();
  return read ? "" : read.error().what;
}

TEST(Request, MayLackTheAttributes) {
  EXPECT_EQ(fault_of({}), "");
  EXPECT_EQ(fault_of(attributes({})), "");
}

TEST(Request, ReadsMicrosoftsExtensionRequest) {
  Parts parts;
  parts.attributes = attributes({attribute(oid::szOID_CERT_EXTENSIONS, wishes())});
  const auto read = parts.parsed();
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_TRUE(read->requested_extensions().basic_constraints);
}

TEST(Request, RefusesAVersionOtherThanOne) {
  Parts parts;
  parts.version = samples::from_hex("020101");
  EXPECT_EQ(parts.parsed().error().what, "a version other than v1");
  EXPECT_EQ(parts.parsed().error().section, "RFC 2986, 4.1");
}

TEST(Request, RefusesMalformedAttributes) {
  EXPECT_EQ(fault_of(attributes({attribute(oid::extensionRequest, wishes())})), "");
  EXPECT_EQ(fault_of(attributes({attribute(oid::challengePassword, {})})),
            "an attribute without values");
  EXPECT_EQ(fault_of(attributes({attribute(oid::extensionRequest, wishes()),
                                 attribute(oid::challengePassword, {0x05, 0x00})})),
            "a SET OF that is not in ascending order");
  EXPECT_EQ(fault_of(attributes({attribute(oid::szOID_CERT_EXTENSIONS, wishes()),
                                 attribute(oid::extensionRequest, wishes())})),
            "extensions requested twice");
  const Bytes twice = samples::sequence({samples::extension(oid::keyUsage, true, {3, 2, 7, 0x80}),
                                         samples::extension(oid::keyUsage, true, {3, 2, 7, 0x80})});
  EXPECT_EQ(fault_of(attributes({attribute(oid::extensionRequest, twice)})),
            "two extensions keyUsage");
}

TEST(Request, IsMadeForEveryKindOfKey) {
  test::TestRandom random;
  const Name subject = parse_name("CN=test,O=Example").value();
  const std::vector<GeneralName> names{{GeneralNameKind::dNSName, {'t', 'e', 's', 't'}, {}}};
  for (const char* file : {"server-rsa-key.pem", "server-ec256-key.pem", "server-ec384-key.pem",
                           "server-ed25519-key.pem"}) {
    const auto key = parse_private_key(samples::file(file)).value();
    const CertificationRequest made =
        make_request(subject, {{oid::subjectAltName, false, encode(names)}}, key, random);
    EXPECT_TRUE(made.is_signed_by_its_key()) << file;
    EXPECT_EQ(made.subject(), subject);
    EXPECT_TRUE(*made.public_key().key == key.public_key());
    ASSERT_TRUE(made.requested_extensions().subject_alt_name);
    EXPECT_EQ(to_string(made.requested_extensions().subject_alt_name->front()), "DNS:test");
  }
}

TEST(Request, IsMadeWithoutExtensions) {
  test::TestRandom random;
  const auto key = crypto::PrivateKey::generate_ed25519(random);
  const CertificationRequest made = make_request(Name(), {}, key, random);
  EXPECT_TRUE(made.is_signed_by_its_key());
  EXPECT_TRUE(made.requested_extensions().all.empty());
  EXPECT_TRUE(made.subject().empty());
}

TEST(Request, IsNotMadeOfMalformedExtensions) {
  test::TestRandom random;
  const auto key = crypto::PrivateKey::generate_ed25519(random);
  EXPECT_THROW(make_request(Name(), {{oid::keyUsage, true, {0x05, 0x00}}}, key, random),
               std::logic_error);
}

}  // namespace
}  // namespace glasstls::x509
