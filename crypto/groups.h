// The groups of ECDHE that we speak, as a table. RFC 8422, 5.1.1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace glasstls::crypto {

/// Any value may come from a peer; these are the ones that we speak.
enum class NamedGroup : std::uint16_t { secp256r1 = 23, secp384r1 = 24, x25519 = 29 };

/// Sizes in bytes.
struct GroupParameters {
  NamedGroup id;
  std::string_view name;
  std::size_t public_key_length;     // on the wire: 0x04 || X || Y, or x25519's 32 bytes
  std::size_t shared_secret_length;  // the premaster secret; also the length of a private key
};

/// nullptr for a group that we do not speak.
const GroupParameters* find(NamedGroup group);

/// In our default order of preference.
std::span<const GroupParameters> all_groups();

/// The RFC's name, of every group that IANA has registered; "GREASE" for RFC 8701's values; else
/// empty.
std::string_view name_of(NamedGroup group);

/// Accepts the RFC's name, "P-256", "P-384", "X25519" and OpenSSL's "prime256v1".
std::optional<NamedGroup> group_by_name(std::string_view name);

}  // namespace glasstls::crypto
