// Fields: what a reader tells about the bytes it reads. The same calls serve TLS messages and DER.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace glasstls::wire {

/// Listens to a reader. begin and end come in pairs, nested; where the input is malformed, the ends
/// of the fields that hold the bad byte are missing. Names are literals. Offsets are absolute: they
/// count from the start of the outermost buffer.
class FieldSink {
 public:
  virtual ~FieldSink() = default;
  virtual void begin(std::string_view name, std::size_t offset) = 0;
  /// The innermost open field is led by a length (or by DER's tag and length): its content begins
  /// here.
  virtual void content(std::size_t /*offset*/) {}
  /// The value of the innermost open field: a number (with its registry name, where it has one) ...
  virtual void number(std::uint64_t value, std::string_view registry_name) = 0;
  /// ... or a text (a host name, a time, an object identifier). Bytes have only their range.
  virtual void text(std::string value) = 0;
  /// Ends the innermost open field of that name. Fields still open inside it stay without an end:
  /// what they hold was malformed.
  virtual void end(std::string_view name, std::size_t offset) = 0;
};

/// One field of a dissected buffer.
struct Field {
  std::string_view name;
  std::size_t depth = 0;           // 0 for the outermost
  std::size_t begin = 0;           // first byte, of its length if it has one in front
  std::size_t content = 0;         // first byte behind that length
  std::optional<std::size_t> end;  // one past the last byte; missing if reading stopped inside
  std::optional<std::uint64_t> number;
  std::string text;  // registry name of the number, or the value itself
};

/// Collects fields in reading order; a field's children follow it with a greater depth.
class FieldTree final : public FieldSink {
 public:
  void begin(std::string_view name, std::size_t offset) override;
  void content(std::size_t offset) override;
  void number(std::uint64_t value, std::string_view registry_name) override;
  void text(std::string value) override;
  void end(std::string_view name, std::size_t offset) override;

  const std::vector<Field>& fields() const { return fields_; }

  /// The first field of that name, if any.
  const Field* find(std::string_view name) const;

  /// Whether every field that was begun has been ended.
  bool complete() const { return open_.empty() && !stopped_inside_; }

 private:
  std::vector<Field> fields_;
  std::vector<std::size_t> open_;  // indices of begun fields
  bool stopped_inside_ = false;    // a field ended around one that had not
};

}  // namespace glasstls::wire

namespace glasstls {
using wire::FieldSink;
using wire::FieldTree;
}  // namespace glasstls
