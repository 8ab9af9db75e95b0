// The ways to name somebody or something in an extension. RFC 5280, 4.2.1.6.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "wire/bytes.h"
#include "x509/der.h"
#include "x509/name.h"

namespace glasstls::x509 {

/// The choices of GeneralName, by their tag numbers.
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
  /// Content bytes; empty for a directoryName. Of dNSName, rfc822Name and URI it is visible ASCII,
  /// checked (spaces in a URI are tolerated).
  Bytes value;
  Name directory;  // of a directoryName
};

/// "DNS:test", "IP:127.0.0.1"; safe for a terminal.
std::string to_string(const GeneralName& name);

/// Whose name it is: of a certificate's owner, or the base of a subtree (nameConstraints), where
/// an iPAddress is address and mask and the text forms may be empty.
enum class NameUse { identity, subtree };

/// Reads one. An x400Address or ediPartyName is not looked into. Failures stick to `der`.
GeneralName read_general_name(DerReader& der, NameUse use);

/// Reads `GeneralNames ::= SEQUENCE SIZE (1..MAX) OF GeneralName`, with this tag.
std::vector<GeneralName> read_general_names(DerReader& der, std::string_view field, Tag tag);

}  // namespace glasstls::x509
