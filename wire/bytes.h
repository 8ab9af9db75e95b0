// The vocabulary of every other file: bytes owned, bytes borrowed, bytes shown.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace glasstls::wire {

using Bytes = std::vector<std::uint8_t>;      // owned
using View = std::span<const std::uint8_t>;   // borrowed: valid as long as what it looks at
using MutableView = std::span<std::uint8_t>;  // borrowed, to be written into

/// Lower-case hexadecimal without separators: {0xc0, 0x30} is "c030".
std::string hex(View bytes);

/// The reverse of hex(). Upper case is accepted too; nullopt for an odd length or another
/// character.
std::optional<Bytes> unhex(std::string_view text);

/// The bytes of a text, borrowed.
View as_bytes(std::string_view text);

/// The text that the bytes spell, borrowed; no character set is assumed or checked.
std::string_view as_text(View bytes);

/// An owned copy.
Bytes copy(View bytes);

/// Appends `more` to `bytes`.
void append(Bytes& bytes, View more);

/// The same length and the same bytes. NOT constant time: for public values only
/// (secrets: crypto/constant_time.h).
bool equal(View a, View b);

}  // namespace glasstls::wire

namespace glasstls {
using wire::Bytes;
using wire::MutableView;
using wire::View;
}  // namespace glasstls
