#include "apps/bench/own_network.h"

namespace glasstls::apps::bench {

namespace {

bool is_own(const asio::ip::address_v4& address) {
  const auto within = [&](std::uint32_t network, unsigned bits) {
    return (address.to_uint() ^ network) >> (32 - bits) == 0;
  };
  return within(0x7f000000, 8) || within(0x0a000000, 8) || within(0xac100000, 12) ||
         within(0xc0a80000, 16) || within(0xa9fe0000, 16);
}

bool is_own(const asio::ip::address_v6& address) {
  if (address.is_v4_mapped())
    return is_own(asio::ip::make_address_v4(asio::ip::v4_mapped, address));
  const bool unique_local = (address.to_bytes()[0] & 0xfe) == 0xfc;
  return address.is_loopback() || address.is_link_local() || unique_local;
}

}  // namespace

bool is_own_network(const asio::ip::address& address) {
  return address.is_v4() ? is_own(address.to_v4()) : is_own(address.to_v6());
}

}  // namespace glasstls::apps::bench
