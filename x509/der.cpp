#include "x509/der.h"

#include <algorithm>
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

DerReader::DerReader(View der, FieldSink* sink, std::size_t base)
    : bytes_(der), sink_(sink), base_(base), end_(der.size()) {
  if (der.size() > max_size) fail(base, "larger than 1 MiB", "X.690, 8.1.3");
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

void DerReader::describe(std::string value) {
  if (sink_ && ok()) sink_->text(std::move(value));
}

void DerReader::open(std::string_view name) {
  if (sink_ && ok() && !name.empty()) sink_->begin(name, offset());
}

void DerReader::begin_content(std::string_view name) {
  if (sink_ && ok() && !name.empty()) sink_->content(offset());
}

// The end of a field is told only when all went well inside.
void DerReader::close(std::string_view name) {
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
  if (depth_ == max_depth) {
    fail(base_ + begin, "nested too deeply", "X.690, 8.1.1");
    return std::nullopt;
  }
  ++depth_;
  position_ = head->content;
  begin_content(name);
  return Entered{name, begin, std::exchange(end_, head->end)};
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
  begin_content(name);
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

bool DerReader::boolean(std::string_view name) {
  const Element element = read(name, Tag::boolean);
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
  describe(display(*oid));
  close(name);
  return *oid;
}

}  // namespace glasstls::x509
