// Distinguished names. RFC 5280, 4.1.2.4 and 7.1.
//
//   Name ::= CHOICE { rdnSequence RDNSequence }
//   RDNSequence ::= SEQUENCE OF RelativeDistinguishedName
//   RelativeDistinguishedName ::= SET SIZE (1..MAX) OF AttributeTypeAndValue
//   AttributeTypeAndValue ::= SEQUENCE { type AttributeType, value AttributeValue }
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "wire/bytes.h"
#include "x509/der.h"
#include "x509/oid.h"

namespace glasstls::x509 {

struct AttributeTypeAndValue {
  Oid type;
  Tag string_type = Tag::none;  // how the value is written: PrintableString, UTF8String ...
  Bytes value;                  // its bytes, not converted
};

using RelativeDistinguishedName = std::vector<AttributeTypeAndValue>;

class Name {
 public:
  /// The empty name.
  Name() = default;
  /// Of these RDNs, most significant first; alphabets are the caller's. An RDN without attributes
  /// is std::logic_error.
  explicit Name(std::vector<RelativeDistinguishedName> rdns);

  /// Most significant first, as encoded: country, organization, ..., common name.
  const std::vector<RelativeDistinguishedName>& rdns() const { return rdns_; }
  bool empty() const { return rdns_.empty(); }

  /// What two names are compared by: equal if and only if the names match. Values of
  /// PrintableString and UTF8String have ASCII case folded, white space trimmed and compressed, and
  /// match across the two types; all other values match byte by byte, within one type.
  /// It does NOT apply Unicode normalization: names that differ in it do not match.
  const std::string& key() const { return key_; }

  /// Whether the first RDNs of this name are those of `base` (RFC 5280, 4.2.1.10, directoryName).
  bool is_within(const Name& base) const;

  friend bool operator==(const Name& a, const Name& b) { return a.key_ == b.key_; }

 private:
  friend Name read_name(DerReader& der, std::string_view field);

  std::vector<RelativeDistinguishedName> rdns_;
  std::string key_;
};

/// Reads a Name. String values are checked for their type's alphabet and for NULs; attributes that
/// we know must be strings. Failures stick to `der`; what it tolerates is listed in der.h.
Name read_name(DerReader& der, std::string_view field);

/// Reads a RelativeDistinguishedName with this tag: Tag::set, or one that replaces it.
RelativeDistinguishedName read_rdn(DerReader& der, std::string_view field, Tag tag);

/// "CN=test,O=Example\, Inc.,C=DE": most specific first as RFC 4514 says. Control bytes and bytes
/// outside UTF-8 are written as \xx, so that the text is safe for a terminal. Empty for the empty
/// name.
std::string to_string(const Name& name);

/// The same for one value.
std::string to_string(const AttributeTypeAndValue& attribute);

}  // namespace glasstls::x509
