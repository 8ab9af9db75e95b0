#include "x509/der.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace glasstls::x509 {

std::string to_string(Tag tag) {
  switch (tag) {
    case Tag::none: return "nothing";
    case Tag::boolean: return "BOOLEAN";
    case Tag::integer: return "INTEGER";
    case Tag::bit_string: return "BIT STRING";
    case Tag::octet_string: return "OCTET STRING";
    case Tag::null: return "NULL";
    case Tag::object_identifier: return "OBJECT IDENTIFIER";
    case Tag::enumerated: return "ENUMERATED";
    case Tag::utf8_string: return "UTF8String";
    case Tag::numeric_string: return "NumericString";
    case Tag::printable_string: return "PrintableString";
    case Tag::teletex_string: return "TeletexString";
    case Tag::ia5_string: return "IA5String";
    case Tag::utc_time: return "UTCTime";
    case Tag::generalized_time: return "GeneralizedTime";
    case Tag::visible_string: return "VisibleString";
    case Tag::universal_string: return "UniversalString";
    case Tag::bmp_string: return "BMPString";
    case Tag::sequence: return "SEQUENCE";
    case Tag::set: return "SET";
  }
  const auto octet = static_cast<std::uint8_t>(tag);
  if ((octet & 0xc0) == 0x80) return "[" + std::to_string(octet & 0x1f) + "]";
  return "tag " + wire::hex(View(&octet, 1));
}

std::string with_article(std::string_view noun) {
  constexpr std::string_view vowels = "aeioAEIO";  // a u is spoken as in "UTF"
  const bool vowel = !noun.empty() && vowels.find(noun.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + std::string(noun);
}

DerReader::DerReader(View der, FieldSink* sink, std::size_t base, std::size_t limit)
    : bytes_(der), sink_(sink), base_(base), end_(der.size()) {
  if (der.size() > limit) {
    fail(base, "larger than " + std::to_string(limit >> 20) + " MiB", "X.690, 8.1.3");
  }
}

void DerReader::finish() {
  require(position_ == end_, offset(), "bytes after the end of the value", "X.690, 8.1.1");
}

Tag DerReader::next() const { return done() ? Tag::none : static_cast<Tag>(bytes_[position_]); }

void DerReader::fail(std::size_t offset, std::string what, std::string_view section) {
  if (ok()) error_ = Malformed{offset, std::move(what), section};
}

void DerReader::require(bool holds, std::size_t offset, std::string_view what,
                        std::string_view section) {
  if (!holds) fail(offset, std::string(what), section);
}

void DerReader::tolerate(std::size_t offset, std::string what, std::string_view section) {
  if (ok() && tolerated_.size() < max_tolerated) {
    tolerated_.push_back({offset, std::move(what), section});
  }
}

void DerReader::require_ascending(View previous, View now, std::size_t begin) {
  const bool ascending =
      std::lexicographical_compare(previous.begin(), previous.end(), now.begin(), now.end());
  require(ascending, begin, "a SET OF that is not in ascending order", "X.690, 11.6");
}

void DerReader::describe(std::string value) {
  if (sink_ && ok()) sink_->text(std::move(value));
}

void DerReader::open(std::string_view name) {
  if (!sink_ || !ok() || name.empty()) return;
  sink_->begin(name, offset());
  fresh_ = true;
}

void DerReader::begin_content() {
  if (sink_ && ok() && fresh_) sink_->content(offset());
  fresh_ = false;
}

// The end of a field is told only when all went well inside.
void DerReader::close(std::string_view name) {
  fresh_ = false;
  if (sink_ && ok() && !name.empty()) sink_->end(name, offset());
}

// Reads tag and length; moves position_ to the first content byte.
std::optional<DerReader::Header> DerReader::header() {
  if (!ok()) return std::nullopt;
  const std::size_t begin = position_;
  const auto refuse = [&](std::size_t at, const char* what,
                          std::string_view section) -> std::optional<Header> {
    fail(base_ + at, what, section);
    return std::nullopt;
  };

  if (end_ - begin < 2) return refuse(begin, "ends where an element is expected", "X.690, 8.1.1");
  const std::uint8_t tag = bytes_[begin];
  if ((tag & 0x1f) == 0x1f) return refuse(begin, "a tag number above 30", "X.690, 8.1.2.4");

  std::size_t content = begin + 2;
  std::size_t length = bytes_[begin + 1];
  if (length == 0x80) return refuse(begin + 1, "an indefinite length", "X.690, 10.1");
  if (length > 0x80) {
    const std::size_t octets = length & 0x7f;
    if (octets > 3) return refuse(begin + 1, "a length of more than 3 octets", "X.690, 8.1.3.5");
    if (end_ - content < octets) return refuse(begin + 1, "ends in a length", "X.690, 8.1.3.5");
    length = 0;
    for (std::size_t i = 0; i < octets; ++i) length = length << 8 | bytes_[content++];
    const bool minimal = length >= 0x80 && length >> (8 * (octets - 1)) != 0;
    if (!minimal) return refuse(begin + 1, "a length that is not minimal", "X.690, 10.1");
  }
  if (end_ - content < length) {
    return refuse(begin + 1, "a length that goes beyond the end", "X.690, 8.1.3");
  }
  return Header{static_cast<Tag>(tag), content, content + length};
}

std::optional<DerReader::Header> DerReader::header(Tag expected) {
  if (!ok()) return std::nullopt;
  const Tag found = next();
  if (found != expected) {
    fail(offset(), "expected " + to_string(expected) + ", found " + to_string(found),
         "X.690, 8.1.2");
    return std::nullopt;
  }
  return header();
}

std::optional<DerReader::Entered> DerReader::enter(std::string_view name, Tag tag) {
  const std::size_t begin = position_;
  open(name);
  const auto head = header(tag);
  if (!head) return std::nullopt;
  position_ = head->content;
  return enter_content(name, begin, head->end);
}

// From position_ to `end`.
std::optional<DerReader::Entered> DerReader::enter_content(std::string_view name, std::size_t begin,
                                                           std::size_t end) {
  if (depth_ == max_depth) {
    fail(base_ + begin, "nested too deeply", "X.690, 8.1.1");
    return std::nullopt;
  }
  ++depth_;
  begin_content();
  return Entered{name, begin, std::exchange(end_, end)};
}

std::optional<DerReader::Entered> DerReader::enter_bit_string(std::string_view name) {
  const auto entered = enter(name, Tag::bit_string);
  if (!entered) return std::nullopt;
  if (position_ == end_ || bytes_[position_] != 0) {
    fail(offset(), "a BIT STRING that is not whole bytes", "X.690, 8.6.2");
    return std::nullopt;
  }
  ++position_;
  return entered;
}

View DerReader::leave(const Entered& entered) {
  require(position_ == end_, offset(), "an element that nothing asks for here", "X.690, 8.9.2");
  if (!ok()) return {};
  --depth_;
  end_ = entered.outer_end;
  close(entered.name);
  return bytes_.subspan(entered.begin, position_ - entered.begin);
}

Element DerReader::read(std::string_view name, std::optional<Tag> tag) {
  const std::size_t begin = position_;
  open(name);
  const auto head = tag ? header(*tag) : header();
  if (!head) return {};
  position_ = head->content;
  begin_content();
  position_ = head->end;
  return {head->tag, bytes_.subspan(head->content, head->end - head->content),
          bytes_.subspan(begin, head->end - begin), base_ + begin};
}

Element DerReader::element(std::string_view name, Tag tag) {
  const Element element = read(name, tag);
  close(name);
  return element;
}

Element DerReader::any(std::string_view name) {
  const Element element = read(name, std::nullopt);
  close(name);
  return element;
}

bool DerReader::boolean(std::string_view name, Tag tag) {
  const Element element = read(name, tag);
  if (!ok()) return false;
  const bool valid =
      element.content.size() == 1 && (element.content[0] == 0x00 || element.content[0] == 0xff);
  require(valid, element.offset, "a BOOLEAN that is neither 00 nor FF", "X.690, 11.1");
  if (!ok()) return false;
  const bool value = element.content[0] == 0xff;
  describe(value ? "TRUE" : "FALSE");
  close(name);
  return value;
}

bool DerReader::boolean_or_false(std::string_view name, Tag tag) {
  if (next() != tag) return false;
  const std::size_t begin = offset();
  const bool value = boolean(name, tag);
  if (!value)
    tolerate(begin, "the DEFAULT FALSE of " + std::string(name) + " encoded", "X.690, 11.5");
  return value;
}

View DerReader::integer(std::string_view name, Tag tag) {
  const Element element = read(name, tag);
  if (!ok()) return {};
  const View content = element.content;
  require(!content.empty(), element.offset, "an INTEGER without content", "X.690, 8.3.1");
  if (content.size() > 1) {
    const bool padded =
        (content[0] == 0x00 && content[1] < 0x80) || (content[0] == 0xff && content[1] >= 0x80);
    require(!padded, element.offset, "an INTEGER that is not minimal", "X.690, 8.3.2");
  }
  close(name);
  return ok() ? content : View();
}

View DerReader::unsigned_integer(std::string_view name) {
  const std::size_t begin = offset();
  const View content = integer(name);
  if (!ok()) return {};
  require(content[0] < 0x80, begin, "a negative INTEGER", "X.690, 8.3.3");
  if (!ok()) return {};
  return content.size() > 1 && content[0] == 0 ? content.subspan(1) : content;
}

std::uint32_t DerReader::small_integer(std::string_view name, Tag tag) {
  const std::size_t begin = offset();
  std::uint32_t value = 0;
  field(name, [&] {
    const View content = integer({}, tag);
    if (!ok()) return;
    require(content[0] < 0x80, begin, "a negative INTEGER", "X.690, 8.3.3");
    const View magnitude = content.size() > 1 && content[0] == 0 ? content.subspan(1) : content;
    require(magnitude.size() <= 4, begin, "an INTEGER beyond 32 bits", "X.690, 8.3");
    if (!ok()) return;
    for (const std::uint8_t byte : magnitude) value = value << 8 | byte;
    if (sink_) sink_->number(value, {});
  });
  return value;
}

View DerReader::octet_string(std::string_view name, Tag tag) { return element(name, tag).content; }

BitString DerReader::bit_string(std::string_view name, Tag tag) {
  const Element element = read(name, tag);
  if (!ok()) return {};
  const View content = element.content;
  const bool has_count =
      !content.empty() && content[0] <= 7 && (content.size() > 1 || content[0] == 0);
  require(has_count, element.offset, "a BIT STRING without its count of unused bits",
          "X.690, 8.6.2");
  if (!ok()) return {};
  const BitString bits{content.subspan(1), content[0]};
  const unsigned padding = bits.bytes.empty() ? 0 : bits.bytes.back() & ((1u << bits.unused) - 1);
  require(padding == 0, element.offset, "unused bits that are not zero", "X.690, 11.2.1");
  close(name);
  return ok() ? bits : BitString();
}

View DerReader::byte_string(std::string_view name) {
  const std::size_t begin = offset();
  const BitString bits = bit_string(name);
  require(bits.unused == 0, begin, "a BIT STRING that is not whole bytes", "X.690, 8.6.2");
  return ok() ? bits.bytes : View();
}

void DerReader::null(std::string_view name) {
  const Element element = this->element(name, Tag::null);
  require(element.content.empty(), element.offset, "a NULL with content", "X.690, 8.8.2");
}

Oid DerReader::object_identifier(std::string_view name) {
  const Element element = read(name, Tag::object_identifier);
  if (!ok()) return {};
  const auto oid = Oid::from_der(element.content);
  require(oid.has_value(), element.offset, "a malformed OBJECT IDENTIFIER", "X.690, 8.19");
  if (!ok()) return {};
  describe([&] { return display(*oid); });
  close(name);
  return *oid;
}

std::uint16_t DerReader::named_bits(std::string_view name, Tag tag, unsigned count,
                                    std::string_view section) {
  const std::size_t begin = offset();
  std::uint32_t set = 0;
  const BitString bits = bit_string(name, tag);
  const std::size_t size = bits.bytes.size() * 8 - bits.unused;
  bool unknown = bits.bytes.size() > 2;
  for (unsigned i = 0; i < size && !unknown; ++i) {
    if ((bits.bytes[i / 8] >> (7 - i % 8) & 1) != 0) set |= 1u << i;
  }
  unknown = unknown || set >> count != 0;
  require(!unknown, begin, "bits that have no name", section);
  if (!ok()) return 0;
  if (size > static_cast<std::size_t>(std::bit_width(set))) {
    tolerate(begin, "zeros at the end of a list of named bits", "X.690, 11.2.2");
  }
  return static_cast<std::uint16_t>(set);
}

Time DerReader::time(std::string_view name) {
  constexpr std::string_view section = "RFC 5280, 4.1.2.5";
  const bool utc = next() == Tag::utc_time;
  if (utc) return read_time(name, Tag::utc_time);
  const std::size_t begin = offset();
  const Time time = read_time(name, Tag::generalized_time);
  if (time >= *time_from(1950, 1, 1, 0, 0, 0) && time < *time_from(2050, 1, 1, 0, 0, 0)) {
    tolerate(begin, "a GeneralizedTime before 2050", section);
  }
  return time;
}

Time DerReader::generalized_time(std::string_view name) {
  return read_time(name, Tag::generalized_time);
}

Time DerReader::read_time(std::string_view name, Tag tag) {
  const Element element = read(name, tag);
  if (!ok()) return {};
  const std::string_view text = wire::as_text(element.content);
  const auto time = tag == Tag::utc_time ? parse_utc_time(text) : parse_generalized_time(text);
  require(time.has_value(), element.offset, "not a time with seconds in UTC", "RFC 5280, 4.1.2.5");
  if (!time) return {};
  describe([&] { return to_string(*time); });
  close(name);
  return *time;
}

std::optional<DerReader::Entered> DerReader::enter_tls_vector(std::string_view name) {
  const std::size_t begin = position_;
  open(name);
  const std::uint64_t size = tls_number({}, 2);
  require(size <= end_ - position_, base_ + begin, "a length that goes beyond the end",
          "RFC 5246, 4.3");
  if (!ok()) return std::nullopt;
  fresh_ = sink_ != nullptr && !name.empty();
  return enter_content(name, begin, position_ + static_cast<std::size_t>(size));
}

std::uint64_t DerReader::tls_number(std::string_view name, std::size_t size) {
  std::uint64_t value = 0;
  field(name, [&] {
    for (const std::uint8_t byte : tls_bytes({}, size)) value = value << 8 | byte;
    if (sink_ && ok() && !name.empty()) sink_->number(value, {});
  });
  return value;
}

View DerReader::tls_bytes(std::string_view name, std::size_t size) {
  require(!ok() || size <= end_ - position_, offset(), "ends where bytes are expected",
          "RFC 5246, 4.3");
  if (!ok()) return {};
  open(name);
  fresh_ = false;
  const View bytes = bytes_.subspan(position_, size);
  position_ += size;
  close(name);
  return bytes;
}

}  // namespace glasstls::x509
