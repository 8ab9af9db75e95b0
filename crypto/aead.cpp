#include "crypto/aead.h"

#include <algorithm>
#include <array>
#include <cryptopp/aes.h>
#include <cryptopp/chacha.h>
#include <cryptopp/gcm.h>
#include <cryptopp/poly1305.h>
#include <stdexcept>
#include <utility>

#include "crypto/constant_time.h"

namespace glasstls::crypto {
namespace {

constexpr std::array table{
    AeadParameters{"AES_128_GCM", 16, 4, 8, aead_tag_length},         // RFC 5288, 3
    AeadParameters{"AES_256_GCM", 32, 4, 8, aead_tag_length},         // RFC 5288, 3
    AeadParameters{"CHACHA20_POLY1305", 32, 12, 0, aead_tag_length},  // RFC 7905, 2
};

}  // namespace

const AeadParameters& parameters(AeadAlgorithm algorithm) {
  return table.at(static_cast<std::size_t>(algorithm));
}

std::string_view name_of(AeadAlgorithm algorithm) { return parameters(algorithm).name; }

/// Works in place. The tag is always computed here and compared by Aead: Crypto++'s own
/// verification allocates.
class Aead::Cipher {
 public:
  virtual ~Cipher() = default;
  virtual void seal(View nonce, View additional_data, MutableView text, MutableView tag) = 0;
  virtual void open(View nonce, View additional_data, MutableView text, MutableView tag) = 0;
};

namespace {

template <class Direction>  // CryptoPP::GCM<CryptoPP::AES>::Encryption or ::Decryption
class Gcm final : public Aead::Cipher {
 public:
  explicit Gcm(View key) {
    // Crypto++ wants a first nonce with the key; every record sets its own.
    const std::array<std::uint8_t, aead_nonce_length> nonce{};
    gcm_.SetKeyWithIV(key.data(), key.size(), nonce.data(), nonce.size());
  }

  void seal(View nonce, View additional_data, MutableView text, MutableView tag) override {
    run(nonce, additional_data, text, tag);
  }
  void open(View nonce, View additional_data, MutableView text, MutableView tag) override {
    run(nonce, additional_data, text, tag);
  }

 private:
  void run(View nonce, View additional_data, MutableView text, MutableView tag) {
    gcm_.Resynchronize(nonce.data(), static_cast<int>(nonce.size()));
    gcm_.Update(additional_data.data(), additional_data.size());
    gcm_.ProcessData(text.data(), text.data(), text.size());
    gcm_.TruncatedFinal(tag.data(), tag.size());
  }

  Direction gcm_;
};

/// RFC 8439, 2.8, from its parts: Crypto++'s own composition sets keys anew, with allocations, for
/// every record.
class ChaCha20Poly1305 final : public Aead::Cipher {
 public:
  explicit ChaCha20Poly1305(View key) {
    const std::array<std::uint8_t, aead_nonce_length> nonce{};
    chacha_.SetKeyWithIV(key.data(), key.size(), nonce.data(), nonce.size());
  }

  void seal(View nonce, View additional_data, MutableView text, MutableView tag) override {
    begin(nonce);
    chacha_.ProcessData(text.data(), text.data(), text.size());
    authenticate(additional_data, text, tag);
  }

  void open(View nonce, View additional_data, MutableView text, MutableView tag) override {
    begin(nonce);
    authenticate(additional_data, text, tag);
    chacha_.ProcessData(text.data(), text.data(), text.size());
  }

 private:
  // The first half of key stream block 0 is the one-time key; the text begins with block 1.
  void begin(View nonce) {
    std::array<std::uint8_t, 64> block{};
    chacha_.Resynchronize(nonce.data(), static_cast<int>(nonce.size()));
    chacha_.ProcessData(block.data(), block.data(), block.size());
    poly1305_.SetKey(block.data(), 32);
    wipe(block);
  }

  void authenticate(View additional_data, View ciphertext, MutableView tag) {
    add_padded(additional_data);
    add_padded(ciphertext);
    add_length(additional_data.size());
    add_length(ciphertext.size());
    poly1305_.TruncatedFinal(tag.data(), tag.size());
  }

  void add_padded(View bytes) {
    static constexpr std::array<std::uint8_t, 16> zeros{};
    poly1305_.Update(bytes.data(), bytes.size());
    poly1305_.Update(zeros.data(), (16 - bytes.size() % 16) % 16);
  }

  void add_length(std::uint64_t length) {
    std::array<std::uint8_t, 8> little_endian;
    for (std::uint8_t& byte : little_endian) {
      byte = static_cast<std::uint8_t>(length);
      length >>= 8;
    }
    poly1305_.Update(little_endian.data(), little_endian.size());
  }

  CryptoPP::ChaChaTLS::Encryption chacha_;  // a stream cipher: decryption is the same
  CryptoPP::Poly1305TLS poly1305_;
};

std::unique_ptr<Aead::Cipher> make_cipher(AeadAlgorithm algorithm, View key,
                                          AeadDirection direction) {
  if (key.size() != parameters(algorithm).enc_key_length) {
    throw std::logic_error("an AEAD key has the wrong length");
  }
  if (algorithm == AeadAlgorithm::chacha20_poly1305) return std::make_unique<ChaCha20Poly1305>(key);
  using AesGcm = CryptoPP::GCM<CryptoPP::AES>;
  if (direction == AeadDirection::seal) return std::make_unique<Gcm<AesGcm::Encryption>>(key);
  return std::make_unique<Gcm<AesGcm::Decryption>>(key);
}

}  // namespace

Aead::Aead(AeadAlgorithm algorithm, View key, AeadDirection direction)
    : algorithm_(algorithm),
      direction_(direction),
      cipher_(make_cipher(algorithm, key, direction)) {}

Aead::Aead(Aead&&) noexcept = default;
Aead& Aead::operator=(Aead&&) noexcept = default;
Aead::~Aead() = default;

void Aead::check(AeadDirection wanted, std::size_t nonce, std::size_t tag) const {
  if (!cipher_) throw std::logic_error("an AEAD that was moved from");
  if (direction_ != wanted) throw std::logic_error("an AEAD works in one direction only");
  if (nonce != aead_nonce_length) throw std::logic_error("an AEAD nonce has 12 bytes");
  if (tag != aead_tag_length) throw std::logic_error("an AEAD tag has 16 bytes");
}

void Aead::seal(View nonce, View additional_data, MutableView text, MutableView tag) {
  check(AeadDirection::seal, nonce.size(), tag.size());
  cipher_->seal(nonce, additional_data, text, tag);
}

bool Aead::open(View nonce, View additional_data, MutableView text, View tag) {
  check(AeadDirection::open, nonce.size(), tag.size());
  std::array<std::uint8_t, aead_tag_length> expected;
  cipher_->open(nonce, additional_data, text, expected);
  const bool authentic = equal(expected, tag);
  if (!authentic) wipe(text);
  wipe(expected);  // the right tag for the peer's bytes is nobody's business
  return authentic;
}

}  // namespace glasstls::crypto
