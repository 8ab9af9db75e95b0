// Lists of what a peer offers, and of what we speak.
#pragma once

#include <algorithm>
#include <vector>

namespace glasstls::handshake {

template <class T>
bool contains(const std::vector<T>& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace glasstls::handshake
