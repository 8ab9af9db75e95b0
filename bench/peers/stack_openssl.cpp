// OpenSSL, and BoringSSL, whose functions have the same names, as a Stack: one SSL_CTX for each side.
// Its bytes go through a BIO of our own that keeps
// none, as a socket's would, so that no buffer of ours is counted as OpenSSL's.
#include <algorithm>
#include <ctime>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdexcept>
#include <utility>

#include "bench/peers/deleter.h"
#include "bench/peers/stack.h"

namespace glasstls::bench {

namespace {

using ContextPointer = std::unique_ptr<SSL_CTX, Deleter<SSL_CTX_free>>;
using SslPointer = std::unique_ptr<SSL, Deleter<SSL_free>>;
using SessionPointer = std::unique_ptr<SSL_SESSION, Deleter<SSL_SESSION_free>>;
using MethodPointer = std::unique_ptr<BIO_METHOD, Deleter<BIO_meth_free>>;

[[noreturn]] void fail(const std::string& what) {
  char words[256];
  ERR_error_string_n(ERR_get_error(), words, sizeof words);
  ERR_clear_error();
  throw std::runtime_error(what + ": " + words);
}

void must(bool holds, const char* what) {
  if (!holds) fail(what);
}

/// What a call may read, and where it writes.
struct Network {
  View input;
  Bytes* output = nullptr;
};

int read_network(BIO* bio, char* into, int size) {
  auto& network = *static_cast<Network*>(BIO_get_data(bio));
  BIO_clear_retry_flags(bio);
  if (network.input.empty()) {
    BIO_set_retry_read(bio);
    return -1;
  }
  const std::size_t taken = std::min(network.input.size(), static_cast<std::size_t>(size));
  std::copy_n(network.input.begin(), taken, into);
  network.input = network.input.subspan(taken);
  return static_cast<int>(taken);
}

int write_network(BIO* bio, const char* from, int size) {
  const auto& network = *static_cast<Network*>(BIO_get_data(bio));
  network.output->insert(network.output->end(), from, from + size);
  return size;
}

long control(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

BIO_METHOD* network_method() {
  static const MethodPointer method = [] {
    MethodPointer made(BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "network"));
    must(made && BIO_meth_set_read(made.get(), read_network) == 1 &&
             BIO_meth_set_write(made.get(), write_network) == 1 &&
             BIO_meth_set_ctrl(made.get(), control) == 1,
         "BIO_meth_new");
    return made;
  }();
  return method.get();
}

class OpenSslEnd final : public End {
 public:
  /// The SSL is set up but for its bytes.
  explicit OpenSslEnd(SslPointer ssl) : ssl_(std::move(ssl)) {
    BIO* const bio = BIO_new(network_method());
    must(bio != nullptr, "BIO_new");
    BIO_set_data(bio, &network_);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl_.get(), bio, bio);
  }
  /// As if it had been closed: else OpenSSL would never resume its session.
  ~OpenSslEnd() override {
    SSL_set_shutdown(ssl_.get(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
  }

  void go_on(View input, Bytes& output) override {
    network_ = {input, &output};
    const int result = SSL_do_handshake(ssl_.get());
    if (result != 1 && SSL_get_error(ssl_.get(), result) != SSL_ERROR_WANT_READ)
      fail("the handshake failed");
  }
  bool established() const override { return SSL_is_init_finished(ssl_.get()) == 1; }
  bool verified() const override {
    return SSL_get_verify_mode(ssl_.get()) == SSL_VERIFY_PEER &&
           SSL_get_verify_result(ssl_.get()) == X509_V_OK;
  }

  void seal(View plaintext, Bytes& record) override {
    network_ = {{}, &record};
    const int size = static_cast<int>(plaintext.size());
    must(SSL_write(ssl_.get(), plaintext.data(), size) == size, "SSL_write");
  }

  std::size_t open(View record, Bytes& plaintext) override {
    network_ = {record, nullptr};
    const int size = SSL_read(ssl_.get(), plaintext.data(), static_cast<int>(plaintext.size()));
    must(size > 0, "SSL_read");
    return static_cast<std::size_t>(size);
  }

#ifndef OPENSSL_IS_BORINGSSL  // which keeps none between records
  void rest() override { SSL_free_buffers(ssl_.get()); }
#endif

 private:
  Network network_;
  SslPointer ssl_;
};

ContextPointer context(const SSL_METHOD* method, const Site& site) {
  ContextPointer made(SSL_CTX_new(method));
  must(made != nullptr, "SSL_CTX_new");
  SSL_CTX* const ctx = made.get();
  const char* const suite =
      site.key == "rsa" ? "ECDHE-RSA-AES256-GCM-SHA384" : "ECDHE-ECDSA-AES256-GCM-SHA384";
  const char* const groups = site.group == "secp256r1" ? "P-256"
                             : site.key == "rsa"       ? "X25519"
                                                       : "X25519:P-256";  // of the certificate
  must(SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION) == 1 &&
           SSL_CTX_set_max_proto_version(ctx, TLS1_2_VERSION) == 1 &&
           SSL_CTX_set_cipher_list(ctx, suite) == 1 && SSL_CTX_set1_curves_list(ctx, groups) == 1,
       "the version, suite or group is not taken");
  SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
  if (!site.resume) SSL_CTX_set_options(ctx, SSL_OP_NO_TICKET);
  return made;
}

class OpenSslStack final : public Stack {
 public:
  explicit OpenSslStack(const Site& site)
      : client_(context(TLS_client_method(), site)), server_(context(TLS_server_method(), site)) {
    const std::string start = site.lab + "/" + site.key;
    must(SSL_CTX_use_certificate_chain_file(server_.get(), (start + "-chain.pem").c_str()) == 1 &&
             SSL_CTX_use_PrivateKey_file(server_.get(), (start + "-key.pem").c_str(),
                                         SSL_FILETYPE_PEM) == 1,
         "the server's certificate and key are not taken");
    must(SSL_CTX_load_verify_locations(client_.get(), (site.lab + "/root.pem").c_str(), nullptr) ==
             1,
         "the root is not taken");
    SSL_CTX_set_verify(client_.get(), SSL_VERIFY_PEER, nullptr);
    if (!site.resume) return;
    SSL_CTX_set_session_cache_mode(client_.get(),
                                   SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_set_app_data(client_.get(), this);
    SSL_CTX_sess_set_new_cb(client_.get(), [](SSL* ssl, SSL_SESSION* session) {
      auto* const self = static_cast<OpenSslStack*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl)));
      self->session_.reset(session);
      return 1;
    });
  }

  std::unique_ptr<End> client() override {
    SslPointer ssl(SSL_new(client_.get()));
    must(ssl && SSL_set_tlsext_host_name(ssl.get(), server_name) == 1 &&
             SSL_set1_host(ssl.get(), server_name) == 1,
         "the client cannot be made");
    if (session_) must(SSL_set_session(ssl.get(), session_.get()) == 1, "SSL_set_session");
    SSL_set_connect_state(ssl.get());
    return std::make_unique<OpenSslEnd>(std::move(ssl));
  }

  std::unique_ptr<End> server() override {
    SslPointer ssl(SSL_new(server_.get()));
    must(ssl != nullptr, "the server cannot be made");
    SSL_set_accept_state(ssl.get());
    return std::make_unique<OpenSslEnd>(std::move(ssl));
  }

 private:
  ContextPointer client_, server_;
  SessionPointer session_;  // the client's last
};

#ifdef OPENSSL_IS_BORINGSSL
}  // namespace

/// It has no releases: the day is the package's, 13.0.0+r24-2, by its changelog.
About about() { return {"BoringSSL", "of Android 13.0.0 r24", "2023-01-17", true}; }
#else
/// "OpenSSL 3.0.19 27 Jan 2026" ends with the day of its release.
std::string released() {
  const std::string text = OpenSSL_version(OPENSSL_VERSION);
  const std::size_t version = text.find(' ') + 1;
  std::tm day{};
  char iso[] = "0000-00-00";
  if (strptime(text.c_str() + text.find(' ', version), " %d %b %Y", &day) == nullptr) return "";
  std::strftime(iso, sizeof iso, "%Y-%m-%d", &day);
  return iso;
}

}  // namespace

About about() { return {"OpenSSL", OpenSSL_version(OPENSSL_VERSION_STRING), released(), true}; }
#endif

std::unique_ptr<Stack> make_stack(const Site& site) { return std::make_unique<OpenSslStack>(site); }

}  // namespace glasstls::bench
