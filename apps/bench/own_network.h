// Whom a load may be put on without a word of permission.
#pragma once

#include <asio.hpp>

namespace glasstls::apps::bench {

/// Loopback, private and link-local addresses: 127/8, 10/8, 172.16/12, 192.168/16, 169.254/16, ::1,
/// fc00::/7, fe80::/10, and those of version 4 mapped into version 6. RFC 1918, 3927, 4193, 4291.
bool is_own_network(const asio::ip::address& address);

}  // namespace glasstls::apps::bench
