// How a Session's fields are encoded, beyond what wire/ has: texts, times, flags, what may be
// missing, certificates. Reader and Writer have the same functions, so that one list of fields
// drives both.
//
// wire::Reader throws the ProtocolError of a peer's message. What is read here is no message, and
// is forgiven: what cannot be read is no session. So this Reader only remembers that it failed.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wire/bounds.h"
#include "wire/bytes.h"
#include "wire/presentation.h"
#include "wire/writer.h"
#include "x509/certificate.h"
#include "x509/time.h"

namespace glasstls::handshake {

/// As large as bounds can be: what a peer sent is bounded elsewhere.
inline constexpr auto any_length = within<0, 0xffffff>;

/// Appends to `out`, which must outlive it. Values outside their bounds are std::logic_error.
class SessionWriter {
 public:
  explicit SessionWriter(Bytes& out) : out_(out), writer_(out) {}

  template <wire::Number T>
  void field(std::string_view name, const T& value) {
    writer_.field(name, value);
  }
  void flag(std::string_view name, bool value) {
    writer_.field(name, static_cast<std::uint8_t>(value ? 1 : 0));
  }
  void time(std::string_view name, x509::Time value) {
    writer_.field(name, static_cast<std::uint64_t>(value.seconds));
  }
  template <std::size_t N>
  void opaque(std::string_view name, const std::array<std::uint8_t, N>& value) {
    writer_.opaque(name, value);
  }
  template <class B>
  void opaque(std::string_view name, const Bytes& value, B bounds) {
    writer_.opaque(name, value, bounds);
  }
  template <class B>
  void text(std::string_view name, const std::string& value, B bounds) {
    writer_.block(name, bounds, [&](auto&) { wire::append(out_, wire::as_bytes(value)); });
  }
  template <class T, class Each>
  void optional(std::string_view name, const std::optional<T>& value, Each&& each) {
    flag(name, value.has_value());
    if (value) each(*value);
  }
  void certificates(std::string_view name, const std::vector<x509::Certificate>& values) {
    writer_.block(name, any_length, [&](wire::Writer& inside) {
      for (const x509::Certificate& value : values)
        inside.block(name, any_length, [&](auto&) { wire::append(out_, value.der()); });
    });
  }

 private:
  Bytes& out_;
  wire::Writer writer_;
};

/// Reads what SessionWriter wrote. After a fault everything else reads as empty.
class SessionReader {
 public:
  explicit SessionReader(View bytes) : left_(bytes) {}

  /// Nothing was malformed, and nothing is left over.
  bool complete() const { return good_ && left_.empty(); }

  template <wire::Number T>
  void field(std::string_view, T& value) {
    value = static_cast<T>(number(sizeof(T)));
  }
  void flag(std::string_view, bool& value) {
    const std::uint64_t read = number(1);
    good_ = good_ && read <= 1;
    value = read == 1;
  }
  void time(std::string_view, x509::Time& value) {
    value.seconds = static_cast<std::int64_t>(number(8));
  }
  template <std::size_t N>
  void opaque(std::string_view, std::array<std::uint8_t, N>& value) {
    const View read = take(N);
    std::copy(read.begin(), read.end(), value.begin());
  }
  template <class B>
  void opaque(std::string_view, Bytes& value, B bounds) {
    value = wire::copy(prefixed(bounds));
  }
  template <class B>
  void text(std::string_view, std::string& value, B bounds) {
    value = wire::as_text(prefixed(bounds));
  }
  template <class T, class Each>
  void optional(std::string_view name, std::optional<T>& value, Each&& each) {
    bool present = false;
    flag(name, present);
    if (present) each(value.emplace());
  }
  void certificates(std::string_view, std::vector<x509::Certificate>& values) {
    SessionReader inside(prefixed(any_length));
    while (inside.good_ && !inside.left_.empty()) {
      auto parsed = x509::Certificate::parse(inside.prefixed(any_length));
      if (parsed)
        values.push_back(*std::move(parsed));
      else
        inside.good_ = false;
    }
    good_ = good_ && inside.complete();
  }

 private:
  View take(std::size_t size) {
    good_ = good_ && size <= left_.size();
    if (!good_) return {};
    const View taken = left_.first(size);
    left_ = left_.subspan(size);
    return taken;
  }

  std::uint64_t number(std::size_t width) {
    std::uint64_t value = 0;
    for (const std::uint8_t byte : take(width)) value = value << 8 | byte;
    return value;
  }

  template <class B>
  View prefixed(B) {
    const std::size_t size = number(B::prefix);
    good_ = good_ && size >= B::minimum && size <= B::maximum;
    return take(size);
  }

  View left_;
  bool good_ = true;
};

}  // namespace glasstls::handshake
