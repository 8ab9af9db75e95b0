// What parsing returns: the value, or what is wrong with the input and where. Malformed
// certificates and files are ordinary values here, never exceptions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace glasstls::x509 {

/// Why an input was refused. `section` is a literal.
struct Malformed {
  std::size_t offset = 0;    // of the fault, in bytes from the start of the outermost buffer
  std::string what;          // one sentence without a full stop
  std::string_view section;  // the rule: "X.690, 8.1.3"
};

/// A T or a Malformed. Reading the one that is not there throws std::bad_variant_access: ask first.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::move(value)) {}
  Result(Malformed error) : content_(std::move(error)) {}

  explicit operator bool() const { return std::holds_alternative<T>(content_); }
  const T& value() const& { return std::get<T>(content_); }
  T&& value() && { return std::get<T>(std::move(content_)); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  const T* operator->() const { return &value(); }
  const Malformed& error() const { return std::get<Malformed>(content_); }

 private:
  std::variant<T, Malformed> content_;
};

}  // namespace glasstls::x509
