// Reader: decodes the presentation language of RFC 5246, section 4, and tells a sink what it reads.
//
// A structure lists its fields once, in a static member `fields(archive, self)`; Reader is the
// archive that fills `self`, Writer the one that encodes it:
//
//   struct Finished {
//     Bytes verify_data;
//     static void fields(auto& ar, auto& self) { ar.rest("verify_data", self.verify_data); }
//   };
//
// Malformed input throws ProtocolError(decode_error) that names the message, the field and the byte
// offset. Up to that byte the sink has been told everything. A reader that is given a place for it
// reads on where a rule is broken that does not keep it from reading (a length out of its bounds,
// expect()), and leaves the first such violation there.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wire/bounds.h"
#include "wire/bytes.h"
#include "wire/error.h"
#include "wire/field.h"
#include "wire/presentation.h"

namespace glasstls::wire {

class Reader {
 public:
  using Violation = std::optional<ProtocolError>;

  /// Reads `bytes`, which begin `base` bytes into the message that `spec` names. `sink` and
  /// `violation` may be null.
  explicit Reader(View bytes, Spec spec = {}, FieldSink* sink = nullptr, std::size_t base = 0,
                  Violation* violation = nullptr)
      : bytes_(bytes), spec_(spec), sink_(sink), base_(base), violation_(violation) {}

  bool done() const { return position_ == bytes_.size(); }
  std::size_t remaining() const { return bytes_.size() - position_; }
  std::size_t offset() const {
    return base_ + position_;
  }  // of the next byte, from the message's start

  /// One number or one nested structure.
  template <Number T>
  void field(std::string_view name, T& value) {
    note(name, [&] {
      const std::uint64_t read = number(name, sizeof(T));
      value = static_cast<T>(read);
      if (sink_ != nullptr) sink_->number(read, registry_name(value));
    });
  }
  template <class T>
  requires requires(Reader& reader, T& value) { T::fields(reader, value); }
  void field(std::string_view name, T& value) {
    note(name, [&] { T::fields(*this, value); });
  }

  /// Tells a number's name in its registry, for numbers that have no type of their own.
  using NameOf = std::string_view (*)(std::uint64_t);

  /// A number of three bytes, which C++ has no type for. `name_of` may be null.
  void uint24(std::string_view name, std::uint32_t& value, NameOf name_of = nullptr) {
    note(name, [&] {
      value = static_cast<std::uint32_t>(number(name, 3));
      if (sink_ != nullptr) sink_->number(value, name_of ? name_of(value) : std::string_view());
    });
  }

  /// An integer of QUIC: its first two bits tell its width, 1 to 8 bytes. RFC 9000, 16.
  void varint(std::string_view name, std::uint64_t& value, NameOf name_of = nullptr) {
    note(name, [&] {
      value = number(name, 1);
      const std::size_t width = std::size_t{1} << (value >> 6);
      value &= 0x3f;
      if (width > 1) value = value << (8 * (width - 1)) | number(name, width - 1);
      if (sink_ != nullptr) sink_->number(value, name_of ? name_of(value) : std::string_view());
    });
  }

  /// opaque name[N]
  template <std::size_t N>
  void opaque(std::string_view name, std::array<std::uint8_t, N>& value) {
    note(name, [&] {
      const View read = take(name, N);
      std::copy(read.begin(), read.end(), value.begin());
    });
  }

  /// opaque name<minimum..maximum>
  template <class B>
  void opaque(std::string_view name, Bytes& value, B bounds) {
    note(name, [&] { value = copy(prefixed(name, bounds)); });
  }

  /// The same, shown as the text that it is (a host name).
  template <class B>
  void text(std::string_view name, Bytes& value, B bounds) {
    note(name, [&] {
      value = copy(prefixed(name, bounds));
      if (sink_ != nullptr) sink_->text(std::string(as_text(value)));
    });
  }

  /// The same, with an inside of its own (DER) that `dissect(bytes, sink, offset)` tells to the
  /// sink.
  template <class B, class Dissect>
  void opaque(std::string_view name, Bytes& value, B bounds, Dissect&& dissect) {
    note(name, [&] {
      value = copy(prefixed(name, bounds));
      if (sink_ != nullptr) dissect(View(value), *sink_, offset() - value.size());
    });
  }

  /// A structure and the very bytes that it was read from, for a signature that covers them.
  template <class T>
  void field_with_bytes(std::string_view name, T& value, Bytes& bytes) {
    const std::size_t begin = position_;
    field(name, value);
    bytes = copy(bytes_.subspan(begin, position_ - begin));
  }

  /// A rule that what was read so far must keep; if not, `alert` at the current offset.
  void expect(bool holds, AlertDescription alert, std::string_view field, const char* reason,
              std::string_view section) const {
    if (!holds && !is_violated()) object(error_at(alert, field, reason, section));
  }

  /// All that is left. For fields whose length the structure around them fixes.
  void rest(std::string_view name, Bytes& value) { bytes(name, value, remaining()); }

  /// So many bytes, by a length that a field before gave.
  void bytes(std::string_view name, Bytes& value, std::uint64_t size) {
    note(name, [&] { value = copy(take(name, size)); });
  }

  /// Items up to the end of the structure around them, which fixes their length.
  template <class T>
  void items(std::string_view name, std::vector<T>& values) {
    values.clear();
    while (!done()) item(name, values.emplace_back());
  }

  /// T name<minimum..maximum>
  template <class T, class B>
  void vector(std::string_view name, std::vector<T>& values, B bounds) {
    block(name, bounds, [&](Reader& inner) { inner.items(name, values); });
  }

  /// A structure inside a length: `body(inner)` must read all of it.
  template <class B, class Body>
  void block(std::string_view name, B bounds, Body&& body) {
    note(name, [&] {
      const View inside = prefixed(name, bounds);
      Reader inner(inside, spec_, sink_, offset() - inside.size(), violation_);
      body(inner);
      inner.expect_done(name);
    });
  }

  /// The same inside a length that a field before gave.
  template <class Body>
  void span(std::string_view name, std::uint64_t size, Body&& body) {
    note(name, [&] {
      const View inside = take(name, size);
      Reader inner(inside, spec_, sink_, offset() - inside.size(), violation_);
      body(inner);
      inner.expect_done(name);
    });
  }

  /// A last member that may be absent altogether (the extensions of a hello, RFC 5246, 7.4.1.2).
  template <class T>
  void optional_tail(std::optional<T>& value) {
    value.reset();
    if (!done()) T::fields(*this, value.emplace());
  }

  /// Refuses bytes after the last member of `what`.
  void expect_done(std::string_view what) const {
    if (!done())
      fail(what, std::to_string(remaining()) + " bytes are left over after " + std::string(what));
  }

  /// Ends the reading with a decode_error at the current offset.
  [[noreturn]] void fail(std::string_view field, const std::string& reason) const {
    throw error_at(AlertDescription::decode_error, field, reason, spec_.section);
  }

 private:
  ProtocolError error_at(AlertDescription alert, std::string_view field, const std::string& reason,
                         std::string_view section) const {
    ProtocolError error(alert, reason, section);
    error.message = spec_.name;
    error.field = field;
    error.offset = offset();
    return error;
  }

  bool is_violated() const { return violation_ != nullptr && violation_->has_value(); }

  /// For what breaks a rule but can be read.
  void object(const ProtocolError& error) const {
    if (violation_ == nullptr) {
      ProtocolError thrown = error;
      throw thrown;
    }
    *violation_ = error;
  }

  void item(std::string_view name, Number auto& value) { field(name, value); }
  template <class T>
  requires requires(Reader& reader, T& value) { T::fields(reader, value); }
  void item(std::string_view name, T& value) { field(item_name<T>(name), value); }

  template <class T>
  static std::string_view item_name(std::string_view of_vector) {
    if constexpr (requires { T::item_name; })
      return T::item_name;
    else
      return of_vector;
  }

  template <class Read>
  void note(std::string_view name, Read&& read) {
    if (sink_ != nullptr) sink_->begin(name, offset());
    read();
    if (sink_ != nullptr) sink_->end(name, offset());
  }

  View take(std::string_view name, std::uint64_t size) {
    if (size > remaining())
      fail(name, std::string(name) + " needs " + std::to_string(size) + " bytes, " +
                     std::to_string(remaining()) + " are left");
    const View taken = bytes_.subspan(position_, static_cast<std::size_t>(size));
    position_ += taken.size();
    return taken;
  }

  std::uint64_t number(std::string_view name, std::size_t width) {
    std::uint64_t value = 0;
    for (const std::uint8_t byte : take(name, width)) value = value << 8 | byte;
    return value;
  }

  template <class B>
  View prefixed(std::string_view name, B) {
    const std::size_t size = number(name, B::prefix);
    if ((size < B::minimum || size > B::maximum) && !is_violated()) {
      position_ -= B::prefix;
      object(error_at(AlertDescription::decode_error, name,
                      "the length of " + std::string(name) + " is " + std::to_string(size) +
                          ", not within " + std::to_string(B::minimum) + ".." +
                          std::to_string(B::maximum),
                      spec_.section));
      position_ += B::prefix;
    }
    if (sink_ != nullptr) sink_->content(offset());
    return take(name, size);
  }

  View bytes_;
  Spec spec_;
  FieldSink* sink_;
  std::size_t base_;
  Violation* violation_;
  std::size_t position_ = 0;
};

}  // namespace glasstls::wire
