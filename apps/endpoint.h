// TCP endpoints as people write them.
#pragma once

#include <asio.hpp>
#include <string>
#include <string_view>

namespace glasstls::apps {

/// "127.0.0.1:7777", "[::1]:7777".
std::string text_of(const asio::ip::tcp::endpoint& endpoint);

/// Where to listen: "[ADDR:]PORT". "7777" is 127.0.0.1:7777; ADDR is "localhost" or an IP address,
/// one of version 6 in brackets; port 0 lets the system choose. Throws CommandError(usage).
asio::ip::tcp::endpoint parse_listen_address(std::string_view text);

}  // namespace glasstls::apps
