#include "crypto/hash.h"

#include <algorithm>
#include <cryptopp/sha.h>
#include <memory>
#include <new>
#include <stdexcept>

#include "crypto/constant_time.h"

namespace glasstls::crypto {
namespace {

// Calls `work` with the Crypto++ object that lives in `state`.
template <class Work>
void with(HashAlgorithm algorithm, void* state, Work work) {
  switch (algorithm) {
    case HashAlgorithm::sha256: return work(*static_cast<CryptoPP::SHA256*>(state));
    case HashAlgorithm::sha384: return work(*static_cast<CryptoPP::SHA384*>(state));
    case HashAlgorithm::sha512: break;
  }
  return work(*static_cast<CryptoPP::SHA512*>(state));  // the constructor admits no other
}

template <class Work>
void with(HashAlgorithm algorithm, const void* state, Work work) {
  with(algorithm, const_cast<void*>(state), [&work](const auto& hash) { work(hash); });
}

template <class T>
constexpr bool fits(std::size_t size, std::size_t alignment) {
  return sizeof(T) <= size && alignof(T) <= alignment;
}

}  // namespace

std::size_t digest_size(HashAlgorithm algorithm) {
  switch (algorithm) {
    case HashAlgorithm::sha256: return 32;
    case HashAlgorithm::sha384: return 48;
    case HashAlgorithm::sha512: return 64;
  }
  throw std::logic_error("unknown hash algorithm");
}

std::size_t block_size(HashAlgorithm algorithm) {
  return algorithm == HashAlgorithm::sha256 ? 64 : 128;
}

std::string_view name_of(HashAlgorithm algorithm) {
  switch (algorithm) {
    case HashAlgorithm::sha256: return "SHA-256";
    case HashAlgorithm::sha384: return "SHA-384";
    case HashAlgorithm::sha512: return "SHA-512";
  }
  return {};
}

Digest::Digest(View bytes) : size_(bytes.size()) {
  if (bytes.size() > max_digest_size) throw std::length_error("a digest has at most 64 bytes");
  std::copy(bytes.begin(), bytes.end(), bytes_.begin());
}

Digest::~Digest() { wipe(bytes_); }

bool Digest::operator==(const Digest& other) const { return equal(view(), other.view()); }

Hash::Hash(HashAlgorithm algorithm) : algorithm_(algorithm) {
  static_assert(fits<CryptoPP::SHA256>(state_size, state_alignment));
  static_assert(fits<CryptoPP::SHA384>(state_size, state_alignment));
  static_assert(fits<CryptoPP::SHA512>(state_size, state_alignment));
  switch (algorithm) {
    case HashAlgorithm::sha256: ::new (state_.data()) CryptoPP::SHA256; return;
    case HashAlgorithm::sha384: ::new (state_.data()) CryptoPP::SHA384; return;
    case HashAlgorithm::sha512: ::new (state_.data()) CryptoPP::SHA512; return;
  }
  throw std::logic_error("unknown hash algorithm");
}

Hash::Hash(const Hash& other) : algorithm_(other.algorithm_) {
  with(algorithm_, static_cast<const void*>(other.state_.data()),
       [this]<class T>(const T& hash) { ::new (state_.data()) T(hash); });
}

Hash& Hash::operator=(const Hash& other) {
  if (this != &other) {
    std::destroy_at(this);
    std::construct_at(this, other);
  }
  return *this;
}

// Crypto++ wipes the state in its destructors.
Hash::~Hash() {
  with(algorithm_, static_cast<void*>(state_.data()), [](auto& hash) { std::destroy_at(&hash); });
}

void Hash::update(View bytes) {
  with(algorithm_, static_cast<void*>(state_.data()),
       [bytes](auto& hash) { hash.Update(bytes.data(), bytes.size()); });
}

Digest Hash::finish() const {
  std::array<std::uint8_t, max_digest_size> out;
  with(algorithm_, static_cast<const void*>(state_.data()), [&out]<class T>(const T& hash) {
    T copy(hash);
    copy.Final(out.data());
  });
  Digest digest(View(out).first(digest_size(algorithm_)));
  wipe(out);
  return digest;
}

Digest hash(HashAlgorithm algorithm, View bytes) {
  Hash running(algorithm);
  running.update(bytes);
  return running.finish();
}

}  // namespace glasstls::crypto
