// Messages out of the records that carry them, with their fields. Internal to inspect/.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "inspect/dissect/dissect.h"
#include "inspect/making/draft.h"

namespace glasstls::inspect {

/// Joins handshake messages whose fragments lie in several records (RFC 5246, 6.2.1), as the
/// protocol's defragmenter does, but knows of each byte where it lies.
class MessageMaker {
 public:
  explicit MessageMaker(Draft& draft) : draft_(draft) {}

  /// The next record of the document.
  void take(Id id);
  /// No more records come: what is left is an incomplete message.
  void finish();

 private:
  struct Piece {
    Range range;
    Id record = 0;
  };

  void take_handshake(Side side);
  void add_handshake(Side side, std::size_t size, bool whole);
  Range joined(Side side, std::size_t size, std::vector<Id>& records);
  void add(Side side, const Range& range, std::vector<Id> records, const Dissection& dissection);
  void add_data(const Piece& piece, Side side);
  void settle(Id id);
  DissectContext context(Side side) const;

  Draft& draft_;
  std::array<std::vector<Piece>, 2> waiting_;  // by Side
};

}  // namespace glasstls::inspect
