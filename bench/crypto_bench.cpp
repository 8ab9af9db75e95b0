// What the primitives cost: per byte of a record, per secret derived, per handshake operation.
#include <array>
#include <benchmark/benchmark.h>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

#include "crypto/aead.h"
#include "crypto/hash.h"
#include "crypto/hmac.h"
#include "crypto/key_exchange.h"
#include "crypto/keys.h"
#include "crypto/prf.h"
#include "crypto/signature.h"

namespace glasstls::crypto {
namespace {

/// Random enough to measure with, the same in each run. Nothing is protected by it.
class RepeatableRandom final : public RandomSource {
 public:
  void fill(MutableView out) override {
    for (std::uint8_t& byte : out) byte = static_cast<std::uint8_t>(engine_());
  }

 private:
  std::mt19937 engine_{1};  // NOLINT(cert-msc51-cpp): the seed is fixed on purpose
};

Bytes some_bytes(std::size_t size) {
  Bytes bytes(size);
  RepeatableRandom().fill(bytes);
  return bytes;
}

// --- Records: time per record, speed per byte of plaintext ---------------------------------------

struct Record {
  explicit Record(std::size_t size) : text(some_bytes(size)) {}

  Bytes nonce = some_bytes(aead_nonce_length);
  Bytes additional_data = some_bytes(13);
  Bytes text;
  Bytes tag = Bytes(aead_tag_length);
};

void seal_record(benchmark::State& state, AeadAlgorithm algorithm) {
  Aead aead(algorithm, some_bytes(parameters(algorithm).enc_key_length), AeadDirection::seal);
  Record record(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    aead.seal(record.nonce, record.additional_data, record.text, record.tag);
    benchmark::DoNotOptimize(record.tag.data());
  }
  state.SetBytesProcessed(state.iterations() * state.range(0));
}

void open_record(benchmark::State& state, AeadAlgorithm algorithm) {
  const Bytes key = some_bytes(parameters(algorithm).enc_key_length);
  Record record(static_cast<std::size_t>(state.range(0)));
  Aead(algorithm, key, AeadDirection::seal)
      .seal(record.nonce, record.additional_data, record.text, record.tag);
  Aead aead(algorithm, key, AeadDirection::open);
  Bytes text;
  for (auto _ : state) {
    text = record.text;  // opened in place, so each round needs the ciphertext anew
    if (!aead.open(record.nonce, record.additional_data, text, record.tag))
      state.SkipWithError("the record does not authenticate");
  }
  state.SetBytesProcessed(state.iterations() * state.range(0));
}

// --- Hashes: speed per byte ----------------------------------------------------------------------

void hash_bytes(benchmark::State& state, HashAlgorithm algorithm) {
  const Bytes text = some_bytes(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(hash(algorithm, text));
  state.SetBytesProcessed(state.iterations() * state.range(0));
}

void hmac_bytes(benchmark::State& state, HashAlgorithm algorithm) {
  const Bytes key = some_bytes(48);
  const Bytes text = some_bytes(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(hmac(algorithm, key, text));
  state.SetBytesProcessed(state.iterations() * state.range(0));
}

// --- Key schedule: time per derivation -----------------------------------------------------------

void derive_master_secret(benchmark::State& state, HashAlgorithm algorithm) {
  const Bytes premaster_secret = some_bytes(32);
  const Bytes session_hash = some_bytes(32);
  std::array<std::uint8_t, 48> master_secret{};
  for (auto _ : state) {
    prf(algorithm, premaster_secret, "extended master secret", {session_hash}, master_secret);
    benchmark::DoNotOptimize(master_secret.data());
  }
}

// --- Handshake: time per operation ---------------------------------------------------------------

void generate_ephemeral_key(benchmark::State& state, NamedGroup group) {
  RepeatableRandom random;
  for (auto _ : state) benchmark::DoNotOptimize(EphemeralKey::generate(group, random));
}

void agree(benchmark::State& state, NamedGroup group) {
  RepeatableRandom random;
  const EphemeralKey ours = EphemeralKey::generate(group, random);
  const EphemeralKey theirs = EphemeralKey::generate(group, random);
  for (auto _ : state) benchmark::DoNotOptimize(ours.agree(theirs.public_key()));
}

PrivateKey key_for(SignatureScheme scheme, RandomSource& random) {
  switch (scheme) {
    case SignatureScheme::ecdsa_secp256r1_sha256:
      return PrivateKey::generate_ec(NamedGroup::secp256r1, random);
    case SignatureScheme::ecdsa_secp384r1_sha384:
      return PrivateKey::generate_ec(NamedGroup::secp384r1, random);
    case SignatureScheme::ed25519: return PrivateKey::generate_ed25519(random);
    default: return PrivateKey::generate_rsa(2048, random);
  }
}

void sign_key_exchange(benchmark::State& state, SignatureScheme scheme) {
  RepeatableRandom random;
  const PrivateKey key = key_for(scheme, random);
  const Bytes message = some_bytes(100);  // two randoms and the ServerECDHParams
  for (auto _ : state) benchmark::DoNotOptimize(key.sign(scheme, message, random));
}

void verify_key_exchange(benchmark::State& state, SignatureScheme scheme) {
  RepeatableRandom random;
  const PrivateKey key = key_for(scheme, random);
  const Bytes message = some_bytes(100);
  const Bytes signature = key.sign(scheme, message, random);
  for (auto _ : state)
    if (!verify(key.public_key(), scheme, message, signature))
      state.SkipWithError("the signature does not verify");
}

// --- The list ------------------------------------------------------------------------------------

void each_record_size(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("bytes")->Arg(64)->Arg(1350)->Arg(16384);
}

const int registered = [] {
  using benchmark::RegisterBenchmark;
  for (const AeadAlgorithm algorithm :
       {AeadAlgorithm::aes_128_gcm, AeadAlgorithm::aes_256_gcm, AeadAlgorithm::chacha20_poly1305}) {
    const std::string name(name_of(algorithm));
    RegisterBenchmark(("SealRecord/" + name).c_str(), seal_record, algorithm)
        ->Apply(each_record_size);
    RegisterBenchmark(("OpenRecord/" + name).c_str(), open_record, algorithm)
        ->Apply(each_record_size);
  }
  for (const HashAlgorithm algorithm : {HashAlgorithm::sha256, HashAlgorithm::sha384}) {
    const std::string name(name_of(algorithm));
    RegisterBenchmark(("Hash/" + name).c_str(), hash_bytes, algorithm)->Apply(each_record_size);
    RegisterBenchmark(("Hmac/" + name).c_str(), hmac_bytes, algorithm)->Apply(each_record_size);
  }
  RegisterBenchmark("DeriveMasterSecret/SHA256", derive_master_secret, HashAlgorithm::sha256);
  RegisterBenchmark("DeriveMasterSecret/SHA384", derive_master_secret, HashAlgorithm::sha384);
  for (const NamedGroup group :
       {NamedGroup::x25519, NamedGroup::secp256r1, NamedGroup::secp384r1}) {
    const std::string name(name_of(group));
    RegisterBenchmark(("GenerateEphemeralKey/" + name).c_str(), generate_ephemeral_key, group);
    RegisterBenchmark(("Agree/" + name).c_str(), agree, group);
  }
  for (const SignatureScheme scheme :
       {SignatureScheme::rsa_pkcs1_sha256, SignatureScheme::rsa_pss_rsae_sha256,
        SignatureScheme::ecdsa_secp256r1_sha256, SignatureScheme::ecdsa_secp384r1_sha384,
        SignatureScheme::ed25519}) {
    const std::string name(name_of(scheme));
    RegisterBenchmark(("SignKeyExchange/" + name).c_str(), sign_key_exchange, scheme);
    RegisterBenchmark(("VerifyKeyExchange/" + name).c_str(), verify_key_exchange, scheme);
  }
  return 0;
}();

}  // namespace
}  // namespace glasstls::crypto
