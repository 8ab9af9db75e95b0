// What an established connection holds of the heap, client and server apart, and what its first
// record costs after a rest.
#include <benchmark/benchmark.h>
#include <cstddef>
#include <vector>

#include "bench/site.h"
#include "tests/support/heap.h"

namespace glasstls::bench {
namespace {

double heap_in_use() { return static_cast<double>(test::heap_in_use()); }

struct Heap {
  double client = 0, server = 0;
};

/// Adds connections up to `count`, and what each side took to `heap`.
void connect(const Site& site, std::vector<Side>& clients, std::vector<Side>& servers,
             std::size_t count, bool rest, Heap& heap) {
  const auto counted = [](double& total) {
    return [&total](auto&& work) {
      const double before = heap_in_use();
      work();
      total += heap_in_use() - before;
    };
  };
  while (clients.size() < count) {
    Side& client = clients.emplace_back();
    Side& server = servers.emplace_back();
    shake_hands(site, client, server, false, counted(heap.client), counted(heap.server));
    const auto idle = [rest](Side& side) {
      if (rest) return side.connection->rest();
      side.connection->received(0);
    };
    counted(heap.client)([&] { idle(client); });
    counted(heap.server)([&] { idle(server); });
  }
}

/// Bytes per connection, by the slope between 100 and 1,000 of them; the time is of no interest.
void heap_per_connection(benchmark::State& state, bool rest) {
  const Site site({{}, "rsa", crypto::NamedGroup::x25519, false});
  constexpr std::size_t few = 100, many = 1000;
  Heap heap, at_few;
  for (auto _ : state) {
    heap = {};
    std::vector<Side> clients, servers;
    clients.reserve(many);
    servers.reserve(many);
    connect(site, clients, servers, few, rest, heap);
    at_few = heap;
    connect(site, clients, servers, many, rest, heap);
  }
  state.counters["client_bytes"] = (heap.client - at_few.client) / (many - few);
  state.counters["server_bytes"] = (heap.server - at_few.server) / (many - few);
}

void first_record_of_64_bytes(benchmark::State& state, bool rest) {
  const Site site({{}, "rsa", crypto::NamedGroup::x25519, false});
  Side client, server;
  shake_hands(site, client, server, false);
  const Bytes plaintext(64);
  for (auto _ : state) {
    if (rest) client.connection->rest();
    benchmark::DoNotOptimize(client.connection->write(plaintext));
    client.connection->sent(client.connection->to_send().size());
  }
}

BENCHMARK_CAPTURE(heap_per_connection, at_rest, true)->Iterations(1);
BENCHMARK_CAPTURE(heap_per_connection, without_rest, false)->Iterations(1);
BENCHMARK_CAPTURE(first_record_of_64_bytes, after_rest, true);
BENCHMARK_CAPTURE(first_record_of_64_bytes, without_rest, false);

}  // namespace
}  // namespace glasstls::bench
