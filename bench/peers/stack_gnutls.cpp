// GnuTLS as a Stack: credentials and priorities are made once and shared by all sessions.
#include <algorithm>
#include <cerrno>
#include <gnutls/gnutls.h>
#include <stdexcept>
#include <string_view>

#include "bench/peers/stack.h"

namespace glasstls::bench {

namespace {

[[noreturn]] void fail(const char* what, int result) {
  throw std::runtime_error(std::string("GnuTLS: ") + what + ": " + gnutls_strerror(result));
}

void must(int result, const char* what) {
  if (result < 0) fail(what, result);
}

/// Session data, or the key of tickets. GnuTLS allocates it.
class Datum {
 public:
  Datum() = default;
  ~Datum() { gnutls_free(datum_.data); }
  Datum(const Datum&) = delete;
  Datum& operator=(const Datum&) = delete;

  /// To be filled anew.
  gnutls_datum_t* fill() {
    gnutls_free(datum_.data);
    datum_ = {};
    return &datum_;
  }
  const gnutls_datum_t& get() const { return datum_; }
  bool empty() const { return datum_.data == nullptr; }

 private:
  gnutls_datum_t datum_{};
};

class GnuTlsEnd : public End {
 public:
  explicit GnuTlsEnd(unsigned flags) {
    must(gnutls_init(&session_, flags | GNUTLS_NONBLOCK), "gnutls_init");
    gnutls_transport_set_ptr(session_, this);
    gnutls_transport_set_pull_function(session_, pull);
    gnutls_transport_set_push_function(session_, push);
  }
  ~GnuTlsEnd() override { gnutls_deinit(session_); }

  void go_on(View input, Bytes& output) override {
    input_ = input;
    output_ = &output;
    const int result = gnutls_handshake(session_);
    if (result == GNUTLS_E_SUCCESS) {
      established_ = true;
      finish();
    } else if (result != GNUTLS_E_AGAIN) {
      fail("the handshake failed", result);
    }
  }
  bool established() const override { return established_; }
  bool verified() const override { return verified_; }

  void seal(View plaintext, Bytes& record) override {
    output_ = &record;
    const ssize_t size = gnutls_record_send(session_, plaintext.data(), plaintext.size());
    if (size != static_cast<ssize_t>(plaintext.size()))
      fail("gnutls_record_send", static_cast<int>(size));
  }

  std::size_t open(View record, Bytes& plaintext) override {
    input_ = record;
    const ssize_t size = gnutls_record_recv(session_, plaintext.data(), plaintext.size());
    must(static_cast<int>(size), "gnutls_record_recv");
    return static_cast<std::size_t>(size);
  }

  gnutls_session_t session() const { return session_; }

 protected:
  virtual void finish() {}

  bool verified_ = false;

 private:
  static ssize_t pull(gnutls_transport_ptr_t transport, void* into, std::size_t size) {
    auto& self = *static_cast<GnuTlsEnd*>(transport);
    if (self.input_.empty()) {
      gnutls_transport_set_errno(self.session_, EAGAIN);
      return -1;
    }
    const std::size_t taken = std::min(size, self.input_.size());
    std::copy_n(self.input_.begin(), taken, static_cast<std::uint8_t*>(into));
    self.input_ = self.input_.subspan(taken);
    return static_cast<ssize_t>(taken);
  }
  static ssize_t push(gnutls_transport_ptr_t transport, const void* from, std::size_t size) {
    auto& self = *static_cast<GnuTlsEnd*>(transport);
    wire::append(*self.output_, View(static_cast<const std::uint8_t*>(from), size));
    return static_cast<ssize_t>(size);
  }

  gnutls_session_t session_ = nullptr;
  View input_;
  Bytes* output_ = nullptr;
  bool established_ = false;
};

/// Keeps its session, if there is a place for it, once a full handshake has verified the server.
class GnuTlsClient final : public GnuTlsEnd {
 public:
  GnuTlsClient(unsigned flags, Datum* kept) : GnuTlsEnd(GNUTLS_CLIENT | flags), kept_(kept) {
    const std::string_view name = server_name;
    must(gnutls_server_name_set(session(), GNUTLS_NAME_DNS, name.data(), name.size()),
         "gnutls_server_name_set");
    gnutls_session_set_verify_cert(session(), server_name, 0);
    if (kept_ != nullptr && !kept_->empty())
      must(gnutls_session_set_data(session(), kept_->get().data, kept_->get().size),
           "gnutls_session_set_data");
  }

 private:
  void finish() override {
    if (gnutls_session_is_resumed(session()) != 0) {
      verified_ = true;  // nothing else is kept
      return;
    }
    verified_ = gnutls_session_get_verify_cert_status(session()) == 0;
    if (verified_ && kept_ != nullptr)
      must(gnutls_session_get_data2(session(), kept_->fill()), "gnutls_session_get_data2");
  }

  Datum* kept_;
};

class GnuTlsStack final : public Stack {
 public:
  explicit GnuTlsStack(const Site& site) : resume_(site.resume) {
    const std::string signer = site.key == "rsa" ? "+ECDHE-RSA" : "+ECDHE-ECDSA";
    const std::string groups = site.group == "secp256r1" ? "+GROUP-SECP256R1"
                               : site.key == "rsa"       ? "+GROUP-X25519"
                                                         : "+GROUP-X25519:+GROUP-SECP256R1";
    const std::string wanted =
        "NONE:+VERS-TLS1.2:+AEAD:+AES-256-GCM:+SIGN-ALL:+COMP-NULL:" + signer + ":" + groups;
    must(gnutls_priority_init(&priorities_, wanted.c_str(), nullptr), "gnutls_priority_init");

    const std::string start = site.lab + "/" + site.key;
    must(gnutls_certificate_allocate_credentials(&roots_), "no credentials");
    must(gnutls_certificate_set_x509_trust_file(roots_, (site.lab + "/root.pem").c_str(),
                                                GNUTLS_X509_FMT_PEM),
         "the root is not taken");
    must(gnutls_certificate_allocate_credentials(&identity_), "no credentials");
    must(gnutls_certificate_set_x509_key_file(identity_, (start + "-chain.pem").c_str(),
                                              (start + "-key.pem").c_str(), GNUTLS_X509_FMT_PEM),
         "the server's certificate and key are not taken");
    if (resume_) must(gnutls_session_ticket_key_generate(ticket_key_.fill()), "no ticket key");
  }
  ~GnuTlsStack() override {
    gnutls_certificate_free_credentials(identity_);
    gnutls_certificate_free_credentials(roots_);
    gnutls_priority_deinit(priorities_);
  }

  std::unique_ptr<End> client() override {
    auto made = std::make_unique<GnuTlsClient>(flags(), resume_ ? &kept_ : nullptr);
    use(made->session(), roots_);
    return made;
  }

  std::unique_ptr<End> server() override {
    auto made = std::make_unique<GnuTlsEnd>(GNUTLS_SERVER | flags());
    use(made->session(), identity_);
    if (resume_)
      must(gnutls_session_ticket_enable_server(made->session(), &ticket_key_.get()),
           "gnutls_session_ticket_enable_server");
    return made;
  }

 private:
  unsigned flags() const { return resume_ ? 0U : GNUTLS_NO_TICKETS; }

  void use(gnutls_session_t session, gnutls_certificate_credentials_t credentials) const {
    must(gnutls_priority_set(session, priorities_), "gnutls_priority_set");
    must(gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, credentials),
         "gnutls_credentials_set");
  }

  bool resume_;
  gnutls_priority_t priorities_ = nullptr;
  gnutls_certificate_credentials_t roots_ = nullptr, identity_ = nullptr;
  Datum ticket_key_, kept_;
};

}  // namespace

About about() {
  const std::string version = gnutls_check_version(nullptr);
  return {"GnuTLS", version, version == "3.7.9" ? "2023-02-09" : "", true};
}

std::unique_ptr<Stack> make_stack(const Site& site) { return std::make_unique<GnuTlsStack>(site); }

}  // namespace glasstls::bench
