#include "inspect/capture/tls_shapes.h"

#include <algorithm>
#include <cstddef>

#include "inspect/capture/byte_order.h"
#include "record/framing.h"

namespace glasstls::inspect::capture {

namespace {

constexpr std::uint8_t handshake = 22;
constexpr std::uint8_t client_hello = 1, server_hello = 2;
constexpr std::size_t handshake_header_length = 4;
constexpr std::size_t random_length = 32;

bool is_version(std::uint8_t major, std::uint8_t minor) { return major == 3 && minor <= 4; }

/// The sum of the checks, in the order of the bytes: those beyond the end are left out.
class Checks {
 public:
  explicit Checks(View bytes) : bytes_(bytes) {}
  template <class Holds>
  Checks& at(std::size_t offset, std::size_t size, Holds&& holds) {
    if (offset + size > bytes_.size())
      all_there_ = false;
    else
      good_ = good_ && holds(bytes_.subspan(offset, size));
    return *this;
  }
  Match result() const {
    if (!good_) return Match::no;
    return all_there_ ? Match::yes : Match::perhaps;
  }

 private:
  View bytes_;
  bool good_ = true, all_there_ = true;
};

/// Body without its session ID: version, random, length of the session ID; then at least three bytes.
constexpr std::size_t least_hello = 2 + random_length + 1 + 3;
constexpr std::size_t most_hello = std::size_t{1} << 17;

Match match_hello(View bytes, std::uint8_t type, bool at_start) {
  const Match record = match_record(bytes);
  if (record == Match::no || (!bytes.empty() && bytes[0] != handshake)) return Match::no;
  Checks checks(bytes);
  const std::size_t header = record::header_length;
  const std::size_t fragment = record == Match::yes ? record_size(bytes) - header : 0;
  checks.at(0, header, [](View) { return true; });
  checks.at(header, 1, [type](View b) { return b[0] == type; });
  // The start of a stream needs no more proof; and there a hello may lie in very small records.
  if (at_start) return checks.result();
  checks.at(header + 1, 3, [&](View b) {
    const std::size_t size = number<3>(b, 0);
    const bool fits = size + handshake_header_length <= fragment || fragment >= 64;
    return size >= least_hello && size <= most_hello && fits;
  });
  const std::size_t body = header + handshake_header_length;
  checks.at(body, 2, [](View b) { return is_version(b[0], b[1]); });
  checks.at(body + 2 + random_length, 1, [](View b) { return b[0] <= 32; });
  return checks.result();
}

}  // namespace

Match match_record(View bytes) {
  constexpr std::uint8_t change_cipher_spec = 20, application_data = 23, heartbeat = 24;
  return Checks(bytes)
      .at(0, 1, [](View b) { return b[0] >= change_cipher_spec && b[0] <= heartbeat; })
      .at(1, 2, [](View b) { return is_version(b[0], b[1]); })
      .at(3, 2,
          [&](View b) {
            const std::size_t length = uint16(b, 0);
            const bool may_be_empty = bytes[0] == application_data;
            return length <= record::max_ciphertext_length && (length > 0 || may_be_empty);
          })
      .result();
}

std::size_t record_size(View bytes) { return record::header_length + uint16(bytes, 3); }

Match match_records(View bytes) {
  const Match first = match_record(bytes);
  if (first != Match::yes) return first;
  return match_record(bytes.subspan(std::min(bytes.size(), record_size(bytes))));
}

Match match_client_hello(View bytes, bool at_start) {
  return match_hello(bytes, client_hello, at_start);
}

Match match_server_hello(View bytes, bool at_start) {
  return match_hello(bytes, server_hello, at_start);
}

Match match_ssl2_client_hello(View bytes) {
  constexpr std::size_t header = 2, fixed = 9;  // of the message: type, version, three lengths
  return Checks(bytes)
      .at(0, 2, [](View b) { return (b[0] & 0x80) != 0 && (uint16(b, 0) & 0x7fffU) > fixed; })
      .at(header, 1, [](View b) { return b[0] == client_hello; })
      .at(header + 1, 2, [](View b) { return is_version(b[0], b[1]) || uint16(b, 0) == 2; })
      .at(header + 3, 6,
          [&](View b) {
            const std::size_t ciphers = uint16(b, 0), session = uint16(b, 2),
                              challenge = uint16(b, 4);
            return ciphers > 0 && ciphers % 3 == 0 && (session == 0 || session == 16) &&
                   challenge >= 16 && challenge <= 32 &&
                   (uint16(bytes, 0) & 0x7fffU) == fixed + ciphers + session + challenge;
          })
      .result();
}

}  // namespace glasstls::inspect::capture
