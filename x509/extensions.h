// The certificate extensions that path validation needs, as typed values. RFC 5280, 4.2.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wire/bytes.h"
#include "x509/der.h"
#include "x509/name.h"
#include "x509/oid.h"

namespace glasstls::x509 {

/// Any extension as it came.
struct Extension {
  Oid oid;
  bool critical = false;
  View value;              // content of extnValue
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

/// 4.2.1.6: the choices of GeneralName, by their tag numbers.
enum class GeneralNameKind : unsigned {
  otherName = 0,
  rfc822Name = 1,
  dNSName = 2,
  x400Address = 3,
  directoryName = 4,
  ediPartyName = 5,
  uniformResourceIdentifier = 6,
  iPAddress = 7,
  registeredID = 8,
};
std::string_view name_of(GeneralNameKind kind);

struct GeneralName {
  GeneralNameKind kind{};
  Bytes value;     // content bytes; text for dNSName, rfc822Name and URI: visible ASCII, checked
  Name directory;  // of a directoryName
};

/// "DNS:test", "IP:127.0.0.1"; safe for a terminal.
std::string to_string(const GeneralName& name);

/// 4.2.1.10. In subtrees, an iPAddress is address and mask: 8 or 32 bytes, the mask contiguous.
struct NameConstraints {
  std::vector<GeneralName> permitted;
  std::vector<GeneralName> excluded;
};

/// 4.2.1.1.
struct AuthorityKeyIdentifier {
  std::optional<Bytes> key_identifier;
  bool has_issuer_and_serial = false;
};

/// 4.2.1.4. Policies are not chosen between here (any is acceptable); kept for the record.
struct CertificatePolicies {
  std::vector<Oid> policies;
  bool has_unknown_qualifier = false;
};

/// What of the above a certificate has.
struct Extensions {
  std::vector<Extension> all;  // in order, each oid once
  std::optional<BasicConstraints> basic_constraints;
  std::optional<KeyUsage> key_usage;
  std::optional<std::vector<Oid>> extended_key_usage;
  std::optional<std::vector<GeneralName>> subject_alt_name;
  std::optional<NameConstraints> name_constraints;
  std::optional<AuthorityKeyIdentifier> authority_key_identifier;
  std::optional<Bytes> subject_key_identifier;
  std::optional<CertificatePolicies> certificate_policies;

  const Extension* find(const Oid& oid) const;
};

/// Whether path validation here processes this extension, so that it may be critical.
bool is_processed(const Oid& oid);

/// Reads `Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension`. Duplicates are refused.
Extensions read_extensions(DerReader& der);

}  // namespace glasstls::x509
