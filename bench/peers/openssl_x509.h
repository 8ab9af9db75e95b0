// The work of x509_bench.cpp as OpenSSL does it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "wire/bytes.h"

namespace glasstls::bench::openssl {

/// Its version text; empty if it was not there when this was built.
std::string version();

/// d2i_X509, and freed. False if it fails.
bool parse(View der);
/// X509_get0_pubkey as well.
bool parse_with_key(View der);

/// Loads a file into an X509_STORE, and frees it. Its number of certificates.
std::size_t load_store(const std::string& file);

/// X509_verify_cert for a server of this name at this time, over certificates parsed beforehand.
class ChainCheck {
 public:
  /// Leaf first; seconds since 1970. The host must outlive the object. std::runtime_error for
  /// certificates that OpenSSL cannot read.
  ChainCheck(std::span<const Bytes> chain, View root, const char* host, std::int64_t at);
  ~ChainCheck();
  ChainCheck(const ChainCheck&) = delete;
  ChainCheck& operator=(const ChainCheck&) = delete;

  bool trusted() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace glasstls::bench::openssl
