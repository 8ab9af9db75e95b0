#include "x509/name_text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "x509/der.h"
#include "x509/encode.h"
#include "x509/oid.h"
#include "x509/utf8.h"

namespace glasstls::x509 {

namespace {

constexpr std::string_view section = "RFC 4514, 3";
constexpr std::size_t unbounded = std::numeric_limits<std::size_t>::max();

enum class Syntax { directory_string, printable_string, ia5_string, country };

// RFC 4514, 3; RFC 5280, A.1, with its upper bounds in characters.
struct AttributeType {
  std::string_view short_name, other_name;
  Oid oid;
  Syntax syntax = Syntax::directory_string;
  std::size_t upper_bound = unbounded;
};

constexpr AttributeType types[] = {
    {"CN", "", oid::commonName, Syntax::directory_string, 64},
    {"O", "", oid::organizationName, Syntax::directory_string, 64},
    {"OU", "", oid::organizationalUnitName, Syntax::directory_string, 64},
    {"C", "", oid::countryName, Syntax::country, 2},
    {"ST", "S", oid::stateOrProvinceName, Syntax::directory_string, 128},
    {"L", "", oid::localityName, Syntax::directory_string, 128},
    {"STREET", "street", oid::streetAddress},
    {"DC", "", oid::domainComponent, Syntax::ia5_string},
    {"UID", "userId", oid::userId},
    {"SN", "", oid::surname},
    {"GN", "", oid::givenName},
    {"title", "", oid::title, Syntax::directory_string, 64},
    {"initials", "", oid::initials},
    {"name", "", oid::x520name},
    {"pseudonym", "", oid::pseudonym, Syntax::directory_string, 128},
    {"generationQualifier", "", oid::generationQualifier},
    {"dnQualifier", "", oid::dnQualifier, Syntax::printable_string},
    {"serialNumber", "", oid::serialNumber, Syntax::printable_string, 64},
    {"postalCode", "", oid::postalCode},
    {"businessCategory", "", oid::businessCategory},
    {"organizationIdentifier", "", oid::organizationIdentifier},
    {"emailAddress", "E", oid::emailAddress, Syntax::ia5_string, 255},
};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_word(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

const AttributeType* known_type(std::string_view word) {
  const auto* found = std::find_if(std::begin(types), std::end(types), [&](const auto& type) {
    return same_word(word, type.short_name) || same_word(word, name_of(type.oid)) ||
           (!type.other_name.empty() && same_word(word, type.other_name));
  });
  return found == std::end(types) ? nullptr : found;
}

const AttributeType* known_type(const Oid& oid) {
  const auto* found = std::find_if(std::begin(types), std::end(types),
                                   [&](const auto& type) { return type.oid == oid; });
  return found == std::end(types) ? nullptr : found;
}

// The alphabet of PrintableString, X.680, 41.4.
bool is_printable_string(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const bool alphanumeric = (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z');
    constexpr std::string_view others = " '()+,-./:=?";
    return alphanumeric || others.find(c) != std::string_view::npos;
  });
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

// What is wrong with a value; empty if nothing is.
std::string_view fault_of(const AttributeType& type, std::string_view value) {
  if (value.empty()) return "an attribute without a value";
  if (!is_utf8(value)) return "a value that is not UTF-8";
  if (value.find('\0') != std::string_view::npos) return "a value with a NUL";
  switch (type.syntax) {
    case Syntax::directory_string: break;
    case Syntax::ia5_string:
      if (!is_ascii(value)) return "a value that is not ASCII, as its type wants it";
      break;
    case Syntax::printable_string:
      if (!is_printable_string(value)) return "a value that PrintableString cannot hold";
      break;
    case Syntax::country:
      if (value.size() != 2 || !is_letter(value[0]) || !is_letter(value[1])) {
        return "a country that is not two letters";
      }
      break;
  }
  if (characters(value) > type.upper_bound) return "a value longer than RFC 5280, A.1 allows";
  return {};
}

AttributeTypeAndValue attribute_of(const AttributeType& type, std::string_view value) {
  const bool ia5 = type.syntax == Syntax::ia5_string;
  const Tag text = is_printable_string(value) ? Tag::printable_string : Tag::utf8_string;
  return {type.oid, ia5 ? Tag::ia5_string : text, wire::copy(wire::as_bytes(value))};
}

// A piece of the text, from its first to its last character that counts.
struct Piece {
  std::string text;
  std::size_t offset = 0;
};

// Reads both forms: they differ in what sets RDNs apart, in their order, and in escapes.
class NameReader {
 public:
  explicit NameReader(std::string_view text)
      : text_(text), slashes_(text.starts_with('/')), position_(slashes_ ? 1 : 0) {}

  Result<Name> read() {
    std::vector<RelativeDistinguishedName> rdns;
    bool joined = false;
    while (!error_ && (position_ < text_.size() || !rdns.empty())) {
      std::optional<AttributeTypeAndValue> attribute = read_attribute();
      if (!attribute) break;
      if (!joined) rdns.emplace_back();
      rdns.back().push_back(*std::move(attribute));
      if (position_ == text_.size()) break;
      joined = text_[position_++] == '+';
    }
    if (error_) return *error_;
    if (!slashes_) std::reverse(rdns.begin(), rdns.end());
    return checked(Name(std::move(rdns)));
  }

 private:
  // A name that every reader takes: values given in hexadecimal may be anything, and an RDN may
  // hold the same attribute twice.
  static Result<Name> checked(Name name) {
    const Bytes bytes = encode(name);
    DerReader der(bytes);
    read_name(der, {});
    if (!der.ok()) return Malformed{0, der.error().what, der.error().section};
    return name;
  }

  std::nullopt_t fail(std::size_t offset, std::string_view what) {
    if (!error_) error_ = Malformed{offset, std::string(what), section};
    return std::nullopt;
  }

  bool ends_value(char c) const { return c == '+' || c == (slashes_ ? '/' : ','); }
  void skip_spaces() {
    while (position_ < text_.size() && text_[position_] == ' ') ++position_;
  }

  std::optional<AttributeTypeAndValue> read_attribute() {
    skip_spaces();
    const std::size_t type_at = position_;
    while (position_ < text_.size() && text_[position_] != '=') {
      if (ends_value(text_[position_])) break;
      ++position_;
    }
    if (position_ == text_.size() || text_[position_] != '=') {
      return fail(type_at, "an attribute without '='");
    }
    std::string_view word = text_.substr(type_at, position_ - type_at);
    while (word.ends_with(' ')) word.remove_suffix(1);
    const std::optional<AttributeType> type = type_of(word);
    if (!type) return fail(type_at, "an attribute of a type that is not known");
    ++position_;
    skip_spaces();
    if (!slashes_ && text_.substr(position_).starts_with('#')) return read_hex_value(type->oid);
    const std::optional<Piece> value = read_value();
    if (!value) return std::nullopt;
    const std::string_view fault = fault_of(*type, value->text);
    if (!fault.empty()) return fail(value->offset, fault);
    return attribute_of(*type, value->text);
  }

  static std::optional<AttributeType> type_of(std::string_view word) {
    if (const AttributeType* known = known_type(word)) return *known;
    const std::optional<Oid> oid = parse_oid(word);
    if (!oid) return std::nullopt;
    if (const AttributeType* known = known_type(*oid)) return *known;
    return AttributeType{{}, {}, *oid};
  }

  // Up to what ends it; spaces at its end do not count unless escaped.
  std::optional<Piece> read_value() {
    Piece piece{{}, position_};
    std::size_t counted = 0;
    while (position_ < text_.size() && !ends_value(text_[position_])) {
      const char c = text_[position_];
      if (c == '\\') {
        const std::optional<char> escaped = read_escape();
        if (!escaped) return std::nullopt;
        piece.text += *escaped;
        counted = piece.text.size();
        continue;
      }
      if (!slashes_ && std::string_view("\";<>").find(c) != std::string_view::npos) {
        return fail(position_, "a character that must be escaped with '\\'");
      }
      piece.text += c;
      if (c != ' ') counted = piece.text.size();
      ++position_;
    }
    piece.text.resize(counted);
    return piece;
  }

  // RFC 4514: a special character or two hexadecimal digits; OpenSSL: any character.
  std::optional<char> read_escape() {
    const std::size_t begin = position_++;
    if (position_ == text_.size()) return fail(begin, "a '\\' that escapes nothing");
    const char c = text_[position_++];
    if (slashes_ || std::string_view(" \"#+,;<=>\\").find(c) != std::string_view::npos) return c;
    const auto byte = wire::unhex(text_.substr(position_ - 1, 2));
    if (!byte || byte->size() != 1) {
      return fail(begin, "a '\\' before what is neither special nor two hexadecimal digits");
    }
    ++position_;
    return static_cast<char>(byte->front());
  }

  // "#" and the DER of the value in hexadecimal.
  std::optional<AttributeTypeAndValue> read_hex_value(const Oid& type) {
    const std::size_t begin = position_++;
    while (position_ < text_.size() && !ends_value(text_[position_])) ++position_;
    std::string_view digits = text_.substr(begin + 1, position_ - begin - 1);
    while (digits.ends_with(' ')) digits.remove_suffix(1);
    const Bytes bytes = wire::unhex(digits).value_or(Bytes());
    DerReader der(bytes);
    const Element element = der.any({});
    der.finish();
    if (!der.ok()) return fail(begin, "a '#' without the hexadecimal of one DER value");
    return AttributeTypeAndValue{type, element.tag, wire::copy(element.content)};
  }

  std::string_view text_;
  bool slashes_;
  std::size_t position_;
  std::optional<Malformed> error_;
};

}  // namespace

Result<Name> parse_name(std::string_view text) { return NameReader(text).read(); }

Name common_name(std::string_view text) {
  const AttributeType& type = types[0];
  const std::string_view fault = fault_of(type, text);
  if (!fault.empty()) throw std::logic_error("common name: " + std::string(fault));
  return Name({{attribute_of(type, text)}});
}

}  // namespace glasstls::x509
