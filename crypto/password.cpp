#include "crypto/password.h"

#include <algorithm>
#include <cryptopp/aes.h>
#include <cryptopp/des.h>
#include <cryptopp/modes.h>
#include <cryptopp/pwdbased.h>
#include <cryptopp/sha.h>
#include <stdexcept>

namespace glasstls::crypto {

namespace {

template <class Hash>
SecretBytes derive(View passphrase, View salt, std::uint32_t iterations, std::size_t length) {
  constexpr CryptoPP::byte unused_purpose = 0;
  SecretBytes key(length);
  CryptoPP::PKCS5_PBKDF2_HMAC<Hash>().DeriveKey(key.fill().data(), length, unused_purpose,
                                                passphrase.data(), passphrase.size(), salt.data(),
                                                salt.size(), iterations);
  return key;
}

template <class Cipher>
SecretBytes decrypt(View key, View iv, View ciphertext) {
  typename CryptoPP::CBC_Mode<Cipher>::Decryption cbc(key.data(), key.size(), iv.data());
  SecretBytes text(ciphertext.size());
  cbc.ProcessData(text.fill().data(), ciphertext.data(), ciphertext.size());
  return text;
}

SecretBytes decrypt(CbcCipher cipher, View key, View iv, View ciphertext) {
  return cipher == CbcCipher::des_ede3 ? decrypt<CryptoPP::DES_EDE3>(key, iv, ciphertext)
                                       : decrypt<CryptoPP::AES>(key, iv, ciphertext);
}

}  // namespace

SecretBytes pbkdf2(Pbkdf2Hash hash, View passphrase, View salt, std::uint32_t iterations,
                   std::size_t length) {
  if (iterations == 0) throw std::logic_error("PBKDF2 without iterations");
  if (length == 0) throw std::logic_error("PBKDF2 for an empty key");
  switch (hash) {
    case Pbkdf2Hash::sha1: return derive<CryptoPP::SHA1>(passphrase, salt, iterations, length);
    case Pbkdf2Hash::sha224: return derive<CryptoPP::SHA224>(passphrase, salt, iterations, length);
    case Pbkdf2Hash::sha256: return derive<CryptoPP::SHA256>(passphrase, salt, iterations, length);
    case Pbkdf2Hash::sha384: return derive<CryptoPP::SHA384>(passphrase, salt, iterations, length);
    case Pbkdf2Hash::sha512: return derive<CryptoPP::SHA512>(passphrase, salt, iterations, length);
  }
  throw std::logic_error("unknown hash of PBKDF2");
}

std::size_t key_length(CbcCipher cipher) {
  switch (cipher) {
    case CbcCipher::aes_128: return 16;
    case CbcCipher::aes_192: return 24;
    case CbcCipher::aes_256: return 32;
    case CbcCipher::des_ede3: return 24;
  }
  throw std::logic_error("unknown cipher");
}

std::size_t block_length(CbcCipher cipher) { return cipher == CbcCipher::des_ede3 ? 8 : 16; }

std::optional<SecretBytes> cbc_decrypt(CbcCipher cipher, View key, View iv, View ciphertext) {
  const std::size_t block = block_length(cipher);
  if (key.size() != key_length(cipher)) throw std::logic_error("a key of the wrong length");
  if (iv.size() != block) throw std::logic_error("an IV that is not one block");
  if (ciphertext.empty() || ciphertext.size() % block != 0) return std::nullopt;

  const SecretBytes padded = decrypt(cipher, key, iv, ciphertext);
  const View text = padded.reveal();
  const std::size_t padding = text.back();
  if (padding < 1 || padding > block) return std::nullopt;
  const View tail = text.last(padding);
  const bool right =
      std::all_of(tail.begin(), tail.end(), [&](std::uint8_t byte) { return byte == padding; });
  if (!right) return std::nullopt;
  return SecretBytes::copy_of(text.first(text.size() - padding));
}

}  // namespace glasstls::crypto
