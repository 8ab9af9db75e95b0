#include "inspect/oid_words.h"

#include <algorithm>
#include <span>

namespace glasstls::inspect {

namespace {

namespace oid = x509::oid;
using x509::Oid;

struct Row {
  Oid oid;
  std::string_view words;
};

constexpr Row purposes[] = {
    {oid::anyExtendedKeyUsage, "any purpose: the issuer sets no limit"},
    {oid::id_kp_serverAuth, "a TLS server may show it"},
    {oid::id_kp_clientAuth, "a TLS client may show it"},
    {oid::id_kp_codeSigning, "signs programs"},
    {oid::id_kp_emailProtection, "signs and encrypts e-mail"},
    {oid::id_kp_timeStamping, "signs time stamps"},
    {oid::id_kp_OCSPSigning, "signs answers about revocation (OCSP)"},
};

// The CA/Browser Forum's: Baseline Requirements, 7.1.6.1, and the EV Guidelines.
constexpr Row policies[] = {
    {oid::anyPolicy, "any policy"},
    {Oid{2, 23, 140, 1, 1}, "extended validation: the CA checked the organization thoroughly"},
    {Oid{2, 23, 140, 1, 2, 1},
     "domain validated: the CA checked that the applicant controls the name"},
    {Oid{2, 23, 140, 1, 2, 2}, "organization validated: the CA checked the organization too"},
    {Oid{2, 23, 140, 1, 2, 3}, "individual validated: the CA checked the person too"},
};

constexpr Row access_methods[] = {
    {Oid{1, 3, 6, 1, 5, 5, 7, 48, 1}, "OCSP: asks here whether the certificate was revoked"},
    {Oid{1, 3, 6, 1, 5, 5, 7, 48, 2}, "caIssuers: the issuer's certificate lies here"},
    {Oid{1, 3, 6, 1, 5, 5, 7, 48, 3}, "timeStamping: time stamps are made here"},
    {Oid{1, 3, 6, 1, 5, 5, 7, 48, 5}, "caRepository: what the CA has published lies here"},
};

struct ExtensionRow {
  Oid oid;
  ExtensionWords words;
};

constexpr ExtensionRow extensions[] = {
    {oid::authorityKeyIdentifier,
     {"which key of the issuer signed: helps to find its certificate", "RFC 5280, 4.2.1.1"}},
    {oid::subjectKeyIdentifier,
     {"a short name for the subject's key, which certificates that it signs refer to",
      "RFC 5280, 4.2.1.2"}},
    {oid::keyUsage, {"what the key may do", "RFC 5280, 4.2.1.3"}},
    {oid::certificatePolicies,
     {"by which rules it was issued; under a CA: which rules may apply", "RFC 5280, 4.2.1.4"}},
    {oid::policyMappings,
     {"policies of the issuer and of the subject that count as the same", "RFC 5280, 4.2.1.5"}},
    {oid::subjectAltName,
     {"the names that the certificate is good for: the only place where a client looks",
      "RFC 5280, 4.2.1.6"}},
    {oid::issuerAltName,
     {"further names of the issuer; nobody judges by them", "RFC 5280, 4.2.1.7"}},
    {Oid{2, 5, 29, 9}, {"further attributes of the subject", "RFC 5280, 4.2.1.8"}},
    {oid::basicConstraints, {"whether the subject is a CA", "RFC 5280, 4.2.1.9"}},
    {oid::nameConstraints, {"which names this CA may issue for", "RFC 5280, 4.2.1.10"}},
    {oid::policyConstraints, {"what must hold of policies further down", "RFC 5280, 4.2.1.11"}},
    {oid::extKeyUsage, {"what the certificate may be used for", "RFC 5280, 4.2.1.12"}},
    {oid::cRLDistributionPoints,
     {"where the list lies that tells whether it was revoked", "RFC 5280, 4.2.1.13"}},
    {oid::inhibitAnyPolicy,
     {"after how many certificates anyPolicy means nothing any more", "RFC 5280, 4.2.1.14"}},
    {oid::freshestCRL, {"where changes since the last full list lie", "RFC 5280, 4.2.1.15"}},
    {oid::authorityInfoAccess,
     {"where to ask about the certificate, and to find its issuer's", "RFC 5280, 4.2.2.1"}},
    {oid::subjectInfoAccess, {"where to find what the subject offers", "RFC 5280, 4.2.2.2"}},
    {oid::tlsfeature,
     {"TLS extensions that the server must answer if the client asks", "RFC 7633, 4"}},
    {oid::signedCertificateTimestampList,
     {"promises of public logs to publish it, so that no certificate is made in secret",
      "RFC 6962, 3.3"}},
    {oid::precertificatePoison,
     {"marks a draft for the logs, which no client may accept", "RFC 6962, 3.1"}},
    {Oid{2, 5, 29, 20}, {"the number of this list: it only grows", "RFC 5280, 5.2.3"}},
    {Oid{2, 5, 29, 27}, {"only the changes since another list", "RFC 5280, 5.2.4"}},
    {Oid{2, 5, 29, 28}, {"what the list covers", "RFC 5280, 5.2.5"}},
};

std::string_view find(std::span<const Row> rows, const Oid& oid) {
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.oid == oid; });
  return found == rows.end() ? std::string_view() : found->words;
}

}  // namespace

std::string_view words_for_purpose(const Oid& purpose) { return find(purposes, purpose); }
std::string_view words_for_policy(const Oid& policy) { return find(policies, policy); }
std::string_view words_for_access(const Oid& method) { return find(access_methods, method); }

ExtensionWords words_for_extension(const Oid& extension) {
  for (const ExtensionRow& row : extensions)
    if (row.oid == extension) return row.words;
  return {"not known to GlassTLS: kept as bytes", "RFC 5280, 4.2"};
}

}  // namespace glasstls::inspect
