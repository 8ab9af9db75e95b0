// What bulk data costs a client, per record of 16 KiB. The server's work (tests/support's double, in
// the same process) is not counted.
#include <benchmark/benchmark.h>
#include <chrono>
#include <memory>

#include "tests/support/peers.h"

namespace glasstls::test {
namespace {

using Clock = std::chrono::steady_clock;

/// Seconds that `work` took.
template <class Work>
double seconds(Work&& work) {
  const auto begin = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

void client_sends_16_KiB(benchmark::State& state, crypto::CipherSuite suite) {
  Choices chosen;
  chosen.suite = suite;
  Peers peers(chosen);
  peers.complete_handshake();
  const Bytes plaintext(record::max_plaintext_length);
  for (auto _ : state) {
    benchmark::DoNotOptimize(peers.client.write(plaintext));
    peers.client.sent(peers.client.to_send().size());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(plaintext.size()));
}

void client_receives_16_KiB(benchmark::State& state, crypto::CipherSuite suite) {
  Choices chosen;
  chosen.suite = suite;
  Peers peers(chosen);
  peers.complete_handshake();
  const Bytes plaintext(record::max_plaintext_length);
  for (auto _ : state) {
    peers.server.data(plaintext);
    const Bytes record = peers.server.take();
    state.SetIterationTime(seconds([&] { to_us(peers.client, record, record.size(), peers); }));
    peers.events.clear();
    peers.data.clear();
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(plaintext.size()));
}

using enum crypto::CipherSuite;

BENCHMARK_CAPTURE(client_sends_16_KiB, aes_256_gcm, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384);
BENCHMARK_CAPTURE(client_sends_16_KiB, chacha20_poly1305,
                  TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256);
BENCHMARK_CAPTURE(client_receives_16_KiB, aes_256_gcm, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384)
    ->UseManualTime();
BENCHMARK_CAPTURE(client_receives_16_KiB, chacha20_poly1305,
                  TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256)
    ->UseManualTime();

}  // namespace
}  // namespace glasstls::test
