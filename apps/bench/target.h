// Target: the server that a load is put on, looked up once.
#pragma once

#include <asio.hpp>
#include <chrono>

#include "apps/address.h"

namespace glasstls::apps::bench {

/// Of several addresses the first that takes a connection, else the first. CommandError:
/// no_connection for a name that cannot be resolved, usage for an address outside our own networks
/// unless the server is `owned`.
asio::ip::tcp::endpoint find_target(const Address& address, bool owned,
                                    std::chrono::nanoseconds timeout);

}  // namespace glasstls::apps::bench
