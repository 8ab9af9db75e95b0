#include "inspect/document.h"

#include <algorithm>

namespace glasstls::inspect {

std::string_view name_of(Table table) {
  switch (table) {
    case Table::segment: return "segment";
    case Table::buffer: return "buffer";
    case Table::record: return "record";
    case Table::message: return "message";
    case Table::field: return "field";
    case Table::certificate: return "certificate";
    case Table::secret: return "secret";
    case Table::transition: return "transition";
    case Table::check: return "check";
    case Table::flight: return "flight";
  }
  return {};
}

View Document::bytes(const Range& range) const {
  if (range.buffer >= buffers.size()) return {};
  const View all = buffers[range.buffer].bytes;
  const std::size_t begin = std::min(range.offset, all.size());
  return all.subspan(begin, std::min(range.length, all.size() - begin));
}

}  // namespace glasstls::inspect
