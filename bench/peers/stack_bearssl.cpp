// BearSSL as a Stack: its engines, with buffers of their own (it allocates nothing itself), prepared
// by hand for one suite. It issues no tickets: sessions are resumed by ID, from its own LRU cache.
#include <algorithm>
#include <bearssl.h>
#include <stdexcept>
#include <vector>

#include "bench/peers/stack.h"
#include "platform/files.h"

namespace glasstls::bench {

namespace {

void append(void* to, const void* from, std::size_t size) {
  const auto* bytes = static_cast<const std::uint8_t*>(from);
  static_cast<Bytes*>(to)->insert(static_cast<Bytes*>(to)->end(), bytes, bytes + size);
}

/// The DER of each block of a PEM file.
std::vector<Bytes> pem_blocks(const std::string& path) {
  platform::FileContent file = platform::read_file(path);
  if (!file) throw std::runtime_error("BearSSL: " + file.error().what);
  const Bytes text = file.bytes();
  std::vector<Bytes> blocks;
  br_pem_decoder_context decoder;
  br_pem_decoder_init(&decoder);
  for (std::size_t at = 0; at < text.size();) {
    at += br_pem_decoder_push(&decoder, text.data() + at, text.size() - at);
    switch (br_pem_decoder_event(&decoder)) {
      case BR_PEM_BEGIN_OBJ:
        blocks.emplace_back();
        br_pem_decoder_setdest(&decoder, append, &blocks.back());
        break;
      case BR_PEM_ERROR: throw std::runtime_error("BearSSL: " + path + " is not PEM");
      default: break;
    }
  }
  return blocks;
}

/// The root as BearSSL wants it: its name and its key, which lie in what is decoded here.
class Anchor {
 public:
  explicit Anchor(const Bytes& certificate) {
    br_x509_decoder_init(&decoder_, append, &name_);
    br_x509_decoder_push(&decoder_, certificate.data(), certificate.size());
    br_x509_pkey* const key = br_x509_decoder_get_pkey(&decoder_);
    if (key == nullptr) throw std::runtime_error("BearSSL: root.pem is not taken");
    anchor_ = {{name_.data(), name_.size()}, BR_X509_TA_CA, *key};
  }
  Anchor(const Anchor&) = delete;
  Anchor& operator=(const Anchor&) = delete;

  const br_x509_trust_anchor* get() const { return &anchor_; }

 private:
  br_x509_decoder_context decoder_;
  Bytes name_;
  br_x509_trust_anchor anchor_{};
};

/// What both ends do alike, around an engine that the derived one has.
class BearEnd : public End {
 public:
  void go_on(View input, Bytes& output) override {
    exchange(input, output);
    const unsigned state = br_ssl_engine_current_state(engine_);
    if ((state & BR_SSL_CLOSED) != 0)
      throw std::runtime_error("BearSSL: the handshake failed: error " +
                               std::to_string(br_ssl_engine_last_error(engine_)));
    if ((state & BR_SSL_SENDAPP) != 0 && !established_) {
      established_ = true;
      on_established();
    }
  }
  bool established() const override { return established_; }

  void seal(View plaintext, Bytes& record) override {
    while (!plaintext.empty()) {
      std::size_t room = 0;
      unsigned char* const to = br_ssl_engine_sendapp_buf(engine_, &room);
      const std::size_t size = std::min(room, plaintext.size());
      if (size == 0) throw std::runtime_error("BearSSL: it takes no data");
      std::copy_n(plaintext.begin(), size, to);
      br_ssl_engine_sendapp_ack(engine_, size);
      plaintext = plaintext.subspan(size);
      br_ssl_engine_flush(engine_, 0);
      exchange({}, record);
    }
  }

  std::size_t open(View record, Bytes& plaintext) override {
    plaintext.clear();
    Bytes none;
    while (!record.empty()) {
      std::size_t room = 0;
      unsigned char* const to = br_ssl_engine_recvrec_buf(engine_, &room);
      const std::size_t size = std::min(room, record.size());
      if (size == 0) throw std::runtime_error("BearSSL: it takes no record");
      std::copy_n(record.begin(), size, to);
      br_ssl_engine_recvrec_ack(engine_, size);
      record = record.subspan(size);
      std::size_t opened = 0;
      if (unsigned char* const from = br_ssl_engine_recvapp_buf(engine_, &opened)) {
        append(&plaintext, from, opened);
        br_ssl_engine_recvapp_ack(engine_, opened);
      }
    }
    return plaintext.size();
  }

 protected:
  void begin(br_ssl_engine_context& engine, const Site& site) {
    engine_ = &engine;
    suite_ = site.key == "rsa" ? BR_TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
                               : BR_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384;
    br_ssl_engine_set_versions(engine_, BR_TLS12, BR_TLS12);
    br_ssl_engine_set_suites(engine_, &suite_, 1);
    curves_ = *br_ec_get_default();  // the fastest it has for each, of the site's only
    curves_.supported_curves = site.group == "x25519" ? 1U << BR_EC_curve25519 : 0U;
    if (site.group != "x25519" || site.key == "p256")
      curves_.supported_curves |= 1U << BR_EC_secp256r1;
    br_ssl_engine_set_ec(engine_, &curves_);
    br_ssl_engine_set_default_rsavrfy(engine_);
    br_ssl_engine_set_ecdsa(engine_, br_ecdsa_vrfy_asn1_get_default());
    br_ssl_engine_set_hash(engine_, br_sha256_ID, &br_sha256_vtable);
    br_ssl_engine_set_hash(engine_, br_sha384_ID, &br_sha384_vtable);
    br_ssl_engine_set_prf_sha384(engine_, br_tls12_sha384_prf);
    br_ssl_engine_set_prf_sha256(engine_, br_tls12_sha256_prf);
    br_ssl_engine_set_default_aes_gcm(engine_);
    buffer_.resize(BR_SSL_BUFSIZE_BIDI);
    br_ssl_engine_set_buffer(engine_, buffer_.data(), buffer_.size(), 1);
  }
  virtual void on_established() {}

  br_ssl_engine_context* engine_ = nullptr;

 private:
  /// Records in and out, as far as it goes.
  void exchange(View input, Bytes& output) {
    for (bool moved = true; moved;) {
      moved = false;
      std::size_t size = 0;
      if (unsigned char* const from = br_ssl_engine_sendrec_buf(engine_, &size)) {
        append(&output, from, size);
        br_ssl_engine_sendrec_ack(engine_, size);
        moved = true;
      } else if (unsigned char* const to = br_ssl_engine_recvrec_buf(engine_, &size);
                 to != nullptr && !input.empty()) {
        size = std::min(size, input.size());
        std::copy_n(input.begin(), size, to);
        br_ssl_engine_recvrec_ack(engine_, size);
        input = input.subspan(size);
        moved = true;
      }
    }
  }

  std::uint16_t suite_ = 0;
  br_ec_impl curves_{};
  std::vector<unsigned char> buffer_;
  bool established_ = false;
};

/// What a client keeps between handshakes.
struct Kept {
  br_ssl_session_parameters session{};
  bool may_offer = false;
};

class BearClient final : public BearEnd {
 public:
  BearClient(const Site& site, const Anchor& anchor, Kept* kept) : kept_(kept) {
    br_ssl_client_zero(&client_);
    begin(client_.eng, site);
    br_x509_minimal_init(&x509_, &br_sha256_vtable, anchor.get(), 1);
    br_x509_minimal_set_rsa(&x509_, br_rsa_pkcs1_vrfy_get_default());
    br_x509_minimal_set_ecdsa(&x509_, br_ec_get_default(), br_ecdsa_vrfy_asn1_get_default());
    br_x509_minimal_set_hash(&x509_, br_sha256_ID, &br_sha256_vtable);
    br_x509_minimal_set_hash(&x509_, br_sha384_ID, &br_sha384_vtable);
    br_ssl_engine_set_x509(engine_, &x509_.vtable);
    const bool resumes = kept_ != nullptr && kept_->may_offer;
    if (resumes) br_ssl_engine_set_session_parameters(engine_, &kept_->session);
    if (br_ssl_client_reset(&client_, server_name, resumes ? 1 : 0) == 0)
      throw std::runtime_error("BearSSL: the client cannot be made");
  }

  /// Its X.509 engine lets a handshake go on only with a good chain for the name.
  bool verified() const override { return established(); }

 private:
  void on_established() override {
    if (kept_ == nullptr) return;
    br_ssl_engine_get_session_parameters(engine_, &kept_->session);
    kept_->may_offer = true;
  }

  br_ssl_client_context client_;
  br_x509_minimal_context x509_;
  Kept* kept_;
};

/// The server's chain and key.
struct Identity {
  explicit Identity(const Site& site) {
    const std::string start = site.lab + "/" + site.key;
    ders = pem_blocks(start + "-chain.pem");
    for (Bytes& der : ders) chain.push_back({der.data(), der.size()});
    const Bytes der = pem_blocks(start + "-key.pem").at(0);
    br_skey_decoder_init(&key);
    br_skey_decoder_push(&key, der.data(), der.size());
    if (br_skey_decoder_last_error(&key) != 0)
      throw std::runtime_error("BearSSL: the key is not taken");
  }

  std::vector<Bytes> ders;
  std::vector<br_x509_certificate> chain;
  br_skey_decoder_context key;
};

class BearServer final : public BearEnd {
 public:
  BearServer(const Site& site, const Identity& identity, br_ssl_session_cache_lru* sessions) {
    br_ssl_server_zero(&server_);
    begin(server_.eng, site);
    if (const br_rsa_private_key* rsa = br_skey_decoder_get_rsa(&identity.key))
      br_ssl_server_set_single_rsa(&server_, identity.chain.data(), identity.chain.size(), rsa,
                                   BR_KEYTYPE_SIGN, nullptr, br_rsa_pkcs1_sign_get_default());
    else
      br_ssl_server_set_single_ec(&server_, identity.chain.data(), identity.chain.size(),
                                  br_skey_decoder_get_ec(&identity.key), BR_KEYTYPE_SIGN,
                                  BR_KEYTYPE_EC, br_ec_get_default(),
                                  br_ecdsa_sign_asn1_get_default());
    if (sessions != nullptr) br_ssl_server_set_cache(&server_, &sessions->vtable);
    if (br_ssl_server_reset(&server_) == 0)
      throw std::runtime_error("BearSSL: the server cannot be made");
  }

  bool verified() const override { return false; }

 private:
  br_ssl_server_context server_;
};

class BearStack final : public Stack {
 public:
  explicit BearStack(const Site& site)
      : site_(site), anchor_(pem_blocks(site.lab + "/root.pem").at(0)), identity_(site) {
    br_ssl_session_cache_lru_init(&sessions_, store_.data(), store_.size());
  }

  std::unique_ptr<End> client() override {
    return std::make_unique<BearClient>(site_, anchor_, site_.resume ? &kept_ : nullptr);
  }
  std::unique_ptr<End> server() override {
    return std::make_unique<BearServer>(site_, identity_, site_.resume ? &sessions_ : nullptr);
  }

 private:
  Site site_;
  Anchor anchor_;
  Identity identity_;
  Kept kept_;
  br_ssl_session_cache_lru sessions_;
  std::vector<unsigned char> store_ = std::vector<unsigned char>(16'384);
};

}  // namespace

/// The library does not tell its version.
About about() { return {"BearSSL", "0.6", "2018-08-14", true}; }

std::unique_ptr<Stack> make_stack(const Site& site) { return std::make_unique<BearStack>(site); }

}  // namespace glasstls::bench
