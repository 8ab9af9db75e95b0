#include "tests/bogo/text.h"

#include <algorithm>
#include <cstdint>

#include "tests/bogo/flags.h"

namespace glasstls::bogo {

std::vector<Bytes> parse_ca_list(const std::string& text) {
  std::vector<Bytes> names;
  if (text == "<NULL>" || text == "<EMPTY>") return names;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const auto name = wire::unhex(text.substr(begin, end - begin));
    if (!name || name->empty()) throw Unimplemented("not a list of names in hexadecimal: " + text);
    names.push_back(*name);
    begin = end + 1;
  }
  return names;
}

std::vector<std::string> parse_alpn(View list) {
  std::vector<std::string> names;
  while (!list.empty()) {
    const std::size_t length = list[0];
    if (length == 0 || length >= list.size()) throw Unimplemented("not a list of ALPN names");
    names.emplace_back(wire::as_text(list.subspan(1, length)));
    list = list.subspan(1 + length);
  }
  return names;
}

Bytes alpn_list(const std::vector<std::string>& names) {
  Bytes list;
  for (const std::string& name : names) {
    list.push_back(static_cast<std::uint8_t>(name.size()));
    wire::append(list, wire::as_bytes(name));
  }
  return list;
}

}  // namespace glasstls::bogo
