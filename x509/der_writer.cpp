#include "x509/der_writer.h"

#include <algorithm>
#include <array>
#include <bit>
#include <stdexcept>
#include <string>

namespace glasstls::x509 {

namespace {

void require(bool holds, const char* misuse) {
  if (!holds) throw std::logic_error(misuse);
}

// X.690, 8.3.2: the first nine bits are neither all zeros nor all ones.
bool is_minimal(View content) {
  if (content.size() < 2) return content.size() == 1;
  const bool sign_bit = (content[1] & 0x80) != 0;
  return content[0] != (sign_bit ? 0xff : 0x00);
}

// "20261123210700"
std::string digits_of(Time time) {
  std::string text = to_string(time);
  std::erase_if(text, [](char c) { return c < '0' || c > '9'; });
  return text;
}

}  // namespace

std::size_t DerWriter::open(Tag tag) {
  require((static_cast<unsigned>(tag) & 0x1f) != 0x1f, "a tag number above 30");
  append(static_cast<std::uint8_t>(tag));
  append(0);  // the length, if it is short
  return bytes_.size();
}

void DerWriter::close(std::size_t begin) {
  const std::size_t length = bytes_.size() - begin;
  if (length < 0x80) {
    bytes_[begin - 1] = static_cast<std::uint8_t>(length);
    return;
  }
  const std::size_t size = (static_cast<std::size_t>(std::bit_width(length)) + 7) / 8;
  bytes_[begin - 1] = static_cast<std::uint8_t>(0x80 | size);
  bytes_.insert(bytes_.begin() + static_cast<std::ptrdiff_t>(begin), size, 0);
  for (std::size_t i = 0; i < size; ++i) {
    bytes_[begin + i] = static_cast<std::uint8_t>(length >> 8 * (size - 1 - i) & 0xff);
  }
}

void DerWriter::set_of(std::vector<Bytes> elements, Tag tag) {
  // No encoding is the beginning of another, so that X.690's padding with zeros never matters.
  std::sort(elements.begin(), elements.end());
  inside(tag, [&] {
    for (const Bytes& element : elements) raw(element);
  });
}

void DerWriter::element(Tag tag, View content) {
  inside(tag, [&] { raw(content); });
}

void DerWriter::element(Tag tag, std::string_view text) { element(tag, wire::as_bytes(text)); }

void DerWriter::boolean(bool value, Tag tag) {
  const std::array<std::uint8_t, 1> content{static_cast<std::uint8_t>(value ? 0xff : 0x00)};
  element(tag, content);
}

void DerWriter::integer(View content, Tag tag) {
  require(is_minimal(content), "an INTEGER that is not minimal");
  element(tag, content);
}

void DerWriter::unsigned_integer(View magnitude, Tag tag) {
  while (!magnitude.empty() && magnitude[0] == 0) magnitude = magnitude.subspan(1);
  inside(tag, [&] {
    if (magnitude.empty() || (magnitude[0] & 0x80) != 0) append(0);
    raw(magnitude);
  });
}

void DerWriter::small_integer(std::uint32_t value, Tag tag) {
  const std::array<std::uint8_t, 4> big_endian{
      static_cast<std::uint8_t>(value >> 24), static_cast<std::uint8_t>(value >> 16 & 0xff),
      static_cast<std::uint8_t>(value >> 8 & 0xff), static_cast<std::uint8_t>(value & 0xff)};
  unsigned_integer(big_endian, tag);
}

void DerWriter::octet_string(View bytes, Tag tag) { element(tag, bytes); }

void DerWriter::bit_string(BitString bits, Tag tag) {
  require(bits.unused <= 7, "a BIT STRING with more than 7 unused bits");
  require(bits.unused == 0 || !bits.bytes.empty(), "unused bits without bytes");
  const unsigned unused_mask = (1u << bits.unused) - 1;
  require(bits.bytes.empty() || (bits.bytes.back() & unused_mask) == 0,
          "unused bits that are not zero");
  inside(tag, [&] {
    append(static_cast<std::uint8_t>(bits.unused));
    raw(bits.bytes);
  });
}

void DerWriter::named_bits(std::uint16_t bits, Tag tag) {
  const auto count = static_cast<std::size_t>(std::bit_width(bits));
  std::array<std::uint8_t, 2> bytes{};  // bit 0 is the highest of the first byte
  for (std::size_t i = 0; i < count; ++i) {
    if ((bits >> i & 1) != 0) {
      bytes[i / 8] = static_cast<std::uint8_t>(bytes[i / 8] | 0x80u >> i % 8);
    }
  }
  const std::size_t size = (count + 7) / 8;
  bit_string({View(bytes).first(size), static_cast<unsigned>(size * 8 - count)}, tag);
}

void DerWriter::null() { element(Tag::null, View()); }

void DerWriter::object_identifier(const Oid& oid, Tag tag) {
  require(!oid.content().empty(), "an empty OBJECT IDENTIFIER");
  element(tag, oid.content());
}

void DerWriter::time(Time time) {
  static const Time first = time_from(0, 1, 1, 0, 0, 0).value();
  static const Time last = time_from(9999, 12, 31, 23, 59, 59).value();
  static const Time utc_first = time_from(1950, 1, 1, 0, 0, 0).value();
  static const Time utc_last = time_from(2049, 12, 31, 23, 59, 59).value();
  require(time >= first && time <= last, "a time outside the years 0 to 9999");
  const std::string digits = digits_of(time);
  if (time >= utc_first && time <= utc_last) {
    element(Tag::utc_time, digits.substr(2) + "Z");
  } else {
    element(Tag::generalized_time, digits + "Z");
  }
}

}  // namespace glasstls::x509
