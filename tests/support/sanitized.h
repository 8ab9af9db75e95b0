// Whether the program is built with sanitizers that bring a malloc of their own: its memory says
// nothing then, everything takes longer, and without a free descriptor they take good objects for
// bad ones.
#pragma once

#if defined(__has_feature)
#define GLASSTLS_HAS_FEATURE(name) __has_feature(name)
#else
#define GLASSTLS_HAS_FEATURE(name) 0
#endif

namespace glasstls::test {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || \
    GLASSTLS_HAS_FEATURE(address_sanitizer) || GLASSTLS_HAS_FEATURE(thread_sanitizer)
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif

}  // namespace glasstls::test
