// RecordSplitter: the records of one direction out of its bytes as they come. RFC 5246, 6.2.
//
// Unlike an endpoint it takes every version 0x03xx, a heartbeat (RFC 6520) and records after a hole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "wire/bytes.h"
#include "wire/version.h"

namespace glasstls::inspect {

/// RFC 6520, 3: not one of ours, but no fault.
inline constexpr ContentType heartbeat{24};

class RecordSplitter {
 public:
  /// Header and fragment.
  struct Record {
    ContentType type{};
    ProtocolVersion version{};
    View wire;

    View fragment() const;
  };
  /// So many bytes belong to no record that could be read: missing ones, and what they tore apart.
  struct Unread {
    std::uint64_t size = 0;
  };
  /// What follows cannot be read as records. Offsets count from the record's first byte.
  struct Fault {
    std::size_t offset = 0;
    std::string_view field;
    std::string reason;
    std::string_view section;
  };
  using Next = std::variant<std::monostate, Record, Unread, Fault>;

  void add(View bytes);
  /// So many bytes are missing here. Take what is whole with next() before.
  void gap(std::uint64_t size);
  /// No more bytes will come.
  void end() { ended_ = true; }

  /// The next of what there is; monostate: nothing more yet. A view is valid until the next call of
  /// any function. Unprotected records may be shorter than protected ones. After a Fault do not ask again.
  Next next(bool is_protected);

  /// Bytes of a record that is not whole.
  std::size_t waiting() const { return buffer_.size() - begin_; }

 private:
  View pending() const { return View(buffer_).subspan(begin_); }
  void drop(std::size_t size);
  bool may_begin_here(View bytes) const;
  std::optional<bool> begins_here(View bytes) const;
  void search();

  Bytes buffer_;
  std::size_t begin_ = 0;                   // of what is not consumed
  std::uint64_t unread_ = 0;                // not yet told
  std::uint64_t torn_ = 0;                  // bytes that still come of a record that lost some
  std::optional<ProtocolVersion> version_;  // of the last record
  bool searching_ = false;                  // nobody knows where the next record begins
  bool ended_ = false;
};

}  // namespace glasstls::inspect
