// SeenTranscript: the handshake messages of both sides that a listener saw, in the order in which
// they were complete. RFC 5246, 7.4.9; RFC 7627, 3.
#pragma once

#include <cstddef>

#include "wire/bytes.h"

namespace glasstls::inspect {

class SeenTranscript {
 public:
  /// Beyond so many bytes nothing is kept: no hash can be computed then.
  static constexpr std::size_t most = std::size_t{1} << 20;

  void add(View message) {
    if (bytes_.size() + message.size() > most)
      whole_ = false;
    else
      wire::append(bytes_, message);
  }
  /// A message is missing.
  void tear() { whole_ = false; }
  /// A new handshake begins.
  void restart() { *this = SeenTranscript(); }

  bool whole() const { return whole_; }
  View bytes() const { return bytes_; }
  /// The handshake is over: its bytes are not needed any more.
  void forget() { bytes_ = Bytes(); }

 private:
  Bytes bytes_;
  bool whole_ = true;
};

}  // namespace glasstls::inspect
