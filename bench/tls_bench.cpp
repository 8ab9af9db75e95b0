// What a connection costs its client: a full handshake, and bulk data per record of 16 KiB. The
// server's work (tests/support's double, in the same process) is not counted.
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

Choices choices(std::string identity, crypto::SignatureScheme scheme, crypto::NamedGroup group) {
  Choices chosen;
  if (identity != "rsa")
    chosen.suite = crypto::CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384;
  chosen.identity = std::move(identity);
  chosen.scheme = scheme;
  chosen.group = group;
  return chosen;
}

/// One full handshake; returns what the client needed for it. The clock runs for the client only.
double handshake(const std::shared_ptr<const tls::Config>& config, const Choices& chosen) {
  ScriptedServer server(chosen);
  Told told;
  std::unique_ptr<tls::Connection> client;
  const auto deliver = [&] {
    const Bytes bytes = server.take();
    return seconds([&] { to_us(*client, bytes, bytes.size(), told); });
  };
  double spent = seconds([&] {
    client = std::make_unique<tls::Connection>(config, x509::ServerName::parse("server.test"));
  });
  to_peer(*client, server);
  server.first_flight();
  spent += deliver();
  to_peer(*client, server);
  server.second_flight();
  return spent + deliver();
}

void client_full_handshake(benchmark::State& state, const Choices& chosen) {
  TestRandom random("bench");
  const auto config = client_config(random);
  for (auto _ : state) state.SetIterationTime(handshake(config, chosen));
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
using enum crypto::NamedGroup;
using enum crypto::SignatureScheme;

BENCHMARK_CAPTURE(client_full_handshake, rsa2048_x25519,
                  choices("rsa", rsa_pss_rsae_sha256, x25519))
    ->UseManualTime();
BENCHMARK_CAPTURE(client_full_handshake, rsa2048_secp256r1,
                  choices("rsa", rsa_pss_rsae_sha256, secp256r1))
    ->UseManualTime();
BENCHMARK_CAPTURE(client_full_handshake, p256_x25519,
                  choices("p256", ecdsa_secp256r1_sha256, x25519))
    ->UseManualTime();
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
