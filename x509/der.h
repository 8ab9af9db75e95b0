// DER, the encoding of certificates and keys, read strictly. X.690, 8 and 10.
//
// A DerReader walks one buffer. Its first failure sticks: it is kept with its offset, every later
// read yields an empty value and done() is true, so that parsing code reads straight through and
// asks once, at the end, whether all was well.
//
//   DerReader der(bytes);
//   der.sequence("validity", [&] {
//     not_before = read_time(der, "notBefore");
//     not_after = read_time(der, "notAfter");
//   });
//   der.finish();
//   if (!der.ok()) return der.error();
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "wire/bytes.h"
#include "wire/field.h"
#include "x509/oid.h"
#include "x509/result.h"

namespace glasstls::x509 {

/// The identifier octet: class, constructed bit and a tag number below 31. X.690, 8.1.2.
enum class Tag : std::uint8_t {
  none = 0x00,
  boolean = 0x01,
  integer = 0x02,
  bit_string = 0x03,
  octet_string = 0x04,
  null = 0x05,
  object_identifier = 0x06,
  utf8_string = 0x0c,
  numeric_string = 0x12,
  printable_string = 0x13,
  teletex_string = 0x14,
  ia5_string = 0x16,
  utc_time = 0x17,
  generalized_time = 0x18,
  visible_string = 0x1a,
  universal_string = 0x1c,
  bmp_string = 0x1e,
  sequence = 0x30,
  set = 0x31,
};

/// [number], holding bytes (IMPLICIT over a primitive type) ...
constexpr Tag context(unsigned number) { return static_cast<Tag>(0x80 | number); }
/// ... or elements (EXPLICIT, or IMPLICIT over a constructed type).
constexpr Tag context_constructed(unsigned number) { return static_cast<Tag>(0xa0 | number); }
constexpr bool is_constructed(Tag tag) { return (static_cast<unsigned>(tag) & 0x20) != 0; }

/// "SEQUENCE", "[3]" (constructed or not).
std::string to_string(Tag tag);

/// One tag, length and value; the views borrow the reader's buffer.
struct Element {
  Tag tag = Tag::none;
  View content;            // the value alone
  View whole;              // with tag and length
  std::size_t offset = 0;  // absolute, of the tag
};

/// A BIT STRING; `unused` bits (0 to 7) at the end of the last byte are zero and do not count.
struct BitString {
  View bytes;
  unsigned unused = 0;
};

class DerReader {
 public:
  static constexpr std::size_t max_size = std::size_t{1} << 20;  // bytes of the whole buffer
  static constexpr std::size_t max_depth = 24;                   // elements within elements

  /// Offsets told to `sink` and in errors count from `base`. The buffer must outlive the reader.
  explicit DerReader(View der, FieldSink* sink = nullptr, std::size_t base = 0);

  bool ok() const { return !error_.has_value(); }
  /// The first failure. Only if !ok().
  const Malformed& error() const { return *error_; }

  /// Nothing more to read in the innermost open element (or in the buffer); true after a failure.
  bool done() const { return !ok() || position_ == end_; }
  /// Fails unless the buffer was read to its end.
  void finish();
  /// Absolute offset of the next element.
  std::size_t offset() const { return base_ + position_; }
  /// The tag of the next element; Tag::none at the end or after a failure.
  Tag next() const;

  /// The unread bytes of the innermost open element; empty after a failure.
  View rest() const { return ok() ? bytes_.subspan(position_, end_ - position_) : View(); }

  /// Passes over rest() without looking into it.
  void skip_rest() { position_ = ok() ? end_ : position_; }

  /// Records a failure at `offset` (absolute), unless there is one already.
  void fail(std::size_t offset, std::string what, std::string_view section);
  /// fail() unless `holds`.
  void require(bool holds, std::size_t offset, std::string_view what, std::string_view section);

  /// Enters an element, runs `body`, which must read all of it, and leaves it. Returns the element
  /// with tag and length (empty after a failure). Serves SEQUENCE, SET, [n], and OCTET STRING that
  /// holds DER. The body is not run after a failure.
  template <class Body>
  View inside(std::string_view name, Tag tag, Body&& body) {
    const std::optional<Entered> entered = enter(name, tag);
    if (!entered) return {};
    body();
    return leave(*entered);
  }
  template <class Body>
  View sequence(std::string_view name, Body&& body) {
    return inside(name, Tag::sequence, body);
  }
  /// A BIT STRING of whole bytes that holds DER.
  template <class Body>
  View inside_bit_string(std::string_view name, Body&& body) {
    const std::optional<Entered> entered = enter_bit_string(name);
    if (!entered) return {};
    body();
    return leave(*entered);
  }

  /// One element with this tag; its content is not looked into.
  Element element(std::string_view name, Tag tag);
  /// One element with any tag.
  Element any(std::string_view name);

  bool boolean(std::string_view name);
  /// Two's complement, at least one byte, minimal.
  View integer(std::string_view name, Tag tag = Tag::integer);
  /// A non-negative INTEGER without its sign byte: the big-endian magnitude.
  View unsigned_integer(std::string_view name);
  /// A non-negative INTEGER that fits 32 bits.
  std::uint32_t small_integer(std::string_view name, Tag tag = Tag::integer);
  View octet_string(std::string_view name, Tag tag = Tag::octet_string);
  BitString bit_string(std::string_view name, Tag tag = Tag::bit_string);
  /// A BIT STRING whose length is a whole number of bytes.
  View byte_string(std::string_view name);
  void null(std::string_view name);
  Oid object_identifier(std::string_view name);

  /// A field of the tree around what `body` reads; reads with an empty name make no field of their
  /// own. describe() gives the innermost open field its value.
  template <class Body>
  void field(std::string_view name, Body&& body) {
    open(name);
    body();
    close(name);
  }
  void describe(std::string value);

 private:
  struct Header {
    Tag tag;
    std::size_t content;  // position of the first content byte
    std::size_t end;
  };
  struct Entered {
    std::string_view name;
    std::size_t begin;
    std::size_t outer_end;
  };

  std::optional<Header> header();
  std::optional<Header> header(Tag expected);
  std::optional<Entered> enter(std::string_view name, Tag tag);
  std::optional<Entered> enter_bit_string(std::string_view name);
  View leave(const Entered& entered);
  Element read(std::string_view name, std::optional<Tag> tag);
  void open(std::string_view name);
  void begin_content(std::string_view name);
  void close(std::string_view name);

  View bytes_;
  FieldSink* sink_;
  std::size_t base_;
  std::size_t position_ = 0;
  std::size_t end_;
  std::size_t depth_ = 0;
  std::optional<Malformed> error_;
};

}  // namespace glasstls::x509
