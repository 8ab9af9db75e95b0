#include "record/protection.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace glasstls::record {

namespace {

void store64(std::uint64_t value, std::uint8_t* out) {
  for (std::size_t i = 0; i < 8; ++i) out[i] = static_cast<std::uint8_t>(value >> (8 * (7 - i)));
}

}  // namespace

Protection::Protection(const crypto::TrafficKeys& keys, crypto::AeadDirection direction)
    : parameters_(&crypto::parameters(keys.algorithm)),
      keys_{keys.algorithm, crypto::TrafficKey::copy_of(keys.write_key.reveal()),
            crypto::TrafficIv::copy_of(keys.write_IV.reveal())},
      direction_(direction) {}

crypto::Aead& Protection::aead() {
  if (!aead_) aead_.emplace(keys_.algorithm, keys_.write_key.reveal(), direction_);
  return *aead_;
}

void Protection::make_nonce(View nonce_explicit) {
  const View fixed = keys_.write_IV.reveal();
  if (!nonce_explicit.empty()) {  // RFC 5288, 3: salt and explicit part side by side
    std::copy(fixed.begin(), fixed.end(), nonce_.begin());
    std::copy(nonce_explicit.begin(), nonce_explicit.end(), nonce_.begin() + 4);
    return;
  }
  nonce_.fill(0);  // RFC 7905, 2: the sequence number, padded on the left, XOR the IV
  store64(sequence_number_, nonce_.data() + 4);
  for (std::size_t i = 0; i < nonce_.size(); ++i) nonce_[i] ^= fixed[i];
}

void Protection::make_additional_data(ContentType type, std::size_t plaintext_length) {
  store64(sequence_number_, additional_data_.data());
  additional_data_[8] = static_cast<std::uint8_t>(type);
  additional_data_[9] = 0x03;
  additional_data_[10] = 0x03;
  additional_data_[11] = static_cast<std::uint8_t>(plaintext_length >> 8);
  additional_data_[12] = static_cast<std::uint8_t>(plaintext_length);
}

void Protection::seal(ContentType type, MutableView fragment) {
  if (sequence_number_ == std::numeric_limits<std::uint64_t>::max())
    throw std::logic_error("sequence numbers must not wrap (RFC 5246, 6.1)");
  const MutableView nonce_explicit = fragment.first(nonce_explicit_length());
  const MutableView tag = fragment.last(tag_length());
  const MutableView content = fragment.subspan(nonce_explicit.size(), fragment.size() - overhead());

  if (!nonce_explicit.empty()) store64(sequence_number_, nonce_explicit.data());
  make_nonce(nonce_explicit);
  make_additional_data(type, content.size());
  aead().seal(nonce_, additional_data_, content, tag);
  ++sequence_number_;
}

std::optional<MutableView> Protection::open(ContentType type, MutableView fragment) {
  if (sequence_number_ == std::numeric_limits<std::uint64_t>::max())
    throw std::logic_error("sequence numbers must not wrap (RFC 5246, 6.1)");
  if (fragment.size() < overhead()) {
    nonce_.fill(0);  // there is none; observers must not see the last record's
    additional_data_.fill(0);
    return std::nullopt;
  }
  const MutableView nonce_explicit = fragment.first(nonce_explicit_length());
  const MutableView tag = fragment.last(tag_length());
  const MutableView content = fragment.subspan(nonce_explicit.size(), fragment.size() - overhead());

  make_nonce(nonce_explicit);
  make_additional_data(type, content.size());
  if (!aead().open(nonce_, additional_data_, content, tag)) return std::nullopt;
  ++sequence_number_;
  return content;
}

}  // namespace glasstls::record
