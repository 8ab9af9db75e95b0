// The extensions of certificates as typed values: all of RFC 5280, 4.2, the list of signed
// certificate timestamps (RFC 6962, 3.3) and the TLS feature (RFC 7633).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wire/bytes.h"
#include "x509/der.h"
#include "x509/general_name.h"
#include "x509/name.h"
#include "x509/oid.h"

namespace glasstls::x509 {

/// Any extension as it came.
struct Extension {
  Oid oid;
  bool critical = false;
  View value;              // content of extnValue; borrows the reader's buffer
  View whole;              // the Extension with tag and length; borrows the reader's buffer
  std::size_t offset = 0;  // of `value`, absolute
};

/// 4.2.1.9. Without path_length there is no bound.
struct BasicConstraints {
  bool ca = false;
  std::optional<std::uint32_t> path_length;
};

/// 4.2.1.3, with the bit numbers of the RFC.
enum class KeyUsageBit : unsigned {
  digitalSignature = 0,
  nonRepudiation = 1,
  keyEncipherment = 2,
  dataEncipherment = 3,
  keyAgreement = 4,
  keyCertSign = 5,
  cRLSign = 6,
  encipherOnly = 7,
  decipherOnly = 8,
};

struct KeyUsage {
  std::uint16_t bits = 0;  // 1 << number
  bool has(KeyUsageBit bit) const { return (bits >> static_cast<unsigned>(bit) & 1) != 0; }
};

/// "digitalSignature, keyEncipherment".
std::string to_string(KeyUsage usage);

/// 4.2.1.10. In subtrees, an iPAddress is address and mask: 8 or 32 bytes, the mask contiguous.
struct NameConstraints {
  std::vector<GeneralName> permitted;
  std::vector<GeneralName> excluded;
};

/// 4.2.1.1. Issuer and serial number come together or not at all.
struct AuthorityKeyIdentifier {
  std::optional<Bytes> key_identifier;
  std::vector<GeneralName> issuer;
  std::optional<Bytes> serial_number;  // content bytes of the INTEGER
};

/// 4.2.1.4.
struct PolicyQualifier {
  Oid id;           // id-qt-cps, id-qt-unotice, or unknown
  Bytes qualifier;  // its DER, tag and length included
  std::string
      text;  // the URI, or the explicitText of the notice; safe for a terminal; may be empty
};
struct PolicyInformation {
  Oid policy;
  std::vector<PolicyQualifier> qualifiers;
};

/// 4.2.1.5: who honours `issuer_domain` may take `subject_domain` for it.
struct PolicyMapping {
  Oid issuer_domain;
  Oid subject_domain;
};

/// 4.2.1.11: after so many further certificates. At least one of the two.
struct PolicyConstraints {
  std::optional<std::uint32_t> require_explicit_policy;
  std::optional<std::uint32_t> inhibit_policy_mapping;
};

/// 4.2.1.13: where the CRL that covers this certificate is found.
struct DistributionPoint {
  std::vector<GeneralName> full_name;
  std::optional<RelativeDistinguishedName> name_relative_to_crl_issuer;
  std::optional<std::uint16_t> reasons;  // 1 << number of ReasonFlags; nullopt: all
  std::vector<GeneralName> crl_issuer;   // not empty: an indirect CRL
};

/// 4.2.2: authorityInfoAccess and subjectInfoAccess.
struct AccessDescription {
  Oid method;
  GeneralName location;
};

/// 4.2.1.8: values as DER, in ascending order.
struct DirectoryAttribute {
  Oid type;
  std::vector<Bytes> values;
};

/// RFC 6962, 3.2. Kept, not checked: we know no log's key.
struct SignedCertificateTimestamp {
  std::uint8_t version = 0;     // 0 is v1; of other versions nothing but `unparsed` is known
  Bytes log_id;                 // 32 bytes
  std::uint64_t timestamp = 0;  // milliseconds since 1970
  Bytes extensions;
  std::uint8_t hash = 0, signature_algorithm = 0;  // RFC 5246, 7.4.1.4.1
  Bytes signature;
  Bytes unparsed;  // the whole of one of a version that we do not know
};

/// What of the above a certificate has.
struct Extensions {
  std::vector<Extension> all;  // in order, each oid once
  std::optional<AuthorityKeyIdentifier> authority_key_identifier;
  std::optional<Bytes> subject_key_identifier;
  std::optional<KeyUsage> key_usage;
  std::optional<std::vector<PolicyInformation>> certificate_policies;
  std::optional<std::vector<PolicyMapping>> policy_mappings;
  std::optional<std::vector<GeneralName>> subject_alt_name;
  std::optional<std::vector<GeneralName>> issuer_alt_name;
  std::optional<std::vector<DirectoryAttribute>> subject_directory_attributes;
  std::optional<BasicConstraints> basic_constraints;
  std::optional<NameConstraints> name_constraints;
  std::optional<PolicyConstraints> policy_constraints;
  std::optional<std::vector<Oid>> extended_key_usage;
  std::optional<std::vector<DistributionPoint>> crl_distribution_points;
  std::optional<std::uint32_t> inhibit_any_policy;
  std::optional<std::vector<DistributionPoint>> freshest_crl;
  std::optional<std::vector<AccessDescription>> authority_info_access;
  std::optional<std::vector<AccessDescription>> subject_info_access;
  std::optional<std::vector<SignedCertificateTimestamp>> signed_certificate_timestamps;
  std::optional<std::vector<std::uint16_t>> tls_features;  // extension_type numbers

  const Extension* find(const Oid& oid) const;
};

/// Whether path validation here processes this extension, so that it may be critical.
bool is_processed(const Oid& oid);

/// Reads `Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension`. Duplicates are refused, and so is a
/// known extension whose value is not well formed; what is tolerated is listed in der.h. A policy
/// mapping from or to anyPolicy is refused here already (RFC 5280, 4.2.1.5).
Extensions read_extensions(DerReader& der);

}  // namespace glasstls::x509
