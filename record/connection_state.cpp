#include "record/connection_state.h"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <string>

#include "wire/error.h"

namespace glasstls::record {

ConnectionState::ConnectionState(crypto::AeadDirection direction, std::uint64_t limit,
                                 Observer* observer)
    : observer_(observer), direction_(direction), limit_(limit) {}

void ConnectionState::set_pending(const crypto::TrafficKeys& keys) {
  pending_.emplace(keys, direction_);
}

void ConnectionState::change_cipher_spec() {
  if (!pending_) throw std::logic_error("a pending state that has no keys cannot become current");
  current_ = std::move(pending_);
  pending_.reset();
}

std::uint64_t ConnectionState::records_left() const {
  if (!current_) return std::numeric_limits<std::uint64_t>::max();
  return limit_ - std::min(limit_, current_->sequence_number());
}

void ConnectionState::rest() {
  if (current_) current_->rest();
}

void ConnectionState::wipe() {
  current_.reset();
  pending_.reset();
}

std::size_t WriteState::record_size(std::size_t length) const {
  return header_length + length + (current_ ? current_->overhead() : 0);
}

void WriteState::seal(ContentType type, ProtocolVersion version, View plaintext, MutableView out) {
  if (plaintext.size() > max_plaintext_length || out.size() != record_size(plaintext.size()))
    throw std::logic_error("a record of the wrong size was to be sealed");
  const MutableView fragment = out.subspan(header_length);
  write_header({type, version, static_cast<std::uint16_t>(fragment.size())}, out);

  const std::size_t content_at = current_ ? current_->nonce_explicit_length() : 0;
  std::copy(plaintext.begin(), plaintext.end(),
            fragment.begin() + static_cast<std::ptrdiff_t>(content_at));
  const std::uint64_t sequence_number = current_ ? current_->sequence_number() : 0;
  if (current_) current_->seal(type, fragment);

  if (observer_ == nullptr) return;
  wire::RecordSeen seen{Direction::sent, type, version, out, plaintext};
  if (current_) {
    seen.is_protected = true;
    seen.sequence_number = sequence_number;
    seen.nonce = current_->last_nonce();
    seen.additional_data = current_->last_additional_data();
  }
  observer_->record(seen);
}

Opened ReadState::open(const Header& header, MutableView record) {
  const MutableView fragment = record.subspan(header_length);
  if (!current_) {
    tell(header, record, fragment, true);
    return {header.type, fragment};
  }

  const Bytes wire =
      observer_ != nullptr ? wire::copy(record) : Bytes{};  // opened in place: gone after
  const std::optional<MutableView> plaintext = current_->open(header.type, fragment);
  tell(header, wire, plaintext ? View(*plaintext) : View(), plaintext.has_value());

  if (!plaintext)
    throw ProtocolError(AlertDescription::bad_record_mac,
                        "record " + std::to_string(current_->sequence_number()) +
                            " of this key does not authenticate: it was damaged, forged, or sealed "
                            "with another key",
                        "RFC 5246, 6.2.3.3");
  if (plaintext->size() > max_plaintext_)
    throw ProtocolError(AlertDescription::record_overflow,
                        "the record holds " + std::to_string(plaintext->size()) +
                            " bytes of plaintext, the limit is " + std::to_string(max_plaintext_),
                        max_plaintext_ < max_plaintext_length ? "RFC 8449, 4" : "RFC 5246, 6.2.1");
  return {header.type, *plaintext};
}

void ReadState::tell(const Header& header, View wire, View plaintext, bool authentic) const {
  if (observer_ == nullptr) return;
  wire::RecordSeen seen{Direction::received, header.type, header.version, wire, plaintext};
  if (current_) {
    seen.is_protected = true;
    seen.authentic = authentic;
    seen.sequence_number = current_->sequence_number() - (authentic ? 1 : 0);
    seen.nonce = current_->last_nonce();
    seen.additional_data = current_->last_additional_data();
  }
  observer_->record(seen);
}

}  // namespace glasstls::record
