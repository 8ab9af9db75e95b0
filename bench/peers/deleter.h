// Deleter: for objects of C libraries, which bring their own functions to free them.
#pragma once

namespace glasstls::bench {

/// std::unique_ptr<SSL, Deleter<SSL_free>>
template <auto release>
struct Deleter {
  template <class T>
  void operator()(T* object) const {
    release(object);
  }
};

}  // namespace glasstls::bench
