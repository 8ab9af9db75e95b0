#include "x509/name.h"

#include <algorithm>
#include <utility>

#include "x509/utf8.h"

namespace glasstls::x509 {

namespace {

constexpr std::string_view section = "RFC 5280, 4.1.2.4";

bool is_printable_char(char c) {
  const bool alphanumeric =
      (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  // '*' and '&' are outside the alphabet, but certificates of good standing use them.
  return alphanumeric ||
         (c != '\0' && std::string_view(" '()+,-./:=?*&").find(c) != std::string_view::npos);
}

bool fits_alphabet(Tag type, View value) {
  const std::string_view text = wire::as_text(value);
  const auto all = [&](auto fits) { return std::all_of(text.begin(), text.end(), fits); };
  switch (type) {
    case Tag::utf8_string: return is_utf8(text);
    case Tag::printable_string: return all(is_printable_char);
    case Tag::numeric_string: return all([](char c) { return c == ' ' || (c >= '0' && c <= '9'); });
    case Tag::ia5_string: return all([](char c) { return static_cast<unsigned char>(c) < 0x80; });
    case Tag::visible_string: return all([](char c) { return c >= 0x20 && c < 0x7f; });
    case Tag::bmp_string: return value.size() % 2 == 0;
    case Tag::universal_string: return value.size() % 4 == 0;
    default: return true;  // TeletexString has no alphabet to hold it to; other types are not text
  }
}

bool folds(Tag type) { return type == Tag::printable_string || type == Tag::utf8_string; }

// RFC 5280, 7.1: case folded, white space trimmed and compressed (ASCII only).
std::string folded(View value) {
  std::string out;
  for (const char c : wire::as_text(value)) {
    const bool space = c == ' ' || (c >= '\t' && c <= '\r');
    if (space) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

// Length before content: no two lists of parts run together to the same key.
std::string framed(std::string_view part) {
  return std::to_string(part.size()) + ":" + std::string(part);
}

std::string key_of(const AttributeTypeAndValue& attribute) {
  const bool text = folds(attribute.string_type);
  constexpr char any_text = 0x1f;  // what no tag can be: the reader refuses tag numbers above 30
  const char type = text ? any_text : static_cast<char>(attribute.string_type);
  return framed(wire::as_text(attribute.type.content())) + type +
         framed(text ? folded(attribute.value) : wire::as_text(attribute.value));
}

// A SET has no order, so its members are sorted.
std::string key_of(const RelativeDistinguishedName& rdn) {
  std::vector<std::string> parts;
  for (const auto& attribute : rdn) parts.push_back(key_of(attribute));
  std::sort(parts.begin(), parts.end());
  std::string key;
  for (const auto& part : parts) key += framed(part);
  return framed(key);
}

// Adds the attribute to `rdn`; returns its encoding.
View read_attribute(DerReader& der, RelativeDistinguishedName& rdn) {
  AttributeTypeAndValue& attribute = rdn.emplace_back();
  return der.sequence("AttributeTypeAndValue", [&] {
    attribute.type = der.object_identifier("type");
    der.field("value", [&] {
      const Element value = der.any({});
      attribute.string_type = value.tag;
      attribute.value = wire::copy(value.content);
      der.require(fits_alphabet(value.tag, value.content), value.offset,
                  "a " + to_string(value.tag) + " with a character that it cannot hold", section);
      der.describe(to_string(attribute));
    });
  });
}

RelativeDistinguishedName read_rdn(DerReader& der) {
  RelativeDistinguishedName rdn;
  der.inside("RelativeDistinguishedName", Tag::set, [&] {
    const std::size_t begin = der.offset();
    View previous;
    while (!der.done()) {
      const std::size_t offset = der.offset();
      const View now = read_attribute(der, rdn);
      const bool ascending =
          std::lexicographical_compare(previous.begin(), previous.end(), now.begin(), now.end());
      der.require(ascending, offset, "a SET OF that is not in ascending order", "X.690, 11.6");
      previous = now;
    }
    der.require(!rdn.empty(), begin, "a RelativeDistinguishedName without attributes", section);
  });
  return rdn;
}

std::string_view short_name(const Oid& type) {
  constexpr std::pair<Oid, std::string_view> names[] = {
      // RFC 4514, 3
      {oid::commonName, "CN"},
      {oid::localityName, "L"},
      {oid::stateOrProvinceName, "ST"},
      {oid::organizationName, "O"},
      {oid::organizationalUnitName, "OU"},
      {oid::countryName, "C"},
      {oid::streetAddress, "STREET"},
      {oid::domainComponent, "DC"},
      {oid::userId, "UID"},
  };
  for (const auto& entry : names) {
    if (entry.first == type) return entry.second;
  }
  return name_of(type);
}

std::string escaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool edge_space = c == ' ' && (i == 0 || i + 1 == text.size());
    const bool special = std::string_view("\"+,;<>\\").find(c) != std::string_view::npos;
    if (c != '\0' && (special || edge_space || (c == '#' && i == 0))) {
      out += '\\';
      out += c;
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

bool Name::is_within(const Name& base) const {
  // Keys are framed RDN by RDN, so that a prefix of the key is a prefix of the RDNs.
  return base.rdns_.size() <= rdns_.size() && key_.compare(0, base.key_.size(), base.key_) == 0;
}

Name read_name(DerReader& der, std::string_view field) {
  Name name;
  der.sequence(field, [&] {
    while (!der.done()) {
      RelativeDistinguishedName rdn = read_rdn(der);
      name.key_ += key_of(rdn);
      name.rdns_.push_back(std::move(rdn));
    }
  });
  return der.ok() ? name : Name();
}

std::string to_string(const AttributeTypeAndValue& attribute) {
  const std::string_view short_form = short_name(attribute.type);
  const std::string type = short_form.empty() ? to_string(attribute.type) : std::string(short_form);
  switch (attribute.string_type) {
    case Tag::utf8_string:
    case Tag::printable_string:
    case Tag::numeric_string:
    case Tag::ia5_string:
    case Tag::visible_string:
    case Tag::teletex_string:
      return type + "=" + printable(escaped(wire::as_text(attribute.value)));
    case Tag::bmp_string: return type + "=" + printable(escaped(utf8_from_utf16(attribute.value)));
    default: return type + "=#" + wire::hex(attribute.value);
  }
}

std::string to_string(const Name& name) {
  std::string text;
  for (auto rdn = name.rdns().rbegin(); rdn != name.rdns().rend(); ++rdn) {
    if (!text.empty()) text += ',';
    for (std::size_t i = 0; i < rdn->size(); ++i) {
      if (i > 0) text += '+';
      text += to_string((*rdn)[i]);
    }
  }
  return text;
}

}  // namespace glasstls::x509
