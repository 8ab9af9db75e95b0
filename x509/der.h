// DER, the encoding of certificates and keys, read strictly. X.690, 8 and 10.
//
// A DerReader walks one buffer. Its first failure sticks: it is kept with its offset, every later
// read yields an empty value and done() is true, so that parsing code reads straight through and
// asks once, at the end, whether all was well.
//
// A few rules of DER and of RFC 5280 are broken by certificates that everybody takes, roots in
// every store among them. These are not failures: they are collected as tolerated(), with their
// offsets, for whoever wants to hold them against the certificate (verify.h, Profile::strict):
//   - a DEFAULT value that is encoded: FALSE of cA, critical and an IssuingDistributionPoint, and
//     the defaults of RSASSA-PSS parameters (X.690, 11.5)
//   - zeros at the end of a list of named bits: keyUsage, reasons (X.690, 11.2.2)
//   - a GeneralizedTime between 1950 and 2049 (RFC 5280, 4.1.2.5)
//   - an RSA PKCS #1 signature algorithm without its NULL (RFC 4055, 5)
//   - '*' and '&' in a PrintableString; an attribute of a name that is empty or of another string
//     type than its definition says, a countryName that is not of two letters (RFC 5280, 4.1.2.4)
//   - explicitText of a string type that DisplayText does not have (RFC 5280, 4.2.1.4)
//   - a space in a uniformResourceIdentifier (RFC 5280, 4.2.1.6)
//
//   DerReader der(bytes);
//   der.sequence("validity", [&] {
//     not_before = der.time("notBefore");
//     not_after = der.time("notAfter");
//   });
//   der.finish();
//   if (!der.ok()) return der.error();
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wire/bytes.h"
#include "wire/field.h"
#include "x509/oid.h"
#include "x509/result.h"
#include "x509/time.h"

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
  enumerated = 0x0a,
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

/// "an INTEGER", "a SEQUENCE", "a UTF8String".
std::string with_article(std::string_view noun);

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
  static constexpr std::size_t max_tolerated = 64;  // of tolerated(); those after it are not kept

  /// Offsets told to `sink` and in errors count from `base`. The buffer must outlive the reader,
  /// and is at most `limit` bytes: no more than 16 MiB, as lengths have at most 3 octets here.
  explicit DerReader(View der, FieldSink* sink = nullptr, std::size_t base = 0,
                     std::size_t limit = max_size);

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

  /// Records that the encoding at `offset` breaks a rule that everybody lets be broken.
  void tolerate(std::size_t offset, std::string what, std::string_view section);
  /// What was tolerated, in order; at most max_tolerated of them.
  const std::vector<Malformed>& tolerated() const { return tolerated_; }

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
  /// A SET OF whose elements `item` reads one at a time. DER orders them, and no SET here may hold
  /// the same element twice.
  template <class Item>
  View set_of(std::string_view name, Tag tag, Item&& item) {
    return inside(name, tag, [&] {
      View previous;
      while (!done()) {
        const std::size_t begin = offset();
        const View now = covering(item);
        require_ascending(previous, now, begin);
        previous = now;
      }
    });
  }
  /// The bytes that `body` reads: elements with tag and length. Empty after a failure.
  template <class Body>
  View covering(Body&& body) {
    const std::size_t begin = position_;
    body();
    return ok() ? bytes_.subspan(begin, position_ - begin) : View();
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

  bool boolean(std::string_view name, Tag tag = Tag::boolean);
  /// BOOLEAN DEFAULT FALSE: false if the next element has another tag. An encoded FALSE is
  /// tolerated.
  bool boolean_or_false(std::string_view name, Tag tag = Tag::boolean);
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
  /// A BIT STRING of named bits, at most 16 of them, as 1 << number. Zeros at its end are
  /// tolerated, a bit from `count` on is refused by `section`.
  std::uint16_t named_bits(std::string_view name, Tag tag, unsigned count,
                           std::string_view section);
  void null(std::string_view name);
  Oid object_identifier(std::string_view name);
  /// UTCTime or GeneralizedTime as RFC 5280, 4.1.2.5 has them. A GeneralizedTime where UTCTime
  /// would do is tolerated.
  Time time(std::string_view name);
  Time generalized_time(std::string_view name);

  /// A field of the tree around what `body` reads; reads with an empty name make no field of their
  /// own, so that the content of the first of them is the content of this one.
  template <class Body>
  void field(std::string_view name, Body&& body) {
    open(name);
    body();
    close(name);
  }
  /// Gives the innermost open field its value; where it is a function, it is called only if
  /// somebody listens.
  void describe(std::string value);
  template <std::invocable Text>
  void describe(Text&& text) {
    if (sink_ && ok()) describe(std::string(text()));
  }

  /// The presentation language of TLS (RFC 5246, 4), within an element that is open: a number of
  /// `size` bytes (1 to 8), bytes of a fixed length, a vector whose length is a number of 2 bytes.
  std::uint64_t tls_number(std::string_view name, std::size_t size);
  View tls_bytes(std::string_view name, std::size_t size);
  template <class Body>
  void tls_vector(std::string_view name, Body&& body) {
    const std::optional<Entered> entered = enter_tls_vector(name);
    if (!entered) return;
    body();
    leave(*entered);
  }

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
  std::optional<Entered> enter_tls_vector(std::string_view name);
  std::optional<Entered> enter_content(std::string_view name, std::size_t begin, std::size_t end);
  void require_ascending(View previous, View now, std::size_t begin);
  Time read_time(std::string_view name, Tag tag);
  View leave(const Entered& entered);
  Element read(std::string_view name, std::optional<Tag> tag);
  void open(std::string_view name);
  void begin_content();
  void close(std::string_view name);

  View bytes_;
  FieldSink* sink_;
  std::size_t base_;
  std::size_t position_ = 0;
  std::size_t end_;
  std::size_t depth_ = 0;
  bool fresh_ = false;  // the innermost field was opened, its content has not been told yet
  std::optional<Malformed> error_;
  std::vector<Malformed> tolerated_;
};

}  // namespace glasstls::x509
