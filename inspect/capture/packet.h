// What a capture file holds: packets, secrets, and perhaps a fault that ends the reading.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "wire/bytes.h"

namespace glasstls::inspect::capture {

/// A packet or a block that claims more bytes than this is a fault.
inline constexpr std::size_t max_block_size = std::size_t{16} << 20;

/// Nanoseconds since 1970-01-01T00:00:00Z; nullopt where the file has none, or none that fits.
using Time = std::optional<std::int64_t>;

struct Packet {
  std::uint64_t frame = 0;          // 1, 2, 3 ... as Wireshark numbers them
  Time time;                        // of capture
  std::uint32_t link_type = 0;      // a LINKTYPE_ value of https://www.tcpdump.org/linktypes.html
  View bytes;                       // as many as were captured; valid until the next packet is read
  std::size_t original_length = 0;  // on the wire: more than bytes.size() if the snap length cut it
  std::uint64_t offset = 0;         // of the packet's header in the file
};

/// A pcapng Decryption Secrets Block with a TLS key log.
struct SecretsBlock {
  std::uint64_t offset = 0;  // in the file
  std::string_view text;     // NSS key log lines; valid until the next packet is read
};

/// Why the reading ended before the file did. All that was read before stays valid.
struct Fault {
  enum class Kind {
    unreadable,     // the file: missing, no permission, input/output error
    not_a_capture,  // empty, or of another kind
    not_supported,  // a version or a variant that we do not read
    cut,            // the file ends in the middle of a packet or a block
    malformed,      // lengths or values that cannot be
  };
  Kind kind = Kind::malformed;
  std::uint64_t offset = 0;  // in the file
  std::string what;          // a sentence without a full stop: "packet 12 at byte 4096: ..."
  std::string_view rule;     // a literal: which section says so; may be empty
};

/// The regular end of the file.
struct End {};

using Item = std::variant<Packet, SecretsBlock, Fault, End>;

}  // namespace glasstls::inspect::capture
