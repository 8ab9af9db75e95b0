#include "tests/bogo/openssl_peer.h"

#include <algorithm>
#include <csignal>
#include <stdexcept>

namespace glasstls::bogo {

namespace {

std::string path_of(const std::string& file) { return GLASSTLS_TEST_DATA "/data/tls/" + file; }

void must(bool holds, const char* what) {
  if (!holds) throw std::runtime_error(what);
}

Context context_of(const SSL_METHOD* method) {
  Context context(SSL_CTX_new(method));
  must(context != nullptr, "SSL_CTX_new");
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_max_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_mode(context.get(), SSL_MODE_NO_AUTO_CHAIN);  // what the file has, and no more
  must(SSL_CTX_load_verify_locations(context.get(), path_of("ca.pem").c_str(), nullptr) == 1,
       "SSL_CTX_load_verify_locations");
  return context;
}

void converse_once(SSL* ssl, const Play& play, int connection) {
  if (play.talk) return play.talk(ssl, connection);
  exchange_echo(ssl, "what comes back is not what went");
  exchange_close_notify(ssl);
}

}  // namespace

void use_identity(SSL_CTX* context, const std::string& identity) {
  must(SSL_CTX_use_certificate_chain_file(context, path_of(identity + ".pem").c_str()) == 1,
       "SSL_CTX_use_certificate_chain_file");
  must(SSL_CTX_use_PrivateKey_file(context, path_of(identity + ".key").c_str(), SSL_FILETYPE_PEM) ==
           1,
       "SSL_CTX_use_PrivateKey_file");
}

Context openssl_server(const std::string& identity) {
  Context context = context_of(TLS_server_method());
  use_identity(context.get(), identity);
  const unsigned char id[] = "bogo";
  SSL_CTX_set_session_id_context(context.get(), id, sizeof id);
  return context;
}

void demand_certificate(SSL_CTX* context) {
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT,
                     [](int, X509_STORE_CTX*) { return 1; });
}

Context openssl_client() { return context_of(TLS_client_method()); }

std::string read_exactly(SSL* ssl, std::size_t size) {
  std::string all;
  while (all.size() < size) {
    char some[4096];
    const int n = SSL_read(ssl, some, static_cast<int>(std::min(sizeof some, size - all.size())));
    must(n > 0, "the stream ended too early");
    all.append(some, static_cast<std::size_t>(n));
  }
  return all;
}

void exchange_echo(SSL* ssl, const std::string& text) {
  const int size = static_cast<int>(text.size());
  must(SSL_write(ssl, text.data(), size) == size, "the text could not be written");
  std::string echo = read_exactly(ssl, text.size());
  for (char& c : echo) c = static_cast<char>(c ^ 0xff);
  must(echo == text, "the echo is wrong");
}

void exchange_close_notify(SSL* ssl) {
  int closed = SSL_shutdown(ssl);
  if (closed == 0) {
    char none;
    must(SSL_read(ssl, &none, 1) <= 0, "data came instead of close_notify");
    closed = SSL_shutdown(ssl);
  }
  must(closed == 1, "no close_notify came");
}

Outcome play(const Words& flags, const Play& play) {
  std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to sockets that the shim has closed
  Stage stage(flags);
  std::unique_ptr<SSL_SESSION, OpenSslFree> session;
  std::string error;
  for (int i = 0; i < play.connections && error.empty(); ++i) {
    Socket socket = stage.accept();
    const Ssl ssl(SSL_new(play.context.get()));
    SSL_set_fd(ssl.get(), socket.fd());
    const bool server = SSL_is_server(ssl.get()) == 1;
    if (session) SSL_set_session(ssl.get(), session.get());
    if (play.prepare) play.prepare(ssl.get(), i);
    if ((server ? SSL_accept(ssl.get()) : SSL_connect(ssl.get())) != 1) {
      error = "the handshake failed";
      break;
    }
    try {
      converse_once(ssl.get(), play, i);
    } catch (const std::runtime_error& failed) {
      error = failed.what();
    }
    if (!server) session.reset(SSL_get1_session(ssl.get()));
  }
  Outcome outcome = stage.end();
  outcome.peer_error = std::move(error);
  return outcome;
}

}  // namespace glasstls::bogo
