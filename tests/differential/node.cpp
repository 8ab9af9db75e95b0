#include "tests/differential/node.h"

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <utility>

namespace glasstls::differential {

namespace {

void append_number(Bytes& out, std::size_t value, std::size_t width) {
  if (width < sizeof value && value >> (8 * width) != 0)
    throw std::length_error("a length does not fit");
  while (width-- > 0) out.push_back(static_cast<std::uint8_t>(value >> (8 * width)));
}

void append_length(Bytes& out, Length kind, std::size_t size) {
  if (kind == Length::none) return;
  if (kind != Length::der) return append_number(out, size, static_cast<std::size_t>(kind));
  std::size_t width = 0;
  for (std::size_t rest = size; rest != 0; rest >>= 8) ++width;
  if (size >= 0x80) out.push_back(static_cast<std::uint8_t>(0x80 | width));
  append_number(out, size, size >= 0x80 ? width : 1);
}

/// Takes bytes from the front.
class Cursor {
 public:
  explicit Cursor(View bytes) : bytes_(bytes) {}

  bool done() const { return bytes_.empty(); }
  View take(std::size_t size) {
    if (size > bytes_.size()) throw std::runtime_error("cut short");
    const View taken = bytes_.first(size);
    bytes_ = bytes_.subspan(size);
    return taken;
  }
  std::size_t number(std::size_t width) {
    std::size_t value = 0;
    for (const std::uint8_t byte : take(width)) value = value << 8 | byte;
    return value;
  }
  View rest() { return take(bytes_.size()); }

 private:
  View bytes_;
};

Node leaf(View bytes, Bytes head = {}, Length length = Length::none) {
  return {std::move(head), length, wire::copy(bytes)};
}

/// What a length of so many bytes encloses.
View enclosed(Cursor& cursor, Length length) {
  return cursor.take(cursor.number(static_cast<std::size_t>(length)));
}

/// A vector of numbers.
Node numbers(View content, Length length, std::size_t width) {
  Node node{{}, length, {}};
  for (Cursor cursor(content); !cursor.done();) node.children.push_back(leaf(cursor.take(width)));
  return node;
}

/// Vectors one behind the other, or nothing.
std::optional<std::vector<Node>> vectors(View content, Length length) try {
  std::vector<Node> found;
  for (Cursor cursor(content); !cursor.done();)
    found.push_back(leaf(enclosed(cursor, length), {}, length));
  return found;
} catch (const std::runtime_error&) {
  return std::nullopt;
}

/// One vector that is all of it, of smaller vectors or of numbers of two bytes.
std::optional<Node> vector_in(View content, Length length) {
  const auto outer = vectors(content, length);
  if (!outer || outer->size() != 1) return std::nullopt;
  const View inside = outer->front().leaf;
  if (length == Length::two)
    if (auto names = vectors(inside, Length::one); names && names->size() > 1)
      return Node{{}, length, {}, std::move(*names)};
  if (!inside.empty() && inside.size() % 2 == 0) return numbers(inside, length, 2);
  return outer->front();
}

Node read_extension(Cursor& cursor) {
  const View type = cursor.take(2);
  const View data = enclosed(cursor, Length::two);
  Node node = leaf({}, wire::copy(type), Length::two);
  auto inside = vector_in(data, Length::two);
  if (!inside) inside = vector_in(data, Length::one);
  if (inside)
    node.children.push_back(std::move(*inside));
  else
    node.leaf = wire::copy(data);
  return node;
}

struct DerHeader {
  Bytes tag;
  View content;
};

DerHeader read_header(Cursor& cursor) {
  DerHeader header{wire::copy(cursor.take(1)), {}};
  std::size_t size = cursor.number(1);
  if (size > 0x83 || size == 0x80) throw std::runtime_error("a length that DER does not have");
  if (size > 0x80) size = cursor.number(size - 0x80);
  header.content = cursor.take(size);
  return header;
}

Node read_element(Cursor& cursor);

std::vector<Node> read_elements(View content) {
  std::vector<Node> found;
  for (Cursor cursor(content); !cursor.done();) found.push_back(read_element(cursor));
  return found;
}

/// The elements within a string, if it is those and nothing else.
std::optional<std::vector<Node>> elements_in(View content) try {
  std::vector<Node> found = read_elements(content);
  Bytes again;
  for (const Node& node : found) wire::append(again, encode(node));
  if (found.empty() || !wire::equal(again, content)) return std::nullopt;
  return found;
} catch (const std::runtime_error&) {
  return std::nullopt;
}

Node read_element(Cursor& cursor) {
  constexpr std::uint8_t constructed = 0x20, bit_string = 0x03, octet_string = 0x04;
  DerHeader header = read_header(cursor);
  const std::uint8_t tag = header.tag.front();
  Node node = leaf({}, std::move(header.tag), Length::der);
  if ((tag & constructed) != 0) {
    node.children = read_elements(header.content);
    return node;
  }
  const bool bits = tag == bit_string && !header.content.empty() && header.content[0] == 0;
  if (bits || tag == octet_string) {
    if (auto inside = elements_in(header.content.subspan(bits ? 1 : 0))) {
      node.children = std::move(*inside);
      if (bits) node.children.insert(node.children.begin(), leaf(header.content.first(1)));
      return node;
    }
  }
  node.leaf = wire::copy(header.content);
  return node;
}

}  // namespace

Bytes encode(const Node& node) {
  Bytes content = node.leaf;
  for (const Node& child : node.children) wire::append(content, encode(child));
  Bytes out = node.head;
  append_length(out, node.length, content.size() + static_cast<std::size_t>(node.wrong_by));
  wire::append(out, content);
  return out;
}

Node read_client_hello(View message) {
  Cursor outer(message);
  Node hello = leaf({}, wire::copy(outer.take(1)), Length::three);
  Cursor body(enclosed(outer, Length::three));
  if (!outer.done()) throw std::runtime_error("more than one message");
  hello.children.push_back(leaf(body.take(2)));                                    // client_version
  hello.children.push_back(leaf(body.take(32)));                                   // random
  hello.children.push_back(leaf(enclosed(body, Length::one), {}, Length::one));    // session_id
  hello.children.push_back(numbers(enclosed(body, Length::two), Length::two, 2));  // cipher_suites
  hello.children.push_back(numbers(enclosed(body, Length::one), Length::one, 1));  // compression
  if (body.done()) return hello;
  Node extensions{{}, Length::two, {}};
  for (Cursor list(enclosed(body, Length::two)); !list.done();)
    extensions.children.push_back(read_extension(list));
  if (!body.done()) throw std::runtime_error("more behind the extensions");
  hello.children.push_back(std::move(extensions));
  return hello;
}

Node read_der(View der) {
  Cursor cursor(der);
  Node node = read_element(cursor);
  if (!cursor.done()) throw std::runtime_error("more than one element");
  return node;
}

}  // namespace glasstls::differential
