// Names from text, as people give them to a command.
#pragma once

#include <string_view>

#include "x509/name.h"
#include "x509/result.h"

namespace glasstls::x509 {

/// One of two forms:
///   "CN=test,O=Example\, Inc.,C=DE"   RFC 4514: most specific first; '+' joins attributes of one
///                                     RDN; '\' escapes a character or two hexadecimal digits;
///                                     "#" and hexadecimal is a value in DER
///   "/C=DE/O=Example/CN=test"         OpenSSL's: most significant first, '\' escapes a character
/// An attribute's type is a dotted OID or, in any case of letters, CN, L, ST (or S), O, OU, C,
/// STREET, DC, UID, SN (surname), GN, emailAddress (or E), serialNumber, or its full name
/// ("organizationName"). Spaces around types and values do not count. The empty text is the empty
/// name; an attribute without a value is refused.
///
/// Values are written as PrintableString where its alphabet allows, else as UTF8String; DC and
/// emailAddress as IA5String; C must be two letters. A value that its type cannot hold is refused,
/// and so is one that is longer than RFC 5280, A.1 allows. The error's offset counts in `text`.
Result<Name> parse_name(std::string_view text);

/// A name that is one common name, of UTF-8 text. std::logic_error for what parse_name would
/// refuse: an empty text, one of more than 64 characters, one that is not UTF-8.
Name common_name(std::string_view text);

}  // namespace glasstls::x509
