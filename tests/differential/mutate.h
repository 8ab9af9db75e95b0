// Mutations: what a fuzzer would do to an input, reproducibly. The same seed and the same input give
// the same bytes on every machine.
#pragma once

#include <cstddef>
#include <string_view>

#include "tests/differential/node.h"
#include "tests/support/test_random.h"
#include "wire/bytes.h"

namespace glasstls::differential {

class Mutator {
 public:
  explicit Mutator(std::string_view seed) : random_(seed) {}

  /// One to three changes: to the tree, with lengths that stay right (a part is taken out, doubled,
  /// exchanged with another, moved, changed or emptied, its head changed), or with one that is
  /// wrong; and to the bytes (flipped bits, telling values, bytes put in or taken out, cut short,
  /// appended).
  Bytes mutate(const Node& original);

 private:
  std::size_t below(std::size_t bound);  // 0 to bound - 1
  Node& pick(Node& root);
  Node& pick_parent(Node& root);
  void change_tree(Node& root);
  void change_leaf(Bytes& leaf);
  void change_bytes(Bytes& bytes);
  void change_a_byte(Bytes& bytes);
  void make_a_length_wrong(Node& root);

  test::TestRandom random_;
};

}  // namespace glasstls::differential
