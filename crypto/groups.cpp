#include "crypto/groups.h"

#include <algorithm>
#include <array>
#include <utility>

#include "crypto/grease.h"
#include "wire/number_name.h"

namespace glasstls::crypto {
namespace {

constexpr std::array groups{
    GroupParameters{NamedGroup::x25519, "x25519", 32, 32},
    GroupParameters{NamedGroup::secp256r1, "secp256r1", 65, 32},
    GroupParameters{NamedGroup::secp384r1, "secp384r1", 97, 48},
};

constexpr std::array<std::pair<std::string_view, NamedGroup>, 4> other_names{{
    {"X25519", NamedGroup::x25519},
    {"P-256", NamedGroup::secp256r1},
    {"prime256v1", NamedGroup::secp256r1},
    {"P-384", NamedGroup::secp384r1},
}};

// IANA's registry "TLS Supported Groups": RFC 8422, 7919, 8446, 8734, 8998, 9189 and the ML-KEM
// drafts.
constexpr wire::NumberName registered[] = {
    {1, "sect163k1"},
    {2, "sect163r1"},
    {3, "sect163r2"},
    {4, "sect193r1"},
    {5, "sect193r2"},
    {6, "sect233k1"},
    {7, "sect233r1"},
    {8, "sect239k1"},
    {9, "sect283k1"},
    {10, "sect283r1"},
    {11, "sect409k1"},
    {12, "sect409r1"},
    {13, "sect571k1"},
    {14, "sect571r1"},
    {15, "secp160k1"},
    {16, "secp160r1"},
    {17, "secp160r2"},
    {18, "secp192k1"},
    {19, "secp192r1"},
    {20, "secp224k1"},
    {21, "secp224r1"},
    {22, "secp256k1"},
    {23, "secp256r1"},
    {24, "secp384r1"},
    {25, "secp521r1"},
    {26, "brainpoolP256r1"},
    {27, "brainpoolP384r1"},
    {28, "brainpoolP512r1"},
    {29, "x25519"},
    {30, "x448"},
    {31, "brainpoolP256r1tls13"},
    {32, "brainpoolP384r1tls13"},
    {33, "brainpoolP512r1tls13"},
    {34, "GC256A"},
    {35, "GC256B"},
    {36, "GC256C"},
    {37, "GC256D"},
    {38, "GC512A"},
    {39, "GC512B"},
    {40, "GC512C"},
    {41, "curveSM2"},
    {256, "ffdhe2048"},
    {257, "ffdhe3072"},
    {258, "ffdhe4096"},
    {259, "ffdhe6144"},
    {260, "ffdhe8192"},
    {512, "MLKEM512"},
    {513, "MLKEM768"},
    {514, "MLKEM1024"},
    {4587, "SecP256r1MLKEM768"},
    {4588, "X25519MLKEM768"},
    {4589, "SecP384r1MLKEM1024"},
    {4590, "curveSM2MLKEM768"},
    {25497, "X25519Kyber768Draft00"},
    {25498, "SecP256r1Kyber768Draft00"},
    {65281, "arbitrary_explicit_prime_curves"},
    {65282, "arbitrary_explicit_char2_curves"},
};
static_assert(wire::is_ascending(registered));

}  // namespace

const GroupParameters* find(NamedGroup group) {
  const auto* found =
      std::find_if(groups.begin(), groups.end(), [group](const auto& g) { return g.id == group; });
  return found == groups.end() ? nullptr : found;
}

std::span<const GroupParameters> all_groups() { return groups; }

std::string_view name_of(NamedGroup group) {
  const auto number = static_cast<std::uint16_t>(group);
  return is_grease(number) ? "GREASE" : wire::name_in(registered, number);
}

std::optional<NamedGroup> group_by_name(std::string_view name) {
  for (const GroupParameters& group : groups) {
    if (name == group.name) return group.id;
  }
  for (const auto& [other_name, group] : other_names) {
    if (name == other_name) return group;
  }
  return std::nullopt;
}

}  // namespace glasstls::crypto
