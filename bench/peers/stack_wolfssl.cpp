// wolfSSL as a Stack: one WOLFSSL_CTX for each side.
#include <wolfssl/options.h>
//
#include <algorithm>
#include <stdexcept>
#include <utility>
#include <wolfssl/ssl.h>
#include <wolfssl/version.h>

#include "bench/peers/deleter.h"
#include "bench/peers/stack.h"

namespace glasstls::bench {

namespace {

using ContextPointer = std::unique_ptr<WOLFSSL_CTX, Deleter<wolfSSL_CTX_free>>;
using SslPointer = std::unique_ptr<WOLFSSL, Deleter<wolfSSL_free>>;
using SessionPointer = std::unique_ptr<WOLFSSL_SESSION, Deleter<wolfSSL_SESSION_free>>;

void must(bool holds, const char* what) {
  if (!holds) throw std::runtime_error(std::string("wolfSSL: ") + what);
}

/// What a call may read, and where it writes.
struct Network {
  View input;
  Bytes* output = nullptr;
};

int read_network(WOLFSSL*, char* into, int size, void* context) {
  View& input = static_cast<Network*>(context)->input;
  if (input.empty()) return WOLFSSL_CBIO_ERR_WANT_READ;
  const std::size_t taken = std::min(input.size(), static_cast<std::size_t>(size));
  std::copy_n(input.begin(), taken, into);
  input = input.subspan(taken);
  return static_cast<int>(taken);
}

int write_network(WOLFSSL*, char* from, int size, void* context) {
  Bytes& output = *static_cast<Network*>(context)->output;
  output.insert(output.end(), from, from + size);
  return size;
}

class WolfSslEnd final : public End {
 public:
  /// `session`: where a client that resumes keeps its own; else null.
  WolfSslEnd(SslPointer ssl, SessionPointer* session) : ssl_(std::move(ssl)), session_(session) {
    wolfSSL_SetIOReadCtx(ssl_.get(), &network_);
    wolfSSL_SetIOWriteCtx(ssl_.get(), &network_);
  }

  void go_on(View input, Bytes& output) override {
    network_ = {input, &output};
    if (established_) return;
    const int result = wolfSSL_negotiate(ssl_.get());
    if (result != WOLFSSL_SUCCESS) {
      const int error = wolfSSL_get_error(ssl_.get(), result);
      if (error == WOLFSSL_ERROR_WANT_READ) return;
      char words[WOLFSSL_MAX_ERROR_SZ];
      throw std::runtime_error(std::string("wolfSSL: the handshake failed: ") +
                               wolfSSL_ERR_error_string(static_cast<unsigned long>(error), words));
    }
    established_ = true;
    if (session_ != nullptr) session_->reset(wolfSSL_get1_session(ssl_.get()));
  }
  bool established() const override { return established_; }
  /// It gives a handshake up as soon as the chain or the name is not right.
  bool verified() const override {
    return established_ && wolfSSL_get_verify_mode(ssl_.get()) == WOLFSSL_VERIFY_PEER;
  }

  void seal(View plaintext, Bytes& record) override {
    network_ = {{}, &record};
    const int size = static_cast<int>(plaintext.size());
    must(wolfSSL_write(ssl_.get(), plaintext.data(), size) == size, "wolfSSL_write failed");
  }

  std::size_t open(View record, Bytes& plaintext) override {
    network_ = {record, nullptr};
    const int size = wolfSSL_read(ssl_.get(), plaintext.data(), static_cast<int>(plaintext.size()));
    must(size > 0, "wolfSSL_read failed");
    return static_cast<std::size_t>(size);
  }

 private:
  Network network_;
  SslPointer ssl_;
  SessionPointer* session_;
  bool established_ = false;
};

ContextPointer context(WOLFSSL_METHOD* method, const Site& site) {
  ContextPointer made(wolfSSL_CTX_new(method));
  must(made != nullptr, "wolfSSL_CTX_new failed");
  const char* const suite =
      site.key == "rsa" ? "ECDHE-RSA-AES256-GCM-SHA384" : "ECDHE-ECDSA-AES256-GCM-SHA384";
  must(wolfSSL_CTX_set_cipher_list(made.get(), suite) == WOLFSSL_SUCCESS, "the suite is not taken");
  wolfSSL_CTX_SetIORecv(made.get(), read_network);
  wolfSSL_CTX_SetIOSend(made.get(), write_network);
  return made;
}

class WolfSslStack final : public Stack {
 public:
  explicit WolfSslStack(const Site& site)
      : site_(site),
        client_(context(wolfTLSv1_2_client_method(), site)),
        server_(context(wolfTLSv1_2_server_method(), site)) {
    const std::string start = site.lab + "/" + site.key;
    must(wolfSSL_CTX_use_certificate_chain_file(server_.get(), (start + "-chain.pem").c_str()) ==
                 WOLFSSL_SUCCESS &&
             wolfSSL_CTX_use_PrivateKey_file(server_.get(), (start + "-key.pem").c_str(),
                                             WOLFSSL_FILETYPE_PEM) == WOLFSSL_SUCCESS,
         "the server's certificate and key are not taken");
    must(wolfSSL_CTX_load_verify_locations(client_.get(), (site.lab + "/root.pem").c_str(),
                                           nullptr) == WOLFSSL_SUCCESS,
         "the root is not taken");
    wolfSSL_CTX_set_verify(client_.get(), WOLFSSL_VERIFY_PEER, nullptr);
    const word16 group = site.group == "x25519" ? WOLFSSL_ECC_X25519 : WOLFSSL_ECC_SECP256R1;
    must(wolfSSL_CTX_UseSupportedCurve(client_.get(), group) == WOLFSSL_SUCCESS,
         "the group is not taken");
    if (site.key == "p256" && site.group == "x25519")
      must(wolfSSL_CTX_UseSupportedCurve(client_.get(), WOLFSSL_ECC_SECP256R1) == WOLFSSL_SUCCESS,
           "the certificate's curve is not taken");
    if (!site.resume) {
      wolfSSL_CTX_set_session_cache_mode(server_.get(), WOLFSSL_SESS_CACHE_OFF);
      wolfSSL_CTX_set_session_cache_mode(client_.get(), WOLFSSL_SESS_CACHE_OFF);
    }
  }

  std::unique_ptr<End> client() override {
    SslPointer ssl(wolfSSL_new(client_.get()));
    must(ssl &&
             wolfSSL_UseSNI(ssl.get(), WOLFSSL_SNI_HOST_NAME, server_name,
                            static_cast<word16>(std::string_view(server_name).size())) ==
                 WOLFSSL_SUCCESS &&
             wolfSSL_check_domain_name(ssl.get(), server_name) == WOLFSSL_SUCCESS,
         "the client cannot be made");
    if (session_)
      must(wolfSSL_set_session(ssl.get(), session_.get()) == WOLFSSL_SUCCESS,
           "wolfSSL_set_session failed");
    wolfSSL_set_connect_state(ssl.get());
    return std::make_unique<WolfSslEnd>(std::move(ssl), site_.resume ? &session_ : nullptr);
  }

  std::unique_ptr<End> server() override {
    SslPointer ssl(wolfSSL_new(server_.get()));
    must(ssl != nullptr, "the server cannot be made");
    wolfSSL_set_accept_state(ssl.get());
    return std::make_unique<WolfSslEnd>(std::move(ssl), nullptr);
  }

 private:
  Site site_;
  ContextPointer client_, server_;
  SessionPointer session_;  // the client's last
};

}  // namespace

About about() { return {"wolfSSL", wolfSSL_lib_version(), "", true}; }

std::unique_ptr<Stack> make_stack(const Site& site) {
  must(wolfSSL_Init() == WOLFSSL_SUCCESS, "wolfSSL_Init failed");
  return std::make_unique<WolfSslStack>(site);
}

}  // namespace glasstls::bench
