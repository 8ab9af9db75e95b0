#include "x509/name.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <utility>

#include "x509/string_type.h"
#include "x509/utf8.h"

namespace glasstls::x509 {

namespace {

constexpr std::string_view section = "RFC 5280, 4.1.2.4";

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
void append_framed(std::string& key, std::string_view part) {
  key += std::to_string(part.size());
  key += ':';
  key += part;
}

std::string key_of(const AttributeTypeAndValue& attribute) {
  const bool text = folds(attribute.string_type);
  constexpr char any_text = 0x1f;  // what no tag can be: the reader refuses tag numbers above 30
  std::string key;
  append_framed(key, wire::as_text(attribute.type.content()));
  key += text ? any_text : static_cast<char>(attribute.string_type);
  if (text)
    append_framed(key, folded(attribute.value));
  else
    append_framed(key, wire::as_text(attribute.value));
  return key;
}

// A SET has no order, so its members are sorted.
void append_key_of(std::string& key, const RelativeDistinguishedName& rdn) {
  std::string all;
  if (rdn.size() == 1) {  // as nearly always
    append_framed(all, key_of(rdn.front()));
    return append_framed(key, all);
  }
  std::vector<std::string> parts;
  for (const auto& attribute : rdn) parts.push_back(key_of(attribute));
  std::sort(parts.begin(), parts.end());
  for (const auto& part : parts) append_framed(all, part);
  append_framed(key, all);
}

// How the attributes that we know are written. RFC 5280, A.1; RFC 4519, 2.39.
enum class Syntax { directory_string, printable_string, ia5_string, country };

std::optional<Syntax> syntax_of(const Oid& type) {
  constexpr std::pair<Oid, Syntax> syntaxes[] = {
      {oid::commonName, Syntax::directory_string},
      {oid::organizationName, Syntax::directory_string},
      {oid::countryName, Syntax::country},
      {oid::organizationalUnitName, Syntax::directory_string},
      {oid::localityName, Syntax::directory_string},
      {oid::stateOrProvinceName, Syntax::directory_string},
      {oid::serialNumber, Syntax::printable_string},
      {oid::domainComponent, Syntax::ia5_string},
      {oid::emailAddress, Syntax::ia5_string},
      {oid::surname, Syntax::directory_string},
      {oid::streetAddress, Syntax::directory_string},
      {oid::title, Syntax::directory_string},
      {oid::businessCategory, Syntax::directory_string},
      {oid::postalCode, Syntax::directory_string},
      {oid::x520name, Syntax::directory_string},
      {oid::givenName, Syntax::directory_string},
      {oid::initials, Syntax::directory_string},
      {oid::generationQualifier, Syntax::directory_string},
      {oid::dnQualifier, Syntax::printable_string},
      {oid::pseudonym, Syntax::directory_string},
      {oid::organizationIdentifier, Syntax::directory_string},
      {oid::userId, Syntax::directory_string},
      {oid::jurisdictionLocalityName, Syntax::directory_string},
      {oid::jurisdictionStateOrProvinceName, Syntax::directory_string},
      {oid::jurisdictionCountryName, Syntax::country},
  };
  for (const auto& entry : syntaxes) {
    if (entry.first == type) return entry.second;
  }
  return std::nullopt;
}

bool is_written_as(Tag tag, Syntax syntax) {
  switch (syntax) {
    case Syntax::directory_string: return is_directory_string(tag);
    case Syntax::ia5_string: return tag == Tag::ia5_string;
    case Syntax::printable_string:
    case Syntax::country: return tag == Tag::printable_string;
  }
  return false;
}

// What is no string at all is refused; the wrong kind of string, or of length, is common.
void check_value(DerReader& der, const Oid& type, const Element& value) {
  check_string(der, value);
  const std::optional<Syntax> syntax = syntax_of(type);
  if (!der.ok() || !syntax) return;
  const auto has = [&](const std::string& what) {
    return with_article(display(type)) + " " + what;
  };
  if (!is_string(value.tag)) {
    der.fail(value.offset, has("that is " + with_article(to_string(value.tag)) + ", not a string"),
             section);
  } else if (value.content.empty()) {
    der.tolerate(value.offset, has("that is empty"), section);
  } else if (!is_written_as(value.tag, *syntax)) {
    der.tolerate(value.offset, has("written as " + to_string(value.tag)), section);
  } else if (*syntax == Syntax::country && value.content.size() != 2) {
    der.tolerate(value.offset, has("that is not of two letters"), section);
  }
}

AttributeTypeAndValue read_attribute(DerReader& der) {
  AttributeTypeAndValue attribute;
  der.sequence("AttributeTypeAndValue", [&] {
    attribute.type = der.object_identifier("type");
    der.field("value", [&] {
      const Element value = der.any({});
      attribute.string_type = value.tag;
      attribute.value = wire::copy(value.content);
      check_value(der, attribute.type, value);
      der.describe([&] { return to_string(attribute); });
    });
  });
  return attribute;
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

bool is_special(char c) {
  switch (c) {
    case '"':
    case '+':
    case ',':
    case ';':
    case '<':
    case '>':
    case '\\': return true;
    default: return false;
  }
}

// Nothing in it needs an escape, of any kind.
bool is_plain(std::string_view text) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ' || text.front() == '#')
    return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c >= ' ' && c <= '~' && !is_special(c); });
}

std::string escaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool edge_space = c == ' ' && (i == 0 || i + 1 == text.size());
    if (is_special(c) || edge_space || (c == '#' && i == 0)) {
      out += '\\';
      out += c;
    } else {
      out += c;
    }
  }
  return out;
}

void append(std::string& out, const AttributeTypeAndValue& attribute) {
  const std::string_view short_form = short_name(attribute.type);
  if (short_form.empty())
    out += to_string(attribute.type);
  else
    out += short_form;
  out += '=';
  const std::string_view as_it_stands = wire::as_text(attribute.value);
  if (folds(attribute.string_type) && is_plain(as_it_stands)) {
    out += as_it_stands;
  } else if (const auto text = text_of(attribute.string_type, attribute.value)) {
    out += printable(escaped(*text));
  } else {
    out += '#';
    out += wire::hex(attribute.value);
  }
}

}  // namespace

Name::Name(std::vector<RelativeDistinguishedName> rdns) : rdns_(std::move(rdns)) {
  for (const RelativeDistinguishedName& rdn : rdns_) {
    if (rdn.empty()) throw std::logic_error("a RelativeDistinguishedName without attributes");
    append_key_of(key_, rdn);
  }
}

bool Name::is_within(const Name& base) const {
  // Keys are framed RDN by RDN, so that a prefix of the key is a prefix of the RDNs.
  return base.rdns_.size() <= rdns_.size() && key_.compare(0, base.key_.size(), base.key_) == 0;
}

RelativeDistinguishedName read_rdn(DerReader& der, std::string_view field, Tag tag) {
  RelativeDistinguishedName rdn;
  const std::size_t begin = der.offset();
  der.set_of(field, tag, [&] { rdn.push_back(read_attribute(der)); });
  der.require(!rdn.empty(), begin, "a RelativeDistinguishedName without attributes", section);
  return rdn;
}

Name read_name(DerReader& der, std::string_view field) {
  Name name;
  der.sequence(field, [&] {
    while (!der.done()) {
      RelativeDistinguishedName rdn = read_rdn(der, "RelativeDistinguishedName", Tag::set);
      append_key_of(name.key_, rdn);
      name.rdns_.push_back(std::move(rdn));
    }
  });
  return der.ok() ? name : Name();
}

std::string to_string(const AttributeTypeAndValue& attribute) {
  std::string text;
  append(text, attribute);
  return text;
}

std::string to_string(const Name& name) {
  std::string text;
  for (auto rdn = name.rdns().rbegin(); rdn != name.rdns().rend(); ++rdn) {
    if (!text.empty()) text += ',';
    for (std::size_t i = 0; i < rdn->size(); ++i) {
      if (i > 0) text += '+';
      append(text, (*rdn)[i]);
    }
  }
  return text;
}

}  // namespace glasstls::x509
