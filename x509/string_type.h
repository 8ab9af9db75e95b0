// The string types of ASN.1 as names and texts in certificates use them. X.680, 41; RFC 5280,
// 4.1.2.4.
//
//   DirectoryString ::= CHOICE { teletexString, printableString, universalString, utf8String,
//                                bmpString }
#pragma once

#include <optional>
#include <string>

#include "wire/bytes.h"
#include "x509/der.h"

namespace glasstls::x509 {

/// One of the eight that we know.
bool is_string(Tag tag);
bool is_directory_string(Tag tag);

/// Fails if the bytes are not of the type's alphabet or hold a NUL, by the name of the type.
/// PrintableString with '*' or '&' is tolerated; TeletexString has no alphabet to hold it to. What
/// is no string is not looked at.
void check_string(DerReader& der, const Element& value);

/// The text as UTF-8, TeletexString as it is; NOT safe for a terminal until it went through
/// printable(). nullopt for what is no string, and for a UniversalString.
std::optional<std::string> text_of(Tag tag, View value);

}  // namespace glasstls::x509
