// What a record costs above its AEAD: sealed and opened by the connection states, per record.
#include <algorithm>
#include <benchmark/benchmark.h>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "record/connection_state.h"

namespace glasstls::record {
namespace {

constexpr std::uint64_t no_limit = std::numeric_limits<std::uint64_t>::max();

crypto::TrafficKeys some_keys(crypto::AeadAlgorithm algorithm) {
  const crypto::AeadParameters& sizes = crypto::parameters(algorithm);
  return {algorithm, crypto::TrafficKey::copy_of(Bytes(sizes.enc_key_length, 1)),
          crypto::TrafficIv::copy_of(Bytes(sizes.fixed_iv_length, 2))};
}

WriteState writer(crypto::AeadAlgorithm algorithm) {
  WriteState state(no_limit, nullptr);
  state.set_pending(some_keys(algorithm));
  state.change_cipher_spec();
  return state;
}

void seal(benchmark::State& state, crypto::AeadAlgorithm algorithm) {
  WriteState write = writer(algorithm);
  const Bytes plaintext(static_cast<std::size_t>(state.range(0)), 7);
  Bytes record(write.record_size(plaintext.size()));
  for (auto _ : state)
    write.seal(ContentType::application_data, ProtocolVersion::tls12, plaintext, record);
  state.SetBytesProcessed(state.iterations() * state.range(0));
}

/// Each record is opened once, by a reader at its sequence number: the sealing is not counted.
void open(benchmark::State& state, crypto::AeadAlgorithm algorithm) {
  WriteState write = writer(algorithm);
  ReadState read(no_limit, nullptr);
  read.set_pending(some_keys(algorithm));
  read.change_cipher_spec();
  const Bytes plaintext(static_cast<std::size_t>(state.range(0)), 7);
  Bytes record(write.record_size(plaintext.size()));
  for (auto _ : state) {
    state.PauseTiming();
    write.seal(ContentType::application_data, ProtocolVersion::tls12, plaintext, record);
    state.ResumeTiming();
    benchmark::DoNotOptimize(read.open(parse_header(record, {true, true}), record));
  }
  state.SetBytesProcessed(state.iterations() * state.range(0));
}

void each_size(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("bytes")->Arg(64)->Arg(1350)->Arg(16384);
}

using enum crypto::AeadAlgorithm;

BENCHMARK_CAPTURE(seal, aes_256_gcm, aes_256_gcm)->Apply(each_size);
BENCHMARK_CAPTURE(open, aes_256_gcm, aes_256_gcm)->Apply(each_size);
BENCHMARK_CAPTURE(seal, chacha20_poly1305, chacha20_poly1305)->Apply(each_size);
BENCHMARK_CAPTURE(open, chacha20_poly1305, chacha20_poly1305)->Apply(each_size);

}  // namespace
}  // namespace glasstls::record
