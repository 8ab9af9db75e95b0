// What Reader and Writer have in common: which C++ types are numbers of the presentation language,
// and their registry names. RFC 5246, 4.4 and 4.5.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace glasstls::wire {

template <class T>
concept Enumerated = std::is_enum_v<T> && std::unsigned_integral<std::underlying_type_t<T>>;

/// uint8, uint16, uint32 and enumerations over them: big-endian, as wide as the C++ type.
template <class T>
concept Number = (std::unsigned_integral<T> && !std::same_as<T, bool>) || Enumerated<T>;

/// The name of an enumeration's value, by the `name_of` next to the enumeration; empty where there
/// is none.
template <Number T>
std::string_view registry_name(T value) {
  if constexpr (requires { name_of(value); })
    return name_of(value);
  else
    return {};
}

}  // namespace glasstls::wire
