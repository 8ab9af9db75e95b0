#include "apps/cert/issuing.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "apps/cert/input_files.h"
#include "apps/error.h"
#include "x509/name_constraints.h"
#include "x509/verify.h"

namespace glasstls::apps {

namespace {

using x509::CertificateKind;
using x509::KeyUsageBit;

[[noreturn]] void refuse(const std::string& text) { throw CommandError(ExitCode::usage, text); }

void check_may_sign(const x509::Certificate& ca, const std::string& file, x509::Time now) {
  const std::string who = fmt::format("{}: {}", file, x509::to_string(ca));
  const auto& extensions = ca.extensions();
  if (!ca.is_ca())
    refuse(who + " is not a CA: basicConstraints does not say cA TRUE (RFC 5280, 4.2.1.9)");
  if (ca.subject().empty()) refuse(who + " has an empty subject (RFC 5280, 4.1.2.6)");
  if (extensions.key_usage && !extensions.key_usage->has(KeyUsageBit::keyCertSign))
    refuse(who + " may not sign certificates: its keyUsage lacks keyCertSign (RFC 5280, 4.2.1.3)");
  if (now < ca.not_before())
    refuse(fmt::format("{} is not valid before {}", who, x509::to_string(ca.not_before())));
  if (now > ca.not_after())
    refuse(fmt::format("{} has been valid until {}", who, x509::to_string(ca.not_after())));
}

bool owns(const crypto::PrivateKey& key, const x509::Certificate& certificate) {
  return certificate.public_key().key && *certificate.public_key().key == key.public_key();
}

}  // namespace

std::string_view name_of(CertificateKind kind) {
  switch (kind) {
    case CertificateKind::server: return "server";
    case CertificateKind::client: return "client";
    case CertificateKind::root:
    case CertificateKind::intermediate: return "ca";
  }
  return {};
}

CertificateAuthority read_authority(const std::string& certificate_file,
                                    const std::string& key_file, const std::string& passphrase_file,
                                    x509::Time now) {
  std::vector<x509::Certificate> certificates = read_certificates(certificate_file);
  crypto::PrivateKey key = read_private_key(key_file, passphrase_file);
  const auto owner = std::find_if(certificates.begin(), certificates.end(),
                                  [&](const x509::Certificate& one) { return owns(key, one); });
  if (owner == certificates.end()) {
    const x509::SubjectPublicKey& first = certificates.front().public_key();
    if (!first.key)
      refuse(fmt::format("{}: its key cannot sign: {}", certificate_file, first.reason));
    refuse(fmt::format("{} does not hold the private key of {} ({})", key_file,
                       x509::to_string(certificates.front()), certificate_file));
  }
  std::rotate(certificates.begin(), owner, std::next(owner));
  check_may_sign(certificates.front(), certificate_file, now);
  return {std::move(certificates), std::move(key)};
}

std::uint32_t path_length_below(const x509::Certificate& ca, std::optional<std::uint32_t> asked) {
  const std::uint32_t wanted = asked.value_or(0);
  const std::optional<std::uint32_t> bound = ca.extensions().basic_constraints->path_length;
  if (bound && *bound == 0)
    refuse(fmt::format("{} may not sign other CAs: its pathLenConstraint is 0 (RFC 5280, 4.2.1.9)",
                       x509::to_string(ca)));
  if (bound && wanted >= *bound)
    refuse(fmt::format("--path-length {} is too long below {}, whose own is {} (RFC 5280, 4.2.1.9)",
                       wanted, x509::to_string(ca), *bound));
  return wanted;
}

void check_request(const x509::CertificationRequest& request, const std::string& file) {
  constexpr std::size_t most = std::size_t{64} << 10;  // bytes; what is copied must fit a message
  if (request.der().size() > most)
    refuse(fmt::format("{}: a request of {} bytes; more than {} are not taken", file,
                       request.der().size(), most));
  const x509::SubjectPublicKey& key = request.public_key();
  if (!key.key) refuse(fmt::format("{}: its key is not accepted: {}", file, key.reason));
  if (!request.signature_algorithm().usable)
    refuse(fmt::format("{}: its signature is not accepted: {}", file,
                       request.signature_algorithm().reason));
  if (!request.is_signed_by_its_key())
    refuse(file +
           ": its signature is wrong: whoever sent it did not show that the key is theirs "
           "(RFC 2986, 3)");
}

namespace {

[[noreturn]] void refuse_useless(const std::string& reason) {
  refuse("the certificate would be of no use, so none is made: " + reason);
}

/// What an anchor's extKeyUsage says matters once it is an intermediate somewhere.
std::string missing_purpose(const x509::Certificate& ca, CertificateKind kind) {
  const auto& purposes = ca.extensions().extended_key_usage;
  if (!purposes) return {};
  const auto has = [&](const x509::Oid& purpose) {
    return std::find(purposes->begin(), purposes->end(), purpose) != purposes->end();
  };
  if (has(x509::oid::anyExtendedKeyUsage)) return {};
  std::vector<x509::Oid> wanted;
  if (kind != CertificateKind::client) wanted.push_back(x509::oid::id_kp_serverAuth);
  if (kind != CertificateKind::server) wanted.push_back(x509::oid::id_kp_clientAuth);
  for (const x509::Oid& purpose : wanted)
    if (!has(purpose))
      return fmt::format("the extKeyUsage of {} does not allow {} (RFC 5280, 4.2.1.12)",
                         x509::to_string(ca), x509::display(purpose));
  return {};
}

}  // namespace

void check_issued(const x509::Certificate& issued, const x509::Certificate& ca,
                  CertificateKind kind, x509::Time at) {
  std::string reason = missing_purpose(ca, kind);
  if (!reason.empty()) refuse_useless(reason);
  if (kind == CertificateKind::intermediate) {
    std::size_t comparisons = x509::Limits().name_comparisons;
    if (ca.extensions().name_constraints)
      reason =
          x509::name_constraint_violation(*ca.extensions().name_constraints, issued, comparisons)
              .value_or("");
  } else {
    x509::TrustStore roots;
    roots.add(ca);
    x509::VerifyRequest request;
    request.chain = {&issued, 1};
    request.roots = &roots;
    request.at = at;
    request.purpose =
        kind == CertificateKind::server ? x509::Purpose::server : x509::Purpose::client;
    const x509::Verdict verdict = x509::verify(request);
    if (!verdict.trusted) reason = verdict.summary;
  }
  if (!reason.empty()) refuse_useless(reason);
}

}  // namespace glasstls::apps
