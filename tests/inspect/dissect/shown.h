// Dissections for tests: as one line, and what no field covers.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "wire/bytes.h"
#include "wire/field.h"

namespace glasstls::test {

/// "client_shares{KeyShareEntry{group=29:x25519 key_exchange[32]}}": numbers with their names, texts
/// quoted, other leaves with their size.
std::string shown(const FieldTree& tree);

/// The part of it within the last field of that name.
std::string shown_in(const FieldTree& tree, std::string_view name);

/// The offsets that lie in no leaf, and in no length in front of a field. What is inside a
/// certificate is not looked at: DER has bytes of its own between fields (explicit tags, the number
/// of unused bits).
std::vector<std::size_t> uncovered(const FieldTree& tree, std::size_t size);

/// A ClientHello or ServerHello with one extension.
Bytes client_hello_with(unsigned type, std::string_view hex);
Bytes server_hello_with(unsigned type, std::string_view hex);

/// A handshake message of that type, from its body in hex.
Bytes message_of(unsigned type, std::string_view body);

}  // namespace glasstls::test
