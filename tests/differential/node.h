// Node: an encoding taken apart into lengths and what they enclose, so that a part can be taken out,
// doubled or changed and all lengths around it still be right.
#pragma once

#include <cstdint>
#include <vector>

#include "wire/bytes.h"

namespace glasstls::differential {

/// How a length is written: a number of so many bytes, or as DER writes it (X.690, 8.1.3).
enum class Length : std::uint8_t { none = 0, one = 1, two = 2, three = 3, der };

struct Node {
  Bytes head;  // before the length: a tag, a type
  Length length = Length::none;
  Bytes leaf;  // the content, of a node without children
  std::vector<Node> children{};
  int wrong_by = 0;  // how much more the length says than is there
};

/// The bytes, each length that of what it encloses, but for `wrong_by`. std::length_error where a
/// length does not fit.
Bytes encode(const Node& node);

/// A whole handshake message that holds a well-formed ClientHello; what an extension holds is taken
/// apart where it looks like a vector of vectors, or of numbers. std::runtime_error if it is not one.
Node read_client_hello(View message);

/// One element of DER; what is constructed, and OCTET STRINGs and BIT STRINGs that hold DER, are
/// taken apart. std::runtime_error if it is not one.
Node read_der(View der);

}  // namespace glasstls::differential
