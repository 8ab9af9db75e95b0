// What certificates cost: reading one, judging a chain, loading the system's roots. Each line of
// ours stands beside OpenSSL's for the same bytes.
#include <algorithm>
#include <array>
#include <benchmark/benchmark.h>
#include <memory>
#include <string>
#include <vector>

#include "bench/peers/openssl_x509.h"
#include "crypto/keys.h"
#include "platform/files.h"
#include "platform/random.h"
#include "x509/issue.h"
#include "x509/name_text.h"
#include "x509/trust_store.h"
#include "x509/verify.h"

namespace glasstls::x509 {
namespace {

namespace openssl = bench::openssl;
using crypto::NamedGroup;
using crypto::PrivateKey;

constexpr const char* host = "localhost";
constexpr Time now{1'780'000'000};  // in May 2026
constexpr std::int64_t year = 365 * 86'400;

enum class Keys { rsa_2048, p256, p384 };

PrivateKey new_key(Keys keys) {
  crypto::RandomSource& random = platform::system_random();
  if (keys == Keys::rsa_2048) return PrivateKey::generate_rsa(2048, random);
  return PrivateKey::generate_ec(keys == Keys::p256 ? NamedGroup::secp256r1 : NamedGroup::secp384r1,
                                 random);
}

CertificateSpec spec(CertificateKind kind, const std::string& name) {
  CertificateSpec wanted;
  wanted.kind = kind;
  wanted.subject = common_name(name);
  wanted.not_before = {now.seconds - year / 2};
  wanted.not_after = {now.seconds + year / 2};
  return wanted;
}

/// Leaf, intermediate and root, all with keys of one kind; made once for the program.
struct Chain {
  explicit Chain(Keys keys) {
    crypto::RandomSource& random = platform::system_random();
    const PrivateKey root_key = new_key(keys);
    const PrivateKey intermediate_key = new_key(keys);
    const auto root = self_sign(spec(CertificateKind::root, "Root"), root_key, random);
    const auto intermediate = issue(spec(CertificateKind::intermediate, "Intermediate"),
                                    intermediate_key.public_key(), {root, root_key}, random);
    CertificateSpec leaf = spec(CertificateKind::server, host);
    leaf.names.push_back(
        {GeneralNameKind::dNSName, wire::copy(wire::as_bytes(std::string_view(host))), {}});
    sent = {issue(leaf, new_key(keys).public_key(), {intermediate, intermediate_key}, random),
            intermediate};
    roots.add(root);
    root_der = wire::copy(root.der());
  }

  static const Chain& with(Keys keys) {
    static const std::array<Chain, 3> chains{Chain(Keys::rsa_2048), Chain(Keys::p256),
                                             Chain(Keys::p384)};
    return chains[static_cast<std::size_t>(keys)];
  }

  Bytes leaf() const { return wire::copy(sent.front().der()); }

  std::vector<Certificate> sent;
  TrustStore roots;
  Bytes root_der;
};

// --- One certificate -----------------------------------------------------------------------------

/// Ours checks the key while it reads the certificate, so one line serves for both of OpenSSL's.
void parse_leaf_and_key(benchmark::State& state, Keys keys) {
  const Bytes leaf = Chain::with(keys).leaf();
  for (auto _ : state) {
    const auto parsed = Certificate::parse(leaf);
    if (!parsed || !parsed->public_key().key) state.SkipWithError("the leaf does not parse");
  }
}

void openssl_parse_leaf(benchmark::State& state, Keys keys) {
  const Bytes leaf = Chain::with(keys).leaf();
  for (auto _ : state)
    if (!openssl::parse(leaf)) state.SkipWithError("the leaf does not parse");
}

void openssl_parse_leaf_and_key(benchmark::State& state, Keys keys) {
  const Bytes leaf = Chain::with(keys).leaf();
  for (auto _ : state)
    if (!openssl::parse_with_key(leaf)) state.SkipWithError("the leaf does not parse");
}

/// The key alone: what parsing would cost less without it.
void parse_key(benchmark::State& state, Keys keys) {
  const Chain& chain = Chain::with(keys);
  for (auto _ : state) {
    DerReader der(chain.sent.front().spki());
    benchmark::DoNotOptimize(read_subject_public_key(der, {}));
  }
}

// --- A chain of leaf, intermediate and root, parsed beforehand, for a server's name --------------

void check_chain(benchmark::State& state, Keys keys) {
  const Chain& chain = Chain::with(keys);
  VerifyRequest request;
  request.chain = chain.sent;
  request.roots = &chain.roots;
  request.name = ServerName::parse(host);
  request.at = now;
  for (auto _ : state)
    if (!verify(request).trusted) state.SkipWithError("the chain is not trusted");
}

void openssl_check_chain(benchmark::State& state, Keys keys) {
  const Chain& chain = Chain::with(keys);
  std::vector<Bytes> sent;
  for (const Certificate& certificate : chain.sent) sent.push_back(wire::copy(certificate.der()));
  const openssl::ChainCheck check(sent, chain.root_der, host, now.seconds);
  for (auto _ : state)
    if (!check.trusted()) state.SkipWithError("the chain is not trusted");
}

// --- The system's roots, from the file to a store that can be asked ------------------------------

const std::string bundle = "/etc/ssl/certs/ca-certificates.crt";

TrustStore load_bundle() {
  TrustStore store;
  const platform::FileContent file = platform::read_file(bundle);
  if (file) static_cast<void>(store.add(file.bytes()));
  return store;
}

void load_roots(benchmark::State& state) {
  std::size_t anchors = 0;
  for (auto _ : state) anchors = load_bundle().size();
  if (anchors == 0) state.SkipWithError("there is no /etc/ssl/certs/ca-certificates.crt");
  state.counters["anchors"] = static_cast<double>(anchors);
}

/// What laziness saves.
void load_roots_and_parse_each(benchmark::State& state) {
  std::size_t anchors = 0;
  for (auto _ : state) {
    const TrustStore store = load_bundle();
    anchors = store.size() - store.check_all().size();
  }
  if (anchors == 0) state.SkipWithError("there is no /etc/ssl/certs/ca-certificates.crt");
  state.counters["anchors"] = static_cast<double>(anchors);
}

void openssl_load_roots(benchmark::State& state) {
  std::size_t anchors = 0;
  for (auto _ : state) anchors = openssl::load_store(bundle);
  if (anchors == 0) state.SkipWithError("there is no /etc/ssl/certs/ca-certificates.crt");
  state.counters["anchors"] = static_cast<double>(anchors);
}

// --- Ours and OpenSSL's, side by side ------------------------------------------------------------

/// In place of OpenSSL's lines where it was not there at build time.
void absent(benchmark::State& state) {
  state.SkipWithError("built without OpenSSL's headers (package libssl-dev)");
}

using KeyBenchmark = void(benchmark::State&, Keys);

void add(const std::string& name, KeyBenchmark* run, Keys keys) {
  benchmark::RegisterBenchmark(name.c_str(), run, keys);
}

void add_peer(const std::string& name, KeyBenchmark* run, Keys keys) {
  if (openssl::version().empty()) {
    benchmark::RegisterBenchmark(name.c_str(), absent);
  } else {
    add(name, run, keys);
  }
}

void add_benchmarks() {
  constexpr std::pair<const char*, Keys> kinds[] = {
      {"RSA_2048", Keys::rsa_2048}, {"P_256", Keys::p256}, {"P_384", Keys::p384}};
  for (const auto& [kind, keys] : kinds) {
    add(std::string("parse_leaf_and_key/") + kind, parse_leaf_and_key, keys);
    add_peer(std::string("openssl_parse_leaf/") + kind, openssl_parse_leaf, keys);
    add_peer(std::string("openssl_parse_leaf_and_key/") + kind, openssl_parse_leaf_and_key, keys);
    add(std::string("parse_key/") + kind, parse_key, keys);
  }
  for (const auto& [kind, keys] : kinds) {
    add(std::string("check_chain/") + kind, check_chain, keys);
    add_peer(std::string("openssl_check_chain/") + kind, openssl_check_chain, keys);
  }
  benchmark::RegisterBenchmark("load_roots", load_roots);
  benchmark::RegisterBenchmark("load_roots_and_parse_each", load_roots_and_parse_each);
  benchmark::RegisterBenchmark("openssl_load_roots",
                               openssl::version().empty() ? absent : openssl_load_roots);
}

const bool added = (add_benchmarks(), true);

}  // namespace
}  // namespace glasstls::x509
