// mbed TLS as a peer. The arguments are told in matrix/stacks/peer.py.
#include <array>
#include <cstdio>
#include <exception>
#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>
#include <mbedtls/error.h>
#include <mbedtls/net_sockets.h>
#include <mbedtls/ssl.h>
#include <mbedtls/ssl_cache.h>
#include <mbedtls/ssl_ticket.h>
#include <mbedtls/version.h>
#include <mbedtls/x509_crt.h>
#include <stdexcept>
#include <string>

namespace {

constexpr const char* none = "-";

int check(int result, const char* what) {
  if (result >= 0) return result;
  std::array<char, 200> text{};
  mbedtls_strerror(result, text.data(), text.size());
  throw std::runtime_error(std::string(what) + ": " + text.data());
}

/// One of the library's structures, with the functions that it is begun and ended with.
template <auto init, auto free, typename T>
class Owned {
 public:
  Owned() { init(&value_); }
  ~Owned() { free(&value_); }
  Owned(const Owned&) = delete;
  Owned& operator=(const Owned&) = delete;
  T* get() { return &value_; }
  T* operator->() { return &value_; }

 private:
  T value_;
};

using Socket = Owned<mbedtls_net_init, mbedtls_net_free, mbedtls_net_context>;
using Ssl = Owned<mbedtls_ssl_init, mbedtls_ssl_free, mbedtls_ssl_context>;
using Session = Owned<mbedtls_ssl_session_init, mbedtls_ssl_session_free, mbedtls_ssl_session>;
using Certificate = Owned<mbedtls_x509_crt_init, mbedtls_x509_crt_free, mbedtls_x509_crt>;

/// What all connections of one side share.
class Side {
 public:
  explicit Side(int endpoint) {
    check(mbedtls_ctr_drbg_seed(drbg_.get(), mbedtls_entropy_func, entropy_.get(), nullptr, 0),
          "seed");
    check(mbedtls_ssl_config_defaults(config.get(), endpoint, MBEDTLS_SSL_TRANSPORT_STREAM,
                                      MBEDTLS_SSL_PRESET_DEFAULT),
          "defaults");
    mbedtls_ssl_conf_rng(config.get(), mbedtls_ctr_drbg_random, drbg_.get());
  }

  void trust(const std::string& ca) {
    if (ca == none) return;
    check(mbedtls_x509_crt_parse_file(ca_.get(), ca.c_str()), "CA");
    mbedtls_ssl_conf_ca_chain(config.get(), ca_.get(), nullptr);
    mbedtls_ssl_conf_authmode(config.get(), MBEDTLS_SSL_VERIFY_REQUIRED);
  }

  void show(const std::string& chain, const std::string& key) {
    if (chain == none) return;
    check(mbedtls_x509_crt_parse_file(chain_.get(), chain.c_str()), "chain");
    check(mbedtls_pk_parse_keyfile(key_.get(), key.c_str(), nullptr), "key");
    check(mbedtls_ssl_conf_own_cert(config.get(), chain_.get(), key_.get()), "own certificate");
  }

  void speak(const std::string& protocol) {
    if (protocol == none) return;
    protocol_ = protocol;
    protocols_ = {protocol_.c_str(), nullptr};
    check(mbedtls_ssl_conf_alpn_protocols(config.get(), protocols_.data()), "ALPN");
  }

  /// A server's: by ticket and by session ID.
  void resume() {
    check(mbedtls_ssl_ticket_setup(tickets_.get(), mbedtls_ctr_drbg_random, drbg_.get(),
                                   MBEDTLS_CIPHER_AES_256_GCM, 86400),
          "tickets");
    mbedtls_ssl_conf_session_tickets_cb(config.get(), mbedtls_ssl_ticket_write,
                                        mbedtls_ssl_ticket_parse, tickets_.get());
    mbedtls_ssl_conf_session_cache(config.get(), cache_.get(), mbedtls_ssl_cache_get,
                                   mbedtls_ssl_cache_set);
  }

  Owned<mbedtls_ssl_config_init, mbedtls_ssl_config_free, mbedtls_ssl_config> config;

 private:
  Owned<mbedtls_entropy_init, mbedtls_entropy_free, mbedtls_entropy_context> entropy_;
  Owned<mbedtls_ctr_drbg_init, mbedtls_ctr_drbg_free, mbedtls_ctr_drbg_context> drbg_;
  Owned<mbedtls_pk_init, mbedtls_pk_free, mbedtls_pk_context> key_;
  Owned<mbedtls_ssl_ticket_init, mbedtls_ssl_ticket_free, mbedtls_ssl_ticket_context> tickets_;
  Owned<mbedtls_ssl_cache_init, mbedtls_ssl_cache_free, mbedtls_ssl_cache_context> cache_;
  Certificate ca_, chain_;
  std::string protocol_;
  std::array<const char*, 2> protocols_{};
};

void begin(Side& side, Ssl& ssl, Socket& socket) {
  check(mbedtls_ssl_setup(ssl.get(), side.config.get()), "setup");
  mbedtls_ssl_set_bio(ssl.get(), socket.get(), mbedtls_net_send, mbedtls_net_recv, nullptr);
}

void write(Ssl& ssl, const std::string& text) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  check(mbedtls_ssl_write(ssl.get(), bytes, text.size()), "write");
}

std::string read(Ssl& ssl) {
  std::array<unsigned char, 16384> buffer{};
  const int length = check(mbedtls_ssl_read(ssl.get(), buffer.data(), buffer.size()), "read");
  return {buffer.begin(), buffer.begin() + length};
}

void answer(Side& side, Socket& client) {
  Ssl ssl;
  begin(side, ssl, client);
  check(mbedtls_ssl_handshake(ssl.get()), "handshake");
  write(ssl, read(ssl));
  mbedtls_ssl_close_notify(ssl.get());
}

void serve(char** arguments) {
  Side side(MBEDTLS_SSL_IS_SERVER);
  side.show(arguments[1], arguments[2]);
  side.trust(arguments[3]);
  side.speak(arguments[4]);
  side.resume();
  Socket listener;
  check(mbedtls_net_bind(listener.get(), "127.0.0.1", arguments[0], MBEDTLS_NET_PROTO_TCP), "bind");
  for (;;) {
    Socket client;
    check(mbedtls_net_accept(listener.get(), client.get(), nullptr, 0, nullptr), "accept");
    try {
      answer(side, client);
    } catch (const std::exception& error) {
      std::fprintf(stderr, "%s\n", error.what());
    }
  }
}

void ask(char** arguments) {
  Side side(MBEDTLS_SSL_IS_CLIENT);
  side.trust(arguments[1]);
  side.show(arguments[2], arguments[3]);
  side.speak(arguments[4]);
  Session session;
  const int count = std::stoi(arguments[5]);
  for (int i = 0; i < count; ++i) {
    Socket socket;
    check(mbedtls_net_connect(socket.get(), "127.0.0.1", arguments[0], MBEDTLS_NET_PROTO_TCP),
          "connect");
    Ssl ssl;
    begin(side, ssl, socket);
    check(mbedtls_ssl_set_hostname(ssl.get(), "localhost"), "name");
    if (i > 0) check(mbedtls_ssl_set_session(ssl.get(), session.get()), "session");
    check(mbedtls_ssl_handshake(ssl.get()), "handshake");
    write(ssl, "hello from the matrix\n");
    std::printf("%s", read(ssl).c_str());
    if (i == 0) check(mbedtls_ssl_get_session(ssl.get(), session.get()), "session");
    mbedtls_ssl_close_notify(ssl.get());
  }
}

}  // namespace

int main(int count, char** arguments) {
  try {
    const std::string role = count > 1 ? arguments[1] : "";
    if (role == "version") {
      std::printf("%s\n", MBEDTLS_VERSION_STRING);
    } else if (role == "server" && count == 7) {
      serve(arguments + 2);
    } else if (role == "client" && count == 8) {
      ask(arguments + 2);
    } else {
      throw std::invalid_argument("wrong arguments");
    }
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
