// Any certificates and CRLs as a chain: the judgement ends within its bounds, and what it trusts is
// held against the plainest reading of RFC 5280, 6 once more.
//
// The input is a byte of options, then certificates and CRLs in DER, one after the other. They are
// signed anew with the one key that the root and the seeds have, so that mutations get past the
// signatures; one that ends with a zero byte keeps the signature it has.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "crypto/signature.h"
#include "tests/fuzz/invariant.h"
#include "tests/fuzz/reach.h"
#include "tests/support/test_random.h"
#include "x509/issue.h"
#include "x509/private_key.h"
#include "x509/verify.h"

namespace glasstls::x509 {
namespace {

using fuzz::require;

Bytes file(const std::string& path) {
  std::ifstream in(GLASSTLS_TEST_DATA "/" + path, std::ios::binary);
  require(in.good(), "the root and its key are there");
  const std::string content{std::istreambuf_iterator<char>(in), {}};
  return wire::copy(wire::as_bytes(content));
}

const crypto::PrivateKey& key() {
  static const auto parsed = parse_private_key(file("data/x509/server-ed25519-key.pem"));
  return *parsed;
}

const TrustStore& roots() {
  static const TrustStore store = [] {
    TrustStore only;
    require(only.add(file("fuzz/root.der")).empty(), "the root parses");
    return only;
  }();
  return store;
}

/// Cuts the next DER element off; a broken one takes the rest.
View next_element(View& rest) {
  std::size_t size = rest.size();
  if (rest.size() > 4 && rest[1] < 0x80) size = 2 + std::size_t{rest[1]};
  if (rest.size() > 4 && rest[1] == 0x81) size = 3 + std::size_t{rest[2]};
  if (rest.size() > 4 && rest[1] == 0x82) size = 4 + std::size_t{rest[2]} * 256 + rest[3];
  const View element = rest.first(std::min(size, rest.size()));
  rest = rest.subspan(element.size());
  return element;
}

/// Parses one with a fresh signature; if that does not fit, with its own.
template <class Parsed>
Result<Parsed> parse_signed(View element) {
  Result<Parsed> own = Parsed::parse(element);
  if (!own || element.back() == 0) return own;
  test::TestRandom random;
  Result<Parsed> fresh = Parsed::parse(sign_tbs(own->tbs(), key(), random));
  return fresh ? fresh : own;
}

struct Input {
  std::vector<Certificate> chain;
  std::vector<Unreadable> unreadable;
  std::vector<CertificateList> crls;

  explicit Input(View rest) {
    while (!rest.empty() && chain.size() + crls.size() + unreadable.size() < 64) {
      const View element = next_element(rest);
      if (auto certificate = parse_signed<Certificate>(element)) {
        chain.push_back(*std::move(certificate));
      } else if (auto list = parse_signed<CertificateList>(element)) {
        crls.push_back(*std::move(list));
      } else {
        unreadable.push_back({chain.size() + unreadable.size(), certificate.error()});
      }
    }
  }
};

VerifyRequest request_of(const Input& input, std::uint8_t options) {
  constexpr Purpose purposes[] = {Purpose::server, Purpose::client, Purpose::any, Purpose::any};
  const auto bit = [&](unsigned number) { return (options >> number & 1) != 0; };
  VerifyRequest request;
  request.chain = input.chain;
  request.unreadable = input.unreadable;
  request.crls = input.crls;
  request.roots = &roots();
  request.at = time_from(2026, 6, 1, 0, 0, 0).value();
  request.purpose = purposes[options & 3];
  request.profile = bit(2) ? Profile::strict : Profile::standard;
  if (bit(3)) request.name = ServerName::parse("test");
  request.policies.require_explicit = bit(4);
  request.policies.inhibit_mapping = bit(5);
  request.require_crl = bit(6);
  request.policies.inhibit_any_policy = bit(7);
  return request;
}

void check_bounds(const Verdict& verdict, const VerifyRequest& request) {
  require(!verdict.paths.empty() && verdict.decisive < verdict.paths.size(), "a path decides");
  require(verdict.paths.size() <= 2 * request.limits.paths, "paths are bounded");
  require(verdict.signature_checks <= request.limits.signature_checks, "signatures are bounded");
  require(verdict.trusted == verdict.path().trusted(), "the decisive path is the verdict");
  require(!verdict.summary.empty(), "there is a sentence");
  require(verdict.trusted == verdict.section.empty(), "and a rule for a refusal");
  for (const Path& path : verdict.paths) {
    require(path.certificates.size() <= request.limits.intermediates + 2, "depth is bounded");
    for (const Check& check : path.checks) {
      if (!check.certificate) continue;
      require(*check.certificate < path.certificates.size(), "a check is of the path");
      const std::size_t size = path.certificates[*check.certificate].der().size();
      require(check.range.offset <= size && check.range.length <= size - check.range.offset,
              "a range lies in its certificate");
    }
  }
}

/// RFC 5280, 6.1.3 (a) and 6.1.4 (k) and (n), as they stand.
void check_step(const Certificate& subject, const Certificate& issuer, Time at) {
  require(subject.issuer() == issuer.subject(), "names chain");
  require(subject.not_before() <= at && at <= subject.not_after(), "it is valid");
  require(issuer.is_ca(), "the issuer is a CA");
  const auto& usage = issuer.extensions().key_usage;
  require(!usage || usage->has(KeyUsageBit::keyCertSign), "the issuer may sign certificates");
  require(subject.version() == 3 && subject.serial_is_proper(), "it is well made");
  const auto& algorithm = subject.signature_algorithm().usable;
  require(
      algorithm && issuer.public_key().key &&
          crypto::verify(*issuer.public_key().key, *algorithm, subject.tbs(), subject.signature()),
      "the issuer signed it");
}

/// RFC 5280, 6.1.4 (l) and (m), backwards: below each CA are no more than it allows.
void check_lengths(const std::vector<Certificate>& path) {
  std::uint32_t below = 0;
  for (std::size_t i = 1; i < path.size(); ++i) {
    const auto& constraints = path[i].extensions().basic_constraints;
    require(!constraints->path_length || below <= *constraints->path_length, "a path is short");
    if (!path[i].is_self_issued()) ++below;
  }
}

/// RFC 5280, 4.2.1.12.
void check_purpose(const Certificate& leaf, Purpose purpose) {
  const auto& allowed = leaf.extensions().extended_key_usage;
  if (!allowed || purpose == Purpose::any) return;
  const Oid wanted = purpose == Purpose::server ? oid::id_kp_serverAuth : oid::id_kp_clientAuth;
  require(std::find(allowed->begin(), allowed->end(), wanted) != allowed->end(),
          "the leaf serves the purpose");
}

void check_trusted(const Path& path, const VerifyRequest& request) {
  const std::vector<Certificate>& certificates = path.certificates;
  require(certificates.front() == request.chain.front(), "the leaf was judged");
  require(request.roots->contains(certificates.back()), "the path ends at a root");
  for (std::size_t i = 0; i + 1 < certificates.size(); ++i) {
    check_step(certificates[i], certificates[i + 1], request.at);
    for (const Extension& extension : certificates[i].extensions().all) {
      require(!extension.critical || is_processed(extension.oid), "all that is critical is known");
    }
    const bool has_list = std::any_of(
        request.crls.begin(), request.crls.end(),
        [&](const CertificateList& list) { return list.issuer() == certificates[i].issuer(); });
    require(has_list || !request.require_crl, "a CRL was there where one is required");
  }
  check_lengths(certificates);
  check_purpose(certificates.front(), request.purpose);
  if (request.name) require(request.name->matches(certificates.front()), "the name is right");
}

}  // namespace
}  // namespace glasstls::x509

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace glasstls;
  if (size == 0) return 0;
  const x509::Input input(View(data, size).subspan(1));
  const x509::VerifyRequest request = x509::request_of(input, data[0]);
  const x509::Verdict verdict = x509::verify(request);
  x509::check_bounds(verdict, request);
  if (verdict.trusted) fuzz::reached("trusted");
  if (verdict.trusted) x509::check_trusted(verdict.path(), request);
  if (verdict.trusted && verdict.path().certificates.size() > 2) fuzz::reached("through a CA");
  if (verdict.trusted && request.require_crl) fuzz::reached("not revoked");
  if (verdict.alert == AlertDescription::certificate_revoked) fuzz::reached("revoked");
  return 0;
}
