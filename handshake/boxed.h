// Boxed: a value on the heap. States move at every message; what is large in them moves as a pointer.
#pragma once

#include <memory>
#include <utility>

namespace glasstls::handshake {

/// Always holds a T, until it is moved from; then it can only be assigned to or destroyed.
template <class T>
class Boxed {
 public:
  Boxed() : value_(std::make_unique<T>()) {}
  Boxed(T value) : value_(std::make_unique<T>(std::move(value))) {}

  T& operator*() { return *value_; }
  const T& operator*() const { return *value_; }
  T* operator->() { return value_.get(); }
  const T* operator->() const { return value_.get(); }

 private:
  std::unique_ptr<T> value_;
};

}  // namespace glasstls::handshake
