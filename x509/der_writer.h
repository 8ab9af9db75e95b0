// DER, written. X.690, 10. The counterpart of DerReader.
//
//   DerWriter der;
//   der.sequence([&] {
//     der.object_identifier(oid::basicConstraints);
//     der.boolean(true);
//     der.inside(Tag::octet_string, [&] { der.raw(encode(constraints)); });
//   });
//   Bytes bytes = std::move(der).take();
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "wire/bytes.h"
#include "x509/der.h"
#include "x509/oid.h"
#include "x509/time.h"

namespace glasstls::x509 {

/// Lengths are filled in when an element ends, in the fewest bytes. What DER cannot hold (see the
/// functions) is std::logic_error. Not for secrets, unless the caller reserves enough beforehand,
/// so that growing leaves no copies behind, and wipes what take() gives: the writer wipes nothing.
class DerWriter {
 public:
  /// Room for so many bytes.
  void reserve(std::size_t size) { bytes_.reserve(size); }

  /// An element around what `body` writes.
  template <class Body>
  void inside(Tag tag, Body&& body) {
    const std::size_t begin = open(tag);
    body();
    close(begin);
  }
  template <class Body>
  void sequence(Body&& body) {
    inside(Tag::sequence, std::forward<Body>(body));
  }
  /// A BIT STRING of whole bytes that holds DER.
  template <class Body>
  void inside_bit_string(Body&& body) {
    inside(Tag::bit_string, [&] {
      append(0);
      body();
    });
  }
  /// A SET OF: the elements are put in the order that DER wants (X.690, 11.6).
  void set_of(std::vector<Bytes> elements, Tag tag = Tag::set);

  void element(Tag tag, View content);
  void element(Tag tag, std::string_view text);
  void boolean(bool value, Tag tag = Tag::boolean);
  /// Content bytes as they are: two's complement, at least one byte, minimal.
  void integer(View content, Tag tag = Tag::integer);
  /// Big-endian magnitude; leading zeros are dropped, a sign byte is added where needed. Empty is 0.
  void unsigned_integer(View magnitude, Tag tag = Tag::integer);
  void small_integer(std::uint32_t value, Tag tag = Tag::integer);
  void octet_string(View bytes, Tag tag = Tag::octet_string);
  /// The unused bits, at most 7, must be zero; without bytes there are none.
  void bit_string(BitString bits, Tag tag = Tag::bit_string);
  /// Named bits, 1 << number, without zeros at the end (X.690, 11.2.2).
  void named_bits(std::uint16_t bits, Tag tag = Tag::bit_string);
  void null();
  void object_identifier(const Oid& oid, Tag tag = Tag::object_identifier);
  /// UTCTime until 2049, GeneralizedTime from 2050 and before 1950 (RFC 5280, 4.1.2.5). Years 0 to
  /// 9999.
  void time(Time time);
  /// Elements that are encoded already.
  void raw(View der) { wire::append(bytes_, der); }

  Bytes take() && { return std::move(bytes_); }

 private:
  std::size_t open(Tag tag);
  void close(std::size_t begin);
  void append(std::uint8_t byte) { bytes_.push_back(byte); }

  Bytes bytes_;
};

}  // namespace glasstls::x509
