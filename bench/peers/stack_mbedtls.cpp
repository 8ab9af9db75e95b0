// mbed TLS as a Stack: one mbedtls_ssl_config for each side.
#include <algorithm>
#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>
#include <mbedtls/error.h>
#include <mbedtls/pk.h>
#include <mbedtls/ssl.h>
#include <mbedtls/ssl_ticket.h>
#include <mbedtls/version.h>
#include <mbedtls/x509_crt.h>
#include <stdexcept>

#include "bench/peers/stack.h"

namespace glasstls::bench {

namespace {

void must(int result, const char* what) {
  if (result == 0) return;
  char words[256];
  mbedtls_strerror(result, words, sizeof words);
  throw std::runtime_error(std::string("mbed TLS: ") + what + ": " + words);
}

/// One of the library's structures, with its own functions to begin and to end.
template <class T, void (*init)(T*), void (*release)(T*)>
struct Owned {
  Owned() { init(&value); }
  ~Owned() { release(&value); }
  Owned(const Owned&) = delete;
  Owned& operator=(const Owned&) = delete;

  operator T*() { return &value; }
  T value;
};
using Entropy = Owned<mbedtls_entropy_context, mbedtls_entropy_init, mbedtls_entropy_free>;
using Random = Owned<mbedtls_ctr_drbg_context, mbedtls_ctr_drbg_init, mbedtls_ctr_drbg_free>;
using Certificates = Owned<mbedtls_x509_crt, mbedtls_x509_crt_init, mbedtls_x509_crt_free>;
using Key = Owned<mbedtls_pk_context, mbedtls_pk_init, mbedtls_pk_free>;
using Settings = Owned<mbedtls_ssl_config, mbedtls_ssl_config_init, mbedtls_ssl_config_free>;
using Tickets = Owned<mbedtls_ssl_ticket_context, mbedtls_ssl_ticket_init, mbedtls_ssl_ticket_free>;
using Ssl = Owned<mbedtls_ssl_context, mbedtls_ssl_init, mbedtls_ssl_free>;
using Session = Owned<mbedtls_ssl_session, mbedtls_ssl_session_init, mbedtls_ssl_session_free>;

class MbedTlsEnd final : public End {
 public:
  /// `session`: of a client that resumes, where it is read from and kept; else null. `may_offer`:
  /// there is something in it.
  MbedTlsEnd(mbedtls_ssl_config* settings, bool is_client, Session* session, bool* may_offer)
      : session_(session), may_offer_(may_offer) {
    must(mbedtls_ssl_setup(ssl_, settings), "mbedtls_ssl_setup");
    mbedtls_ssl_set_bio(ssl_, this, write_network, read_network, nullptr);
    if (is_client) must(mbedtls_ssl_set_hostname(ssl_, server_name), "mbedtls_ssl_set_hostname");
    if (session_ != nullptr && *may_offer_)
      must(mbedtls_ssl_set_session(ssl_, *session_), "mbedtls_ssl_set_session");
  }

  void go_on(View input, Bytes& output) override {
    input_ = input;
    output_ = &output;
    if (established_) return;
    const int result = mbedtls_ssl_handshake(ssl_);
    if (result == MBEDTLS_ERR_SSL_WANT_READ) return;
    must(result, "the handshake failed");
    established_ = true;
    if (session_ == nullptr) return;
    mbedtls_ssl_session_free(*session_);
    mbedtls_ssl_session_init(*session_);
    must(mbedtls_ssl_get_session(ssl_, *session_), "mbedtls_ssl_get_session");
    *may_offer_ = true;
  }
  bool established() const override { return established_; }
  bool verified() const override { return mbedtls_ssl_get_verify_result(&ssl_.value) == 0; }

  void seal(View plaintext, Bytes& record) override {
    output_ = &record;
    const int size = mbedtls_ssl_write(ssl_, plaintext.data(), plaintext.size());
    must(std::min(size, 0), "mbedtls_ssl_write");
    if (size != static_cast<int>(plaintext.size()))
      throw std::runtime_error("mbed TLS: mbedtls_ssl_write took a part only");
  }

  std::size_t open(View record, Bytes& plaintext) override {
    input_ = record;
    const int size = mbedtls_ssl_read(ssl_, plaintext.data(), plaintext.size());
    must(std::min(size, 0), "mbedtls_ssl_read");
    return static_cast<std::size_t>(size);
  }

 private:
  static int read_network(void* self, unsigned char* into, std::size_t size) {
    View& input = static_cast<MbedTlsEnd*>(self)->input_;
    if (input.empty()) return MBEDTLS_ERR_SSL_WANT_READ;
    const std::size_t taken = std::min(input.size(), size);
    std::copy_n(input.begin(), taken, into);
    input = input.subspan(taken);
    return static_cast<int>(taken);
  }
  static int write_network(void* self, const unsigned char* from, std::size_t size) {
    Bytes& output = *static_cast<MbedTlsEnd*>(self)->output_;
    output.insert(output.end(), from, from + size);
    return static_cast<int>(size);
  }

  Ssl ssl_;
  View input_;
  Bytes* output_ = nullptr;
  bool established_ = false;
  Session* session_;
  bool* may_offer_;
};

class MbedTlsStack final : public Stack {
 public:
  explicit MbedTlsStack(const Site& site) : resume_(site.resume) {
    suites_[0] = site.key == "rsa" ? MBEDTLS_TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
                                   : MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384;
    groups_[0] = site.group == "x25519" ? MBEDTLS_ECP_DP_CURVE25519 : MBEDTLS_ECP_DP_SECP256R1;
    if (site.key == "p256" && site.group == "x25519") groups_[1] = MBEDTLS_ECP_DP_SECP256R1;
    must(mbedtls_ctr_drbg_seed(random_, mbedtls_entropy_func, static_cast<void*>(&entropy_.value),
                               nullptr, 0),
         "mbedtls_ctr_drbg_seed");
    const std::string start = site.lab + "/" + site.key;
    must(mbedtls_x509_crt_parse_file(roots_, (site.lab + "/root.pem").c_str()), "root.pem");
    must(mbedtls_x509_crt_parse_file(chain_, (start + "-chain.pem").c_str()), "the chain");
    must(mbedtls_pk_parse_keyfile(key_, (start + "-key.pem").c_str(), nullptr), "the key");
    prepare(client_, MBEDTLS_SSL_IS_CLIENT);
    prepare(server_, MBEDTLS_SSL_IS_SERVER);
    mbedtls_ssl_conf_ca_chain(client_, roots_, nullptr);
    mbedtls_ssl_conf_authmode(client_, MBEDTLS_SSL_VERIFY_REQUIRED);
    must(mbedtls_ssl_conf_own_cert(server_, chain_, key_), "mbedtls_ssl_conf_own_cert");
    mbedtls_ssl_conf_session_tickets(client_, resume_ ? MBEDTLS_SSL_SESSION_TICKETS_ENABLED
                                                      : MBEDTLS_SSL_SESSION_TICKETS_DISABLED);
    if (!resume_) return;
    must(mbedtls_ssl_ticket_setup(tickets_, mbedtls_ctr_drbg_random, random_,
                                  MBEDTLS_CIPHER_AES_256_GCM, 86'400),
         "mbedtls_ssl_ticket_setup");
    mbedtls_ssl_conf_session_tickets_cb(server_, mbedtls_ssl_ticket_write, mbedtls_ssl_ticket_parse,
                                        tickets_);
  }

  std::unique_ptr<End> client() override {
    return std::make_unique<MbedTlsEnd>(client_, true, resume_ ? &session_ : nullptr, &may_offer_);
  }
  std::unique_ptr<End> server() override {
    return std::make_unique<MbedTlsEnd>(server_, false, nullptr, nullptr);
  }

 private:
  void prepare(mbedtls_ssl_config* settings, int side) {
    must(mbedtls_ssl_config_defaults(settings, side, MBEDTLS_SSL_TRANSPORT_STREAM,
                                     MBEDTLS_SSL_PRESET_DEFAULT),
         "mbedtls_ssl_config_defaults");
    mbedtls_ssl_conf_rng(settings, mbedtls_ctr_drbg_random, random_);
    mbedtls_ssl_conf_min_version(settings, MBEDTLS_SSL_MAJOR_VERSION_3,
                                 MBEDTLS_SSL_MINOR_VERSION_3);
    mbedtls_ssl_conf_max_version(settings, MBEDTLS_SSL_MAJOR_VERSION_3,
                                 MBEDTLS_SSL_MINOR_VERSION_3);
    mbedtls_ssl_conf_ciphersuites(settings, suites_);
    mbedtls_ssl_conf_curves(settings, groups_);
  }

  bool resume_;
  int suites_[2] = {};                   // ended by 0
  mbedtls_ecp_group_id groups_[3] = {};  // ended by MBEDTLS_ECP_DP_NONE
  Entropy entropy_;
  Random random_;
  Certificates roots_, chain_;
  Key key_;
  Tickets tickets_;
  Settings client_, server_;
  Session session_;  // the client's last
  bool may_offer_ = false;
};

}  // namespace

About about() {
  char version[16];
  mbedtls_version_get_string(version);
  return {"mbed TLS", version, "", true};
}

std::unique_ptr<Stack> make_stack(const Site& site) { return std::make_unique<MbedTlsStack>(site); }

}  // namespace glasstls::bench
