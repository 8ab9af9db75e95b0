#include "bench/peers/openssl_x509.h"

#include <ctime>
#include <openssl/crypto.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <stdexcept>

#include "bench/peers/deleter.h"

namespace glasstls::bench::openssl {

namespace {

using X509Pointer = std::unique_ptr<X509, Deleter<X509_free>>;
using StorePointer = std::unique_ptr<X509_STORE, Deleter<X509_STORE_free>>;
using ContextPointer = std::unique_ptr<X509_STORE_CTX, Deleter<X509_STORE_CTX_free>>;

X509Pointer read(View der) {
  const unsigned char* at = der.data();
  return X509Pointer(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
}

void free_stack(STACK_OF(X509) * stack) { sk_X509_pop_free(stack, X509_free); }
using StackPointer = std::unique_ptr<STACK_OF(X509), Deleter<free_stack>>;

void must(bool holds) {
  if (!holds) throw std::runtime_error("OpenSSL does not take the benchmark's certificates");
}

}  // namespace

std::string version() { return OpenSSL_version(OPENSSL_VERSION); }

bool parse(View der) { return read(der) != nullptr; }

bool parse_with_key(View der) {
  const X509Pointer certificate = read(der);
  return certificate && X509_get0_pubkey(certificate.get()) != nullptr;
}

std::size_t load_store(const std::string& file) {
  const StorePointer store(X509_STORE_new());
  must(X509_STORE_load_file(store.get(), file.c_str()) == 1);
  return static_cast<std::size_t>(sk_X509_OBJECT_num(X509_STORE_get0_objects(store.get())));
}

struct ChainCheck::State {
  X509Pointer leaf;
  StackPointer others;
  StorePointer store;
  const char* host;
  std::time_t at;
};

ChainCheck::ChainCheck(std::span<const Bytes> chain, View root, const char* host, std::int64_t at)
    : state_(std::make_unique<State>(State{read(chain.front()), StackPointer(sk_X509_new_null()),
                                           StorePointer(X509_STORE_new()), host, at})) {
  for (const Bytes& der : chain.subspan(1))
    must(sk_X509_push(state_->others.get(), read(der).release()) > 0);
  must(X509_STORE_add_cert(state_->store.get(), read(root).get()) == 1);
}

ChainCheck::~ChainCheck() = default;

bool ChainCheck::trusted() const {
  const ContextPointer context(X509_STORE_CTX_new());
  must(X509_STORE_CTX_init(context.get(), state_->store.get(), state_->leaf.get(),
                           state_->others.get()) == 1);
  must(X509_STORE_CTX_set_default(context.get(), "ssl_server") == 1);
  X509_VERIFY_PARAM* const parameters = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_time(parameters, state_->at);
  must(X509_VERIFY_PARAM_set1_host(parameters, state_->host, 0) == 1);
  return X509_verify_cert(context.get()) == 1;
}

}  // namespace glasstls::bench::openssl
