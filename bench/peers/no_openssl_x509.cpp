// In place of openssl_x509.cpp where OpenSSL's headers are not installed: version() says so, and
// nothing else is called then.
#include "bench/peers/openssl_x509.h"

namespace glasstls::bench::openssl {

struct ChainCheck::State {};

std::string version() { return {}; }
bool parse(View) { return false; }
bool parse_with_key(View) { return false; }
std::size_t load_store(const std::string&) { return 0; }

ChainCheck::ChainCheck(std::span<const Bytes>, View, const char*, std::int64_t) {}
ChainCheck::~ChainCheck() = default;
bool ChainCheck::trusted() const { return false; }

}  // namespace glasstls::bench::openssl
