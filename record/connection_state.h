// Connection states: a current and a pending one for each direction. RFC 5246, 6.1.
//
// Here a record is sealed and opened, and an observer told: the only place where that happens.
// Pending keys become current by change_cipher_spec() and by nothing else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "record/framing.h"
#include "record/protection.h"
#include "wire/bytes.h"
#include "wire/observer.h"

namespace glasstls::record {

/// What both directions share: current and pending protection, and the bound on records per key.
class ConnectionState {
 public:
  /// `limit` bounds the records under one key. `observer` may be null.
  ConnectionState(crypto::AeadDirection direction, std::uint64_t limit, Observer* observer);

  /// The keys to use after the next ChangeCipherSpec.
  void set_pending(const crypto::TrafficKeys& keys);
  bool has_pending() const { return pending_.has_value(); }

  /// Pending becomes current, the sequence number starts anew. Without pending keys:
  /// std::logic_error.
  void change_cipher_spec();

  bool is_protected() const { return current_.has_value(); }

  /// Records that the current key may still protect; unlimited (the largest number) without a key.
  std::uint64_t records_left() const;

  /// Protection::rest().
  void rest();

  /// Forgets and wipes all keys.
  void wipe();

 protected:
  std::optional<Protection> current_;
  Observer* observer_;

 private:
  crypto::AeadDirection direction_;
  std::uint64_t limit_;
  std::optional<Protection> pending_;
};

/// The direction in which we send.
class WriteState : public ConnectionState {
 public:
  WriteState(std::uint64_t limit, Observer* observer)
      : ConnectionState(crypto::AeadDirection::seal, limit, observer) {}

  /// Bytes that a plaintext of `length` takes on the wire, header included.
  std::size_t record_size(std::size_t length) const;

  /// Makes one record of `plaintext` (at most 2^14 bytes, else std::logic_error) in `out`, which
  /// has exactly record_size bytes. No allocation, unless an observer watches.
  void seal(ContentType type, ProtocolVersion version, View plaintext, MutableView out);
};

/// One record, opened.
struct Opened {
  ContentType type{};
  MutableView plaintext;
};

/// The direction in which we receive.
class ReadState : public ConnectionState {
 public:
  ReadState(std::uint64_t limit, Observer* observer)
      : ConnectionState(crypto::AeadDirection::open, limit, observer) {}

  /// Opens the record (header and fragment) in place. Throws ProtocolError: bad_record_mac if it
  /// does not authenticate, for whatever cause; record_overflow if more bytes come out than the limit.
  Opened open(const Header& header, MutableView record);

  /// The largest plaintext of a protected record (RFC 8449, 4): 64 to 2^14 bytes, which it is unless
  /// set.
  void limit_plaintext(std::size_t limit) { max_plaintext_ = limit; }

 private:
  std::size_t max_plaintext_ = max_plaintext_length;

  void tell(const Header& header, View wire, View plaintext, bool authentic) const;
};

}  // namespace glasstls::record
