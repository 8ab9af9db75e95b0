// Side: the two ends of a connection. RFC 5246, 7.3.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace glasstls::wire {

enum class Side : std::uint8_t { client, server };

constexpr Side other(Side side) { return side == Side::client ? Side::server : Side::client; }

/// For arrays of two.
constexpr std::size_t index_of(Side side) { return static_cast<std::size_t>(side); }

constexpr std::string_view name_of(Side side) { return side == Side::client ? "client" : "server"; }

}  // namespace glasstls::wire

namespace glasstls {
using wire::Side;
}  // namespace glasstls
