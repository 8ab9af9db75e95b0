#include "apps/bench/target.h"

#include <vector>

#include "apps/bench/own_network.h"
#include "apps/endpoint.h"
#include "apps/error.h"

namespace glasstls::apps::bench {

namespace {

using asio::ip::tcp;
using Endpoints = std::vector<tcp::endpoint>;

Endpoints resolve(asio::io_context& io, const Address& address) {
  asio::error_code error;
  const auto results = tcp::resolver(io).resolve(address.host, address.port, error);
  if (error || results.empty())
    throw CommandError(ExitCode::no_connection,
                       "the name " + address.host + " cannot be resolved: " + error.message());
  Endpoints endpoints;
  for (const auto& result : results) endpoints.push_back(result.endpoint());
  return endpoints;
}

void check_permission(const Endpoints& endpoints) {
  for (const tcp::endpoint& endpoint : endpoints)
    if (!is_own_network(endpoint.address()))
      throw CommandError(ExitCode::usage,
                         text_of(endpoint) +
                             " is neither a loopback nor a private address: a load on a server of "
                             "others is an attack. If it is yours, say --i-own-this-server");
}

bool takes_connections(asio::io_context& io, const tcp::endpoint& endpoint,
                       std::chrono::nanoseconds timeout) {
  tcp::socket socket(io);
  bool connected = false;
  socket.async_connect(endpoint, [&](asio::error_code error) { connected = !error; });
  io.restart();
  io.run_for(timeout);
  asio::error_code ignored;
  socket.close(ignored);
  io.restart();
  io.run();
  return connected;
}

}  // namespace

tcp::endpoint find_target(const Address& address, bool owned, std::chrono::nanoseconds timeout) {
  asio::io_context io;
  const Endpoints endpoints = resolve(io, address);
  if (!owned) check_permission(endpoints);
  if (endpoints.size() > 1)
    for (const tcp::endpoint& endpoint : endpoints)
      if (takes_connections(io, endpoint, timeout)) return endpoint;
  return endpoints.front();
}

}  // namespace glasstls::apps::bench
