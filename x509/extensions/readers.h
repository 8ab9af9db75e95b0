// One reader per extension: what extnValue holds, told to the sink by the names of RFC 5280, A.
// Failures stick to `der`. For extensions.cpp and crl.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "x509/extensions.h"

namespace glasstls::x509 {

BasicConstraints read_basic_constraints(DerReader& der);
KeyUsage read_key_usage(DerReader& der);
std::vector<Oid> read_extended_key_usage(DerReader& der);
AuthorityKeyIdentifier read_authority_key_identifier(DerReader& der);
Bytes read_subject_key_identifier(DerReader& der);

NameConstraints read_name_constraints(DerReader& der);
std::vector<DirectoryAttribute> read_subject_directory_attributes(DerReader& der);

std::vector<PolicyInformation> read_certificate_policies(DerReader& der);
std::vector<PolicyMapping> read_policy_mappings(DerReader& der);
PolicyConstraints read_policy_constraints(DerReader& der);

/// CRLDistributionPoints and FreshestCRL.
std::vector<DistributionPoint> read_distribution_points(DerReader& der, std::string_view field);
/// `distributionPoint [0] DistributionPointName`, into `point`.
void read_distribution_point_name(DerReader& der, DistributionPoint& point);
/// ReasonFlags with this tag.
std::uint16_t read_reason_flags(DerReader& der, std::string_view field, Tag tag);
/// AuthorityInfoAccessSyntax and SubjectInfoAccessSyntax.
std::vector<AccessDescription> read_access_descriptions(DerReader& der, std::string_view field);

std::vector<SignedCertificateTimestamp> read_signed_certificate_timestamps(DerReader& der);
std::vector<std::uint16_t> read_tls_features(DerReader& der);

/// Reads one Extension; `read_value` must read what extnValue holds.
template <class ReadValue>
Extension read_extension(DerReader& der, ReadValue&& read_value) {
  Extension extension;
  extension.whole = der.sequence("Extension", [&] {
    extension.oid = der.object_identifier("extnID");
    extension.critical = der.boolean_or_false("critical");
    der.inside("extnValue", Tag::octet_string, [&] {
      extension.value = der.rest();
      extension.offset = der.offset();
      read_value(extension);
    });
  });
  return extension;
}

/// Fails at `begin` if the list is empty or holds two of the same kind.
void check_extension_list(DerReader& der, std::size_t begin, const std::vector<Extension>& all);

/// `Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension`, each oid once, put into `all`, which is
/// emptied first (an argument, so that the entries of a long revocation list share it).
template <class ReadValue>
void read_extension_list(DerReader& der, std::string_view field, std::vector<Extension>& all,
                         ReadValue&& read_value) {
  all.clear();
  const std::size_t begin = der.offset();
  der.sequence(field, [&] {
    while (!der.done()) all.push_back(read_extension(der, read_value));
  });
  check_extension_list(der, begin, all);
}

}  // namespace glasstls::x509
