// UTF-8 in names: checked, and made safe to show. RFC 3629.
#pragma once

#include <string>
#include <string_view>

#include "wire/bytes.h"

namespace glasstls::x509 {

/// Well-formed: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

/// Big-endian UTF-16 (BMPString) as UTF-8; a lone surrogate becomes U+FFFD.
std::string utf8_from_utf16(View units);

/// The text with every control character (C0, DEL, C1, and the bidirectional overrides) and every
/// byte outside UTF-8 written as \xx per byte, as RFC 4514 does.
std::string printable(std::string_view text);

/// The beginning of a text that is safe to show, at most 500 bytes, with "..." behind it if there was
/// more. A peer's names are as long as it likes; verdicts, which name them often, are not.
std::string shortened(std::string text);

}  // namespace glasstls::x509
