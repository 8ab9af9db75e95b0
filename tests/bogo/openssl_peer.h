// OpenSSL on the other side of the shim.
#pragma once

#include <functional>
#include <memory>
#include <openssl/ssl.h>
#include <string>

#include "tests/bogo/stage.h"

namespace glasstls::bogo {

struct OpenSslFree {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(SSL* ssl) const { SSL_free(ssl); }
  void operator()(SSL_SESSION* session) const { SSL_SESSION_free(session); }
};
using Context = std::unique_ptr<SSL_CTX, OpenSslFree>;
using Ssl = std::unique_ptr<SSL, OpenSslFree>;

/// TLS 1.2, with an identity of tests/data/tls. It trusts nobody in particular, and asks for no
/// certificate.
Context openssl_server(const std::string& identity = "rsa");
/// TLS 1.2, without an identity; trusts tests/data/tls/ca.pem, but does not insist.
Context openssl_client();
/// Asks clients for a certificate, any: those of tests/data/tls are servers'.
void demand_certificate(SSL_CTX* context);
/// Gives a context an identity.
void use_identity(SSL_CTX* context, const std::string& identity);

/// What OpenSSL does with the shim's connections.
struct Play {
  Context context;
  int connections = 1;  // resumed, if OpenSSL is a client, by its newest session
  /// Before each handshake; the first connection is 0.
  std::function<void(SSL*, int)> prepare{};
  /// In place of an echo of a few bytes and close_notify, after each handshake.
  std::function<void(SSL*, int)> talk{};
};

/// Starts the shim, plays, and says how both ended. A handshake that fails ends the play.
Outcome play(const Words& flags, const Play& play);

// For talk(): what does not go as it should is std::runtime_error, and ends the play.

/// Sends the text, and reads its echo.
void exchange_echo(SSL* ssl, const std::string& text);
/// So many bytes.
std::string read_exactly(SSL* ssl, std::size_t size);
/// Sends close_notify and waits for the shim's.
void exchange_close_notify(SSL* ssl);

}  // namespace glasstls::bogo
