#include "x509/server_name.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "x509/certificate.h"

namespace glasstls::x509 {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = lower(c);
  return out;
}

bool is_label(std::string_view label) {
  if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') {
    return false;
  }
  return std::all_of(label.begin(), label.end(), [](char c) {
    const char l = lower(c);
    return (l >= 'a' && l <= 'z') || is_digit(c) || c == '-';
  });
}

// "1.2.3.4": four numbers of 0 to 255 without leading zeros.
std::optional<Bytes> parse_ipv4(std::string_view text) {
  Bytes address;
  while (true) {
    const std::size_t dot = std::min(text.find('.'), text.size());
    const std::string_view part = text.substr(0, dot);
    if (part.empty() || part.size() > 3 || !std::all_of(part.begin(), part.end(), is_digit)) {
      return std::nullopt;
    }
    int value = 0;
    for (const char c : part) value = value * 10 + (c - '0');
    if (value > 255 || (part.size() > 1 && part[0] == '0')) return std::nullopt;
    address.push_back(static_cast<std::uint8_t>(value));
    if (dot == text.size()) break;
    text.remove_prefix(dot + 1);
  }
  return address.size() == 4 ? std::optional(address) : std::nullopt;
}

// Groups of 16 bits between colons, the last two perhaps as an IPv4 address; no "::" inside.
std::optional<Bytes> parse_groups(std::string_view text) {
  Bytes bytes;
  while (!text.empty()) {
    const std::size_t colon = std::min(text.find(':'), text.size());
    const std::string_view group = text.substr(0, colon);
    const bool last = colon == text.size();
    if (last && group.find('.') != std::string_view::npos) {
      const auto ipv4 = parse_ipv4(group);
      if (!ipv4) return std::nullopt;
      wire::append(bytes, *ipv4);
      return bytes;
    }
    if (group.empty() || group.size() > 4) return std::nullopt;
    const auto value = wire::unhex(std::string(4 - group.size(), '0') + std::string(group));
    if (!value) return std::nullopt;
    wire::append(bytes, *value);
    if (last) return bytes;
    text.remove_prefix(colon + 1);
    if (text.empty()) return std::nullopt;  // ends in a single colon
  }
  return bytes;
}

std::optional<Bytes> parse_ipv6(std::string_view text) {
  constexpr std::size_t size = 16;
  const std::size_t gap = text.find("::");
  if (gap == std::string_view::npos) {
    auto bytes = parse_groups(text);
    return bytes && bytes->size() == size ? bytes : std::nullopt;
  }
  const std::string_view left = text.substr(0, gap);
  auto head = parse_groups(left);
  const auto tail = parse_groups(text.substr(gap + 2));
  // An IPv4 part can only stand at the very end, and "::" stands for at least one group.
  if (!head || !tail || left.find('.') != std::string_view::npos) return std::nullopt;
  if (head->size() + tail->size() > size - 2) return std::nullopt;
  head->resize(size - tail->size());
  wire::append(*head, *tail);
  return head;
}

// RFC 5952: the longest run of two or more zero groups, the first of equals, becomes "::".
std::string ipv6_text(View address) {
  std::array<unsigned, 8> groups{};
  for (std::size_t i = 0; i < groups.size(); ++i) {
    groups[i] = static_cast<unsigned>(address[2 * i] << 8 | address[2 * i + 1]);
  }
  std::size_t best = 0;
  std::size_t best_length = 1;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    std::size_t length = 0;
    while (i + length < groups.size() && groups[i + length] == 0) ++length;
    if (length > best_length) {
      best = i;
      best_length = length;
    }
  }
  std::string text;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (best_length > 1 && i == best) {
      text += "::";
      i += best_length - 1;
      continue;
    }
    if (!text.empty() && text.back() != ':') text += ':';
    char group[16];
    std::snprintf(group, sizeof group, "%x", groups[i]);
    text += group;
  }
  return text;
}

}  // namespace

std::optional<Bytes> parse_address(std::string_view text) {
  return text.find(':') == std::string_view::npos ? parse_ipv4(text) : parse_ipv6(text);
}

std::string address_text(View address) {
  if (address.size() == 16) return ipv6_text(address);
  if (address.size() != 4) return wire::hex(address);
  std::string text;
  for (const std::uint8_t byte : address) text += (text.empty() ? "" : ".") + std::to_string(byte);
  return text;
}

std::string subnet_text(View subnet) {
  const std::size_t half = subnet.size() / 2;
  if (subnet.size() != 8 && subnet.size() != 32) return address_text(subnet);
  return address_text(subnet.first(half)) + "/" + address_text(subnet.subspan(half));
}

bool is_dns_name(std::string_view text) {
  if (text.empty() || text.size() > 253) return false;
  std::string_view rest = text;
  while (true) {
    const std::size_t dot = std::min(rest.find('.'), rest.size());
    const std::string_view label = rest.substr(0, dot);
    if (!is_label(label)) return false;
    if (dot == rest.size()) return !std::all_of(label.begin(), label.end(), is_digit);
    rest.remove_prefix(dot + 1);
  }
}

bool dns_matches(std::string_view pattern, std::string_view name) {
  if (!pattern.starts_with("*.")) return is_dns_name(pattern) && lower(pattern) == name;
  const std::string_view parent = pattern.substr(2);
  const bool two_labels = parent.find('.') != std::string_view::npos;
  if (!two_labels || !is_dns_name(parent)) return false;
  const std::size_t dot = name.find('.');
  return dot != std::string_view::npos && name.substr(dot + 1) == lower(parent);
}

std::optional<ServerName> ServerName::parse(std::string_view text) {
  if (auto address = parse_address(text)) return ServerName(address_text(*address), *address);
  if (text.starts_with('[') && text.ends_with(']')) {
    auto address = parse_ipv6(text.substr(1, text.size() - 2));
    if (!address) return std::nullopt;
    return ServerName(address_text(*address), *address);
  }
  if (text.ends_with('.')) text.remove_suffix(1);
  if (!is_dns_name(text)) return std::nullopt;
  return ServerName(lower(text), {});
}

std::optional<std::string> ServerName::sni() const {
  return is_ip() ? std::nullopt : std::optional(text_);
}

bool ServerName::matches(const Certificate& certificate) const {
  const auto& names = certificate.extensions().subject_alt_name;
  if (!names) return false;
  return std::any_of(names->begin(), names->end(), [&](const GeneralName& presented) {
    if (is_ip()) {
      return presented.kind == GeneralNameKind::iPAddress && wire::equal(presented.value, address_);
    }
    return presented.kind == GeneralNameKind::dNSName &&
           dns_matches(wire::as_text(presented.value), text_);
  });
}

std::string to_string(const ServerName& name) { return name.text(); }

}  // namespace glasstls::x509
