#include "x509/general_name.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "x509/server_name.h"
#include "x509/utf8.h"

namespace glasstls::x509 {

namespace {

constexpr std::string_view section = "RFC 5280, 4.2.1.6";

// Address and mask of a subtree: 192.0.2.0/255.255.255.0.
bool is_subnet(View value) {
  if (value.size() != 8 && value.size() != 32) return false;
  const View mask = value.subspan(value.size() / 2);
  bool zero_seen = false;
  for (std::size_t bit = 0; bit < mask.size() * 8; ++bit) {
    const bool set = (mask[bit / 8] >> (7 - bit % 8) & 1) != 0;
    if (set && zero_seen) return false;
    zero_seen = zero_seen || !set;
  }
  return true;
}

void check_text(DerReader& der, const GeneralName& name, std::size_t offset, NameUse use) {
  const auto visible = [](std::uint8_t b) { return b > 0x20 && b < 0x7f; };
  const bool uri = name.kind == GeneralNameKind::uniformResourceIdentifier;
  bool spaces = false;
  for (const std::uint8_t byte : name.value) {
    const bool space = uri && byte == ' ';
    spaces = spaces || space;
    der.require(visible(byte) || space, offset, "a name with a byte that is not visible ASCII",
                section);
  }
  if (spaces) der.tolerate(offset, "a uniformResourceIdentifier with a space", section);
  der.require(use == NameUse::subtree || !name.value.empty(), offset, "an empty name", section);
}

void check_address(DerReader& der, const GeneralName& name, std::size_t offset, NameUse use) {
  const std::size_t size = name.value.size();
  if (use == NameUse::identity) {
    der.require(size == 4 || size == 16, offset, "an iPAddress that is not 4 or 16 bytes", section);
  } else {
    der.require(is_subnet(name.value), offset, "an iPAddress subtree that is not a subnet",
                "RFC 5280, 4.2.1.10");
  }
}

void check_value(DerReader& der, const GeneralName& name, std::size_t offset, NameUse use) {
  switch (name.kind) {
    case GeneralNameKind::rfc822Name:
    case GeneralNameKind::dNSName:
    case GeneralNameKind::uniformResourceIdentifier: return check_text(der, name, offset, use);
    case GeneralNameKind::iPAddress: return check_address(der, name, offset, use);
    case GeneralNameKind::registeredID:
      return der.require(Oid::from_der(name.value).has_value(), offset, "a malformed registeredID",
                         section);
    default: return;
  }
}

// otherName, x400Address, directoryName and ediPartyName are constructed.
Tag tag_of(GeneralNameKind kind) {
  const auto number = static_cast<unsigned>(kind);
  const bool constructed = number == 0 || number == 3 || number == 4 || number == 5;
  return constructed ? context_constructed(number) : context(number);
}

std::optional<GeneralNameKind> kind_of(Tag tag) {
  const unsigned number = static_cast<unsigned>(tag) & 0x1f;
  if (number > 8) return std::nullopt;
  const auto kind = static_cast<GeneralNameKind>(number);
  return tag_of(kind) == tag ? std::optional(kind) : std::nullopt;
}

//   OtherName ::= SEQUENCE { type-id OBJECT IDENTIFIER, value [0] EXPLICIT ANY }
Bytes read_other_name(DerReader& der, std::string_view field, Tag tag) {
  View content;
  der.inside(field, tag, [&] {
    content = der.covering([&] {
      der.object_identifier("type-id");
      der.inside("value", context_constructed(0), [&] { der.any({}); });
    });
  });
  return wire::copy(content);
}

}  // namespace

std::string_view name_of(GeneralNameKind kind) {
  switch (kind) {
    case GeneralNameKind::otherName: return "otherName";
    case GeneralNameKind::rfc822Name: return "rfc822Name";
    case GeneralNameKind::dNSName: return "dNSName";
    case GeneralNameKind::x400Address: return "x400Address";
    case GeneralNameKind::directoryName: return "directoryName";
    case GeneralNameKind::ediPartyName: return "ediPartyName";
    case GeneralNameKind::uniformResourceIdentifier: return "uniformResourceIdentifier";
    case GeneralNameKind::iPAddress: return "iPAddress";
    case GeneralNameKind::registeredID: return "registeredID";
  }
  return {};
}

std::string to_string(const GeneralName& name) {
  const auto text = [&] { return printable(wire::as_text(name.value)); };
  switch (name.kind) {
    case GeneralNameKind::rfc822Name: return "email:" + text();
    case GeneralNameKind::dNSName: return "DNS:" + text();
    case GeneralNameKind::uniformResourceIdentifier: return "URI:" + text();
    case GeneralNameKind::directoryName: return "directory:" + to_string(name.directory);
    case GeneralNameKind::iPAddress: return "IP:" + subnet_text(name.value);
    case GeneralNameKind::registeredID:
      if (const auto oid = Oid::from_der(name.value)) return "registeredID:" + to_string(*oid);
      break;
    default: break;
  }
  return std::string(name_of(name.kind)) + ":" + wire::hex(name.value);
}

GeneralName read_general_name(DerReader& der, NameUse use) {
  GeneralName name;
  const std::size_t begin = der.offset();
  const Tag tag = der.next();
  const std::optional<GeneralNameKind> kind = kind_of(tag);
  der.require(kind.has_value(), begin, "not one of the choices of GeneralName", section);
  if (!der.ok()) return name;

  name.kind = *kind;
  const std::string_view field = name_of(name.kind);
  if (name.kind == GeneralNameKind::directoryName) {
    der.inside(field, tag, [&] { name.directory = read_name(der, "Name"); });
    return name;
  }
  if (name.kind == GeneralNameKind::otherName) {
    name.value = read_other_name(der, field, tag);
    return name;
  }
  der.field(field, [&] {
    name.value = wire::copy(der.element({}, tag).content);
    check_value(der, name, begin, use);
    der.describe([&] { return to_string(name); });
  });
  return name;
}

std::vector<GeneralName> read_general_names(DerReader& der, std::string_view field, Tag tag) {
  std::vector<GeneralName> names;
  const std::size_t begin = der.offset();
  der.inside(field, tag, [&] {
    while (!der.done()) names.push_back(read_general_name(der, NameUse::identity));
  });
  der.require(!names.empty(), begin, "an empty list of names", section);
  return names;
}

}  // namespace glasstls::x509
