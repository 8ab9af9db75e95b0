#include "tests/differential/mutate.h"

#include <array>
#include <iterator>
#include <stdexcept>
#include <utility>
#include <vector>

namespace glasstls::differential {

namespace {

void collect(Node& node, std::vector<Node*>& all, bool parents_only) {
  if (!parents_only || !node.children.empty()) all.push_back(&node);
  for (Node& child : node.children) collect(child, all, parents_only);
}

using Place = std::vector<Node>::difference_type;
Place place(std::size_t index) { return static_cast<Place>(index); }

Bytes::difference_type at(std::size_t index) { return static_cast<Bytes::difference_type>(index); }

}  // namespace

std::size_t Mutator::below(std::size_t bound) {
  std::array<std::uint8_t, 4> drawn;
  random_.fill(drawn);
  std::size_t value = 0;
  for (const std::uint8_t byte : drawn) value = value << 8 | byte;
  return value % bound;
}

/// Any node but the root.
Node& Mutator::pick(Node& root) {
  std::vector<Node*> all;
  collect(root, all, false);
  return *all[all.size() == 1 ? 0 : 1 + below(all.size() - 1)];
}

Node& Mutator::pick_parent(Node& root) {
  std::vector<Node*> parents;
  collect(root, parents, true);
  return *parents[below(parents.size())];
}

void Mutator::change_leaf(Bytes& leaf) {
  switch (leaf.empty() ? 1 : below(5)) {
    case 0: leaf[below(leaf.size())] ^= static_cast<std::uint8_t>(1U << below(8)); break;
    case 1: leaf.insert(leaf.end(), 1 + below(3), static_cast<std::uint8_t>(below(256))); break;
    case 2: leaf.pop_back(); break;
    case 3: leaf.clear(); break;
    default: leaf[below(leaf.size())] = static_cast<std::uint8_t>(below(256));
  }
}

void Mutator::make_a_length_wrong(Node& root) {
  std::vector<Node*> all;
  collect(root, all, false);
  std::erase_if(all, [](const Node* node) { return node->length == Length::none; });
  constexpr std::array wrong{1, -1, 2, -2, 16, 0x7fff};
  if (!all.empty()) all[below(all.size())]->wrong_by = wrong[below(wrong.size())];
}

void Mutator::change_tree(Node& root) {
  const std::size_t kind = below(9);
  if (kind == 8) return make_a_length_wrong(root);
  if (kind < 2) {
    Node& node = pick(root);
    if (node.children.empty()) return change_leaf(node.leaf);
    node.children.clear();  // emptied
    return;
  }
  if (kind == 2) {
    Node& node = pick(root);
    if (node.head.empty()) return change_leaf(node.leaf);
    node.head.back() ^= static_cast<std::uint8_t>(1U << below(8));
    return;
  }
  Node& parent = pick_parent(root);
  std::vector<Node>& parts = parent.children;
  if (parts.empty()) return;
  const std::size_t from = below(parts.size()), to = below(parts.size());
  if (kind == 3) {
    parts.erase(parts.begin() + place(from));
  } else if (kind == 4) {
    parts.insert(parts.begin() + place(to), Node(parts[from]));
  } else if (kind == 5) {
    std::swap(parts[from], parts[to]);
  } else if (kind == 6) {
    parts[from].head = parts[to].head;  // two of a kind
  } else {
    Node elsewhere = pick(root);  // a part from another place
    parts.insert(parts.begin() + place(to), std::move(elsewhere));
  }
}

/// To what is near to what it was, and to the extremes.
void Mutator::change_a_byte(Bytes& bytes) {
  std::uint8_t& byte = bytes[below(bytes.size())];
  const std::array<int, 6> values{byte + 1, byte - 1, 0, 0xff, 0x80, 0x7f};
  byte = static_cast<std::uint8_t>(values[below(values.size())]);
}

void Mutator::change_bytes(Bytes& bytes) {
  if (bytes.empty()) return;
  const std::size_t where = below(bytes.size());
  switch (below(6)) {
    case 0: bytes[where] ^= static_cast<std::uint8_t>(1U << below(8)); break;
    case 1: bytes.insert(bytes.begin() + at(where), static_cast<std::uint8_t>(below(256))); break;
    case 2: bytes.erase(bytes.begin() + at(where)); break;
    case 3: bytes.resize(where); break;
    case 4: bytes.insert(bytes.end(), 1 + below(4), static_cast<std::uint8_t>(below(256))); break;
    default: change_a_byte(bytes);
  }
}

Bytes Mutator::mutate(const Node& original) {
  Node changed = original;
  Bytes bytes;
  const std::size_t kind = below(8);  // mostly one change
  if (kind < 5) change_tree(changed);
  if (kind == 0) change_tree(changed);
  try {
    bytes = encode(changed);
  } catch (const std::length_error&) {  // grown out of its lengths
    bytes = encode(original);
  }
  if (kind >= 5) change_bytes(bytes);
  if (kind == 1 || kind == 5) change_bytes(bytes);
  return bytes;
}

}  // namespace glasstls::differential
