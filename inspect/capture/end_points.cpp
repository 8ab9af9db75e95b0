#include "inspect/capture/end_points.h"

#include <algorithm>
#include <optional>

namespace glasstls::inspect::capture {

namespace {

constexpr std::array<std::uint8_t, 12> mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

std::optional<IPv4Address> as_ipv4(const EndPoint& end) {
  if (const auto* ipv4 = std::get_if<IPv4Address>(&end.address)) return *ipv4;
  const auto& ipv6 = std::get<IPv6Address>(end.address);
  if (!std::equal(mapped_prefix.begin(), mapped_prefix.end(), ipv6.begin())) return std::nullopt;
  IPv4Address ipv4{};
  std::copy(ipv6.begin() + mapped_prefix.size(), ipv6.end(), ipv4.begin());
  return ipv4;
}

IPv6Address as_ipv6(const EndPoint& end) {
  if (const auto* ipv6 = std::get_if<IPv6Address>(&end.address)) return *ipv6;
  const auto& ipv4 = std::get<IPv4Address>(end.address);
  IPv6Address ipv6{};
  std::copy(mapped_prefix.begin(), mapped_prefix.end(), ipv6.begin());
  std::copy(ipv4.begin(), ipv4.end(), ipv6.begin() + mapped_prefix.size());
  return ipv6;
}

}  // namespace

EndPoints of_one_family(const EndPoints& ends) {
  const auto client = as_ipv4(ends.client);
  const auto server = as_ipv4(ends.server);
  if (client && server) return {{*client, ends.client.port}, {*server, ends.server.port}};
  return {{as_ipv6(ends.client), ends.client.port}, {as_ipv6(ends.server), ends.server.port}};
}

}  // namespace glasstls::inspect::capture
