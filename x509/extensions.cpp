#include "x509/extensions.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "x509/extensions/readers.h"

namespace glasstls::x509 {

namespace {

using ValueReader = void (*)(DerReader&, Extensions&);

// One row per extension that has a typed value, and whether path validation processes it.
struct Typed {
  Oid oid;
  bool processed;
  ValueReader read;
};

constexpr Typed typed[] = {
    {oid::basicConstraints, true,
     [](DerReader& der, Extensions& e) { e.basic_constraints = read_basic_constraints(der); }},
    {oid::keyUsage, true, [](DerReader& der, Extensions& e) { e.key_usage = read_key_usage(der); }},
    {oid::extKeyUsage, true,
     [](DerReader& der, Extensions& e) { e.extended_key_usage = read_extended_key_usage(der); }},
    {oid::subjectAltName, true,
     [](DerReader& der, Extensions& e) {
       e.subject_alt_name = read_general_names(der, "SubjectAltName", Tag::sequence);
     }},
    {oid::nameConstraints, true,
     [](DerReader& der, Extensions& e) { e.name_constraints = read_name_constraints(der); }},
    {oid::certificatePolicies, true,
     [](DerReader& der, Extensions& e) {
       e.certificate_policies = read_certificate_policies(der);
     }},
    {oid::policyMappings, true,
     [](DerReader& der, Extensions& e) { e.policy_mappings = read_policy_mappings(der); }},
    {oid::policyConstraints, true,
     [](DerReader& der, Extensions& e) { e.policy_constraints = read_policy_constraints(der); }},
    {oid::inhibitAnyPolicy, true,
     [](DerReader& der, Extensions& e) {
       e.inhibit_any_policy = der.small_integer("InhibitAnyPolicy");
     }},
    {oid::authorityKeyIdentifier, false,
     [](DerReader& der, Extensions& e) {
       e.authority_key_identifier = read_authority_key_identifier(der);
     }},
    {oid::subjectKeyIdentifier, false,
     [](DerReader& der, Extensions& e) {
       e.subject_key_identifier = read_subject_key_identifier(der);
     }},
    {oid::issuerAltName, false,
     [](DerReader& der, Extensions& e) {
       e.issuer_alt_name = read_general_names(der, "IssuerAltName", Tag::sequence);
     }},
    {oid::subjectDirectoryAttributes, false,
     [](DerReader& der, Extensions& e) {
       e.subject_directory_attributes = read_subject_directory_attributes(der);
     }},
    {oid::cRLDistributionPoints, false,
     [](DerReader& der, Extensions& e) {
       e.crl_distribution_points = read_distribution_points(der, "CRLDistributionPoints");
     }},
    {oid::freshestCRL, false,
     [](DerReader& der, Extensions& e) {
       e.freshest_crl = read_distribution_points(der, "FreshestCRL");
     }},
    {oid::authorityInfoAccess, false,
     [](DerReader& der, Extensions& e) {
       e.authority_info_access = read_access_descriptions(der, "AuthorityInfoAccessSyntax");
     }},
    {oid::subjectInfoAccess, false,
     [](DerReader& der, Extensions& e) {
       e.subject_info_access = read_access_descriptions(der, "SubjectInfoAccessSyntax");
     }},
    {oid::signedCertificateTimestampList, false,
     [](DerReader& der, Extensions& e) {
       e.signed_certificate_timestamps = read_signed_certificate_timestamps(der);
     }},
    {oid::tlsfeature, false,
     [](DerReader& der, Extensions& e) { e.tls_features = read_tls_features(der); }},
};

const Typed* find_typed(const Oid& oid) {
  const auto* found = std::find_if(std::begin(typed), std::end(typed),
                                   [&](const Typed& t) { return t.oid == oid; });
  return found == std::end(typed) ? nullptr : found;
}

}  // namespace

std::string to_string(KeyUsage usage) {
  constexpr std::string_view names[] = {"digitalSignature", "nonRepudiation", "keyEncipherment",
                                        "dataEncipherment", "keyAgreement",   "keyCertSign",
                                        "cRLSign",          "encipherOnly",   "decipherOnly"};
  std::string text;
  for (unsigned i = 0; i < std::size(names); ++i) {
    if (!usage.has(static_cast<KeyUsageBit>(i))) continue;
    if (!text.empty()) text += ", ";
    text += names[i];
  }
  return text;
}

const Extension* Extensions::find(const Oid& oid) const {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Extension& e) { return e.oid == oid; });
  return found == all.end() ? nullptr : &*found;
}

bool is_processed(const Oid& oid) {
  const Typed* known = find_typed(oid);
  return known != nullptr && known->processed;
}

void check_extension_list(DerReader& der, std::size_t begin, const std::vector<Extension>& all) {
  constexpr std::string_view section = "RFC 5280, 4.2";
  der.require(!all.empty(), begin, "an empty list of extensions", section);
  if (!der.ok() || all.size() < 2) return;
  std::vector<const Extension*> sorted;
  sorted.reserve(all.size());
  for (const Extension& extension : all) sorted.push_back(&extension);
  std::sort(sorted.begin(), sorted.end(),
            [](const Extension* a, const Extension* b) { return a->oid < b->oid; });
  const auto twice =
      std::adjacent_find(sorted.begin(), sorted.end(),
                         [](const Extension* a, const Extension* b) { return a->oid == b->oid; });
  if (twice != sorted.end()) der.fail(begin, "two extensions " + display((*twice)->oid), section);
}

Extensions read_extensions(DerReader& der) {
  Extensions extensions;
  read_extension_list(der, "extensions", extensions.all, [&](const Extension& extension) {
    if (const Typed* known = find_typed(extension.oid)) {
      known->read(der, extensions);
    } else {
      der.skip_rest();
    }
  });
  return extensions;
}

}  // namespace glasstls::x509
