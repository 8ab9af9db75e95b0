#include "tests/inspect/dissect/shown.h"

#include <cstdint>

namespace glasstls::test {

namespace {

using Fields = std::vector<wire::Field>;

std::size_t end_of(const Fields& fields, std::size_t parent) {
  std::size_t at = parent + 1;
  while (at < fields.size() && fields[at].depth > fields[parent].depth) ++at;
  return at;
}

std::string shown(const Fields& fields, std::size_t begin, std::size_t end) {
  std::string line;
  for (std::size_t at = begin; at < end; at = end_of(fields, at)) {
    const wire::Field& field = fields[at];
    if (!line.empty()) line += ' ';
    line += field.name;
    if (field.number) {
      line += '=' + std::to_string(*field.number);
      if (!field.text.empty()) line += ':' + field.text;
    } else if (!field.text.empty()) {
      line += "=\"" + field.text + '"';
    } else if (end_of(fields, at) > at + 1) {
      line += '{' + shown(fields, at + 1, end_of(fields, at)) + '}';
    } else {
      line += field.end ? '[' + std::to_string(*field.end - field.content) + ']' : "[!]";
    }
  }
  return line;
}

std::string hex_of(std::size_t number, std::size_t digits) {
  Bytes bytes(digits / 2);
  for (std::size_t i = bytes.size(); i-- > 0; number >>= 8)
    bytes[i] = static_cast<std::uint8_t>(number);
  return wire::hex(bytes);
}

std::string extensions_of(unsigned type, std::string_view hex) {
  const std::size_t size = hex.size() / 2;
  return hex_of(size + 4, 4) + hex_of(type, 4) + hex_of(size, 4) + std::string(hex);
}

const std::string random_hex(64, 'a');

}  // namespace

std::string shown(const FieldTree& tree) { return shown(tree.fields(), 0, tree.fields().size()); }

std::string shown_in(const FieldTree& tree, std::string_view name) {
  const Fields& fields = tree.fields();
  for (std::size_t at = fields.size(); at-- > 0;)
    if (fields[at].name == name) return shown(fields, at + 1, end_of(fields, at));
  return "no " + std::string(name);
}

std::vector<std::size_t> uncovered(const FieldTree& tree, std::size_t size) {
  std::vector<bool> covered(size);
  const Fields& fields = tree.fields();
  for (std::size_t at = 0; at < fields.size(); ++at) {
    const bool leaf = end_of(fields, at) == at + 1;
    const bool whole = leaf || fields[at].name == "ASN.1Cert";
    const std::size_t end = whole ? fields[at].end.value_or(0) : fields[at].content;
    for (std::size_t i = fields[at].begin; i < end && i < size; ++i) covered[i] = true;
  }
  std::vector<std::size_t> missing;
  for (std::size_t i = 0; i < size; ++i)
    if (!covered[i]) missing.push_back(i);
  return missing;
}

Bytes message_of(unsigned type, std::string_view body) {
  return wire::unhex(hex_of(type, 2) + hex_of(body.size() / 2, 6) + std::string(body)).value();
}

Bytes client_hello_with(unsigned type, std::string_view hex) {
  return message_of(1, "0303" + random_hex + "00" + "0002c030" + "0100" + extensions_of(type, hex));
}

Bytes server_hello_with(unsigned type, std::string_view hex) {
  return message_of(2, "0303" + random_hex + "00" + "c030" + "00" + extensions_of(type, hex));
}

}  // namespace glasstls::test
