#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <stdexcept>

#include "tests/differential/hello_outcome.h"
#include "tests/support/data_files.h"

namespace glasstls::differential {

namespace {

constexpr const char* suites =
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-CHACHA20-POLY1305:"
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-CHACHA20-POLY1305";
constexpr const char* groups = "X25519:P-256:P-384";
constexpr const char* schemes =
    "ecdsa_secp256r1_sha256:ed25519:ecdsa_secp384r1_sha384:rsa_pss_rsae_sha256:rsa_pss_rsae_sha384:"
    "rsa_pss_rsae_sha512:rsa_pkcs1_sha256:rsa_pkcs1_sha384:rsa_pkcs1_sha512";

void check(bool done) {
  if (!done) throw std::runtime_error("OpenSSL cannot be set up");
}

int note_that_it_ran(SSL*, int*, void* ran) {
  *static_cast<bool*>(ran) = true;
  return SSL_CLIENT_HELLO_SUCCESS;
}

/// h2 before http/1.1, and a refusal where neither is offered: as our server.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size,
                    const unsigned char* offered, unsigned offered_size, void*) {
  static constexpr unsigned char ours[] = "\x02h2\x08http/1.1";
  unsigned char* out = nullptr;
  const int found = SSL_select_next_proto(&out, size, ours, sizeof ours - 1, offered, offered_size);
  *chosen = out;
  return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

void use_certificate(SSL_CTX* context, const std::string& name) {
  const std::string path = std::string(GLASSTLS_TEST_DATA) + "/data/tls/" + name;
  check(SSL_CTX_use_certificate_chain_file(context, (path + ".pem").c_str()) == 1 &&
        SSL_CTX_use_PrivateKey_file(context, (path + ".key").c_str(), SSL_FILETYPE_PEM) == 1);
}

std::string first_reason() {
  const unsigned long error = ERR_peek_error();
  const char* text = ERR_reason_error_string(error);
  return text != nullptr ? text : "error " + std::to_string(ERR_GET_REASON(error));
}

struct Freed {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(SSL* ssl) const { SSL_free(ssl); }
};

}  // namespace

struct OpenSslServer::State {
  std::unique_ptr<SSL_CTX, Freed> context{SSL_CTX_new(TLS_server_method())};
};

OpenSslServer::OpenSslServer() : state_(std::make_unique<State>()) {
  SSL_CTX* context = state_->context.get();
  check(SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
        SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION) == 1 &&
        SSL_CTX_set_cipher_list(context, suites) == 1 &&
        SSL_CTX_set1_groups_list(context, groups) == 1 &&
        SSL_CTX_set1_sigalgs_list(context, schemes) == 1);
  use_certificate(context, "rsa");
  use_certificate(context, "p256");
  SSL_CTX_set_options(
      context, SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA | SSL_OP_NO_TICKET);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
}

OpenSslServer::~OpenSslServer() = default;

HelloOutcome OpenSslServer::judge(View message) const {
  HelloOutcome outcome;
  SSL_CTX_set_client_hello_cb(state_->context.get(), note_that_it_ran, &outcome.parsed);
  const std::unique_ptr<SSL, Freed> ssl(SSL_new(state_->context.get()));
  const Bytes records = in_records(message);
  BIO* in = BIO_new(BIO_s_mem());  // read to its end, it says that more may come
  BIO* out = BIO_new(BIO_s_mem());
  check(ssl && in != nullptr && out != nullptr);
  SSL_set_bio(ssl.get(), in, out);
  if (!records.empty())
    check(BIO_write(in, records.data(), static_cast<int>(records.size())) ==
          static_cast<int>(records.size()));
  SSL_set_accept_state(ssl.get());
  ERR_clear_error();
  static_cast<void>(SSL_do_handshake(ssl.get()));

  char* sent = nullptr;
  const long size = BIO_get_mem_data(out, &sent);
  read_answer(View(reinterpret_cast<const std::uint8_t*>(sent), static_cast<std::size_t>(size)),
              outcome);
  if (outcome.answer == Answer::refused) outcome.refusal = first_reason();
  ERR_clear_error();
  return outcome;
}

}  // namespace glasstls::differential
