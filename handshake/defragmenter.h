// Defragmenter: handshake messages out of the fragments that records carry. RFC 5246, 6.2.1: a
// message may be spread over several records, and one record may hold several messages.
#pragma once

#include <cstddef>
#include <optional>

#include "handshake/codec.h"
#include "handshake/messages/change_cipher_spec.h"
#include "wire/bytes.h"

namespace glasstls::handshake {

class Defragmenter {
 public:
  /// Messages with a body longer than `max_message_length` bytes are refused as soon as their
  /// header is there.
  explicit Defragmenter(std::size_t max_message_length) : max_message_length_(max_message_length) {}

  /// Adds the fragment of one record. Throws ProtocolError(unexpected_message) if it is empty:
  /// zero-length fragments of handshake messages must not be sent (RFC 5246, 6.2.1).
  void add(View fragment);

  /// The next whole message, or nullopt if more fragments are needed. The View is valid until the
  /// next call of add() or next(). Throws ProtocolError(illegal_parameter) for a message over the
  /// bound and ProtocolError(unexpected_message) for an unknown type.
  std::optional<RawMessage> next();

  /// The permission to change keys. Throws ProtocolError(unexpected_message) while any byte of a
  /// message is waiting.
  HandshakeAligned aligned() const;

  /// The peer's flight is over, and we have answered it: what it would say next follows from our
  /// answer, so that no byte of it can be here already. Throws ProtocolError(unexpected_message)
  /// if there is one.
  void expect_end_of_flight() const;

  /// Data came. Throws ProtocolError(unexpected_message) while any byte of a message is waiting:
  /// the records of a message follow each other.
  void expect_no_half_message() const;

 private:
  std::size_t waiting() const { return buffer_.size() - consumed_; }

  std::size_t max_message_length_;
  Bytes buffer_;
  std::size_t consumed_ = 0;
};

}  // namespace glasstls::handshake
