// What messages cost to write and to read, per message, and the transcript per byte.
#include <benchmark/benchmark.h>

#include "handshake/codec.h"
#include "handshake/messages.h"
#include "handshake/negotiation.h"
#include "handshake/transcript.h"
#include "tests/support/identity.h"

namespace glasstls::handshake {
namespace {

ClientHello client_hello() {
  using enum crypto::CipherSuite;
  using enum crypto::SignatureScheme;
  Offer offer;
  offer.cipher_suites = {TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
                         TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384};
  offer.groups = {crypto::NamedGroup::x25519, crypto::NamedGroup::secp256r1};
  offer.signature_schemes = {rsa_pss_rsae_sha256, rsa_pkcs1_sha256, ecdsa_secp256r1_sha256};
  offer.application_protocols = {"h2", "http/1.1"};
  offer.server_name = "server.test";
  return make_client_hello(offer, Random{});
}

Certificate certificate() {
  Certificate message;
  for (const Bytes& der : test::identity("rsa").chain) message.certificate_list.push_back({der});
  return message;
}

template <class M>
void write(benchmark::State& state, const M& message) {
  for (auto _ : state) benchmark::DoNotOptimize(encode(message));
}

template <class M>
void read(benchmark::State& state, const M& message) {
  const Bytes bytes = encode(message);
  for (auto _ : state) benchmark::DoNotOptimize(decode<M>(bytes));
}

void write_client_hello(benchmark::State& state) { write(state, client_hello()); }
void read_client_hello(benchmark::State& state) { read(state, client_hello()); }
void write_certificate(benchmark::State& state) { write(state, certificate()); }
void read_certificate(benchmark::State& state) { read(state, certificate()); }

/// A message is added, and the hash before it kept: what every message of a handshake costs.
void add_to_transcript(benchmark::State& state) {
  Transcript transcript(0);
  transcript.set_hash(crypto::HashAlgorithm::sha384);
  transcript.stop_keeping();
  const Bytes message(static_cast<std::size_t>(state.range(0)), 7);
  for (auto _ : state) transcript.add(message);
  state.SetBytesProcessed(state.iterations() * state.range(0));
}

BENCHMARK(write_client_hello);
BENCHMARK(read_client_hello);
BENCHMARK(write_certificate);
BENCHMARK(read_certificate);
BENCHMARK(add_to_transcript)->ArgName("bytes")->Arg(64)->Arg(1350);

}  // namespace
}  // namespace glasstls::handshake
