// Writer: encodes the presentation language of RFC 5246, section 4. The mirror of Reader: the same
// `fields` of a structure drive both.
//
// A value outside its bounds is a fault of the caller, not of a peer: std::logic_error.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "wire/alert.h"
#include "wire/bounds.h"
#include "wire/bytes.h"
#include "wire/presentation.h"

namespace glasstls::wire {

class Writer {
 public:
  /// Appends to `out`, which must outlive the writer.
  explicit Writer(Bytes& out) : out_(out) {}

  template <Number T>
  void field(std::string_view, const T& value) {
    number(static_cast<std::uint64_t>(value), sizeof(T));
  }
  template <class T>
  requires requires(Writer& writer, const T& value) { T::fields(writer, value); }
  void field(std::string_view, const T& value) { T::fields(*this, value); }

  void uint24(std::string_view, const std::uint32_t& value) { number(value, 3); }

  /// In as few bytes as it needs. RFC 9000, 16.
  void varint(std::string_view, const std::uint64_t& value,
              std::string_view (*)(std::uint64_t) = nullptr) {
    std::size_t log_width = 0;
    while (log_width < 3 && value >> (8 * (std::size_t{1} << log_width) - 2) != 0) ++log_width;
    const std::size_t bits = 8 * (std::size_t{1} << log_width) - 2;
    if (value >> bits != 0) throw std::logic_error("the number is too large for a varint");
    number(static_cast<std::uint64_t>(log_width) << bits | value, std::size_t{1} << log_width);
  }

  template <std::size_t N>
  void opaque(std::string_view, const std::array<std::uint8_t, N>& value) {
    append(out_, value);
  }
  template <class B>
  void opaque(std::string_view name, const Bytes& value, B bounds) {
    block(name, bounds, [&](Writer&) { append(out_, value); });
  }
  template <class B>
  void text(std::string_view name, const Bytes& value, B bounds) {
    opaque(name, value, bounds);
  }
  template <class B, class Dissect>
  void opaque(std::string_view name, const Bytes& value, B bounds, Dissect&&) {
    opaque(name, value, bounds);
  }
  template <class T>
  void field_with_bytes(std::string_view name, const T& value, const Bytes&) {
    field(name, value);
  }
  void expect(bool holds, AlertDescription, std::string_view, const char* reason,
              std::string_view) const {
    if (!holds) throw std::logic_error(reason);
  }
  void rest(std::string_view, const Bytes& value) { append(out_, value); }
  void bytes(std::string_view, const Bytes& value, std::uint64_t size) {
    if (value.size() != size) throw std::logic_error("a field is not as long as its length says");
    append(out_, value);
  }
  template <class T>
  void items(std::string_view name, const std::vector<T>& values) {
    for (const T& value : values) field(name, value);
  }

  template <class T, class B>
  void vector(std::string_view name, const std::vector<T>& values, B bounds) {
    block(name, bounds, [&](Writer& inner) { inner.items(name, values); });
  }

  /// Reserves the length, lets `body` write, and fills the length in.
  template <class B, class Body>
  void block(std::string_view name, B, Body&& body) {
    const std::size_t at = out_.size();
    out_.resize(at + B::prefix);
    body(*this);
    const std::size_t size = out_.size() - at - B::prefix;
    if (size < B::minimum || size > B::maximum)
      throw std::logic_error(std::string(name) + " has " + std::to_string(size) +
                             " bytes, outside its bounds");
    for (std::size_t i = 0; i < B::prefix; ++i)
      out_[at + i] = static_cast<std::uint8_t>(size >> (8 * (B::prefix - 1 - i)));
  }

  template <class T>
  void optional_tail(const std::optional<T>& value) {
    if (value) T::fields(*this, *value);
  }

 private:
  void number(std::uint64_t value, std::size_t width) {
    for (std::size_t i = 0; i < width; ++i)
      out_.push_back(static_cast<std::uint8_t>(value >> (8 * (width - 1 - i))));
  }

  Bytes& out_;
};

/// The encoding of a whole structure.
template <class T>
Bytes encode(const T& value) {
  Bytes out;
  Writer writer(out);
  T::fields(writer, value);
  return out;
}

}  // namespace glasstls::wire
