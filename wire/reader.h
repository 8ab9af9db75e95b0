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
// offset. Up to that byte the sink has been told everything.
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
  /// Reads `bytes`, which begin `base` bytes into the message that `spec` names. `sink` may be
  /// null.
  explicit Reader(View bytes, Spec spec = {}, FieldSink* sink = nullptr, std::size_t base = 0)
      : bytes_(bytes), spec_(spec), sink_(sink), base_(base) {}

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

  /// A number of three bytes, which C++ has no type for.
  void uint24(std::string_view name, std::uint32_t& value) {
    note(name, [&] {
      value = static_cast<std::uint32_t>(number(name, 3));
      if (sink_ != nullptr) sink_->number(value, {});
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
    if (!holds) refuse(alert, field, reason, section);
  }

  /// All that is left. For fields whose length the structure around them fixes.
  void rest(std::string_view name, Bytes& value) {
    note(name, [&] { value = copy(take(name, remaining())); });
  }

  /// T name<minimum..maximum>
  template <class T, class B>
  void vector(std::string_view name, std::vector<T>& values, B bounds) {
    block(name, bounds, [&](Reader& items) {
      values.clear();
      while (!items.done()) items.item(name, values.emplace_back());
    });
  }

  /// A structure inside a length: `body(inner)` must read all of it.
  template <class B, class Body>
  void block(std::string_view name, B bounds, Body&& body) {
    note(name, [&] {
      const View inside = prefixed(name, bounds);
      Reader inner(inside, spec_, sink_, offset() - inside.size());
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
    refuse(AlertDescription::decode_error, field, reason, spec_.section);
  }

 private:
  [[noreturn]] void refuse(AlertDescription alert, std::string_view field,
                           const std::string& reason, std::string_view section) const {
    ProtocolError error(alert, reason, section);
    error.message = spec_.name;
    error.field = field;
    error.offset = offset();
    throw error;
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

  View take(std::string_view name, std::size_t size) {
    if (size > remaining())
      fail(name, std::string(name) + " needs " + std::to_string(size) + " bytes, " +
                     std::to_string(remaining()) + " are left");
    const View taken = bytes_.subspan(position_, size);
    position_ += size;
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
    if (size < B::minimum || size > B::maximum) {
      position_ -= B::prefix;
      fail(name, "the length of " + std::string(name) + " is " + std::to_string(size) +
                     ", not within " + std::to_string(B::minimum) + ".." +
                     std::to_string(B::maximum));
    }
    if (sink_ != nullptr) sink_->content(offset());
    return take(name, size);
  }

  View bytes_;
  Spec spec_;
  FieldSink* sink_;
  std::size_t base_;
  std::size_t position_ = 0;
};

}  // namespace glasstls::wire
