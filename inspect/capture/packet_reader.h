// PacketReader: the packets of a capture file, one after the other, in memory that does not grow
// with the file. Reads pcap (draft-ietf-opsawg-pcap) and pcapng (draft-ietf-opsawg-pcapng).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inspect/capture/byte_source.h"
#include "inspect/capture/packet.h"

namespace glasstls::inspect::capture {

/// One format of capture file, from behind its magic number on.
class Format {
 public:
  virtual ~Format() = default;
  virtual Item next() = 0;
  virtual std::string_view name() const = 0;
  /// False if the format has no room for secrets.
  virtual bool may_hold_secrets() const = 0;
};

class PacketReader {
 public:
  /// Only borrows the source.
  explicit PacketReader(ByteSource& source) : window_(source) {}

  /// The next packet or secrets block. After a Fault or the End it says the same again.
  Item next();
  /// "pcap", "pcapng"; empty before the first call of next() and if the file is neither.
  std::string_view format() const { return format_ == nullptr ? "" : format_->name(); }
  /// Bytes of the file that were read so far.
  std::uint64_t offset() const { return window_.offset(); }
  /// False as soon as it is known that no secrets block can come.
  bool may_hold_secrets() const { return format_ == nullptr || format_->may_hold_secrets(); }

 private:
  std::optional<Fault> open();

  ByteWindow window_;
  std::unique_ptr<Format> format_;
  std::optional<Fault> fault_;
};

/// All secrets blocks of a file, wherever they stand: they may follow the packets that they open.
struct CollectedSecrets {
  struct Block {
    std::uint64_t offset = 0;  // in the file
    std::string text;          // may hold secrets: not wiped
  };
  std::vector<Block> blocks;
  std::size_t left_out = 0;    // blocks beyond max_secrets_size
  std::optional<Fault> fault;  // what ended the pass early
};

inline constexpr std::size_t max_secrets_size = std::size_t{64} << 20;  // bytes, of all blocks

/// Reads the whole file (of a pcap only the beginning) and keeps only the secrets.
CollectedSecrets collect_secrets(ByteSource& source);

}  // namespace glasstls::inspect::capture
