// The block format of Wireshark. draft-ietf-opsawg-pcapng.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inspect/capture/byte_order.h"
#include "inspect/capture/packet_reader.h"

namespace glasstls::inspect::capture {

/// The unit of an interface's time stamps, as its option if_tsresol says it: 10^-n seconds, or 2^-n
/// where the highest bit is set. draft-ietf-opsawg-pcapng, 4.2.
struct TimeResolution {
  std::uint8_t if_tsresol = 6;
  std::int64_t if_tsoffset = 0;  // seconds to add

  /// A time stamp as nanoseconds, rounded down; nullopt if it does not fit.
  Time time(std::uint64_t timestamp) const;
};

class PcapngFormat : public Format {
 public:
  /// Whether a file begins with a Section Header Block.
  static bool recognises(View start);

  /// `window` stands at the file's first byte and is borrowed.
  explicit PcapngFormat(ByteWindow& window) : window_(&window) {}
  Item next() override;
  std::string_view name() const override { return "pcapng"; }
  bool may_hold_secrets() const override { return true; }

 private:
  struct Block {
    std::uint32_t type = 0;
    std::uint64_t offset = 0;  // in the file
    std::size_t total_length = 0;
    View body;  // between the length at the beginning and the one at the end
  };
  struct Interface {
    std::uint32_t link_type = 0;
    std::uint32_t snap_length = 0;  // 0: none
    TimeResolution resolution;
  };
  /// What a block came to: something for the caller, or nothing.
  using Outcome = std::optional<Item>;
  std::optional<Fault> read_head(Block& block);
  std::optional<Fault> read_body(Block& block);
  Outcome read(const Block& block);
  std::optional<Fault> read_section(const Block& block);
  std::optional<Fault> read_interface(const Block& block);
  void read_option(std::uint16_t code, View value, Interface& interface) const;
  Item read_packet(const Block& block);
  Item read_simple_packet(const Block& block);
  Outcome read_secrets(const Block& block) const;
  Fault fault(Fault::Kind kind, std::uint64_t offset, std::string_view what,
              std::string_view rule) const;
  Fault packet_fault(const Block& block, const std::string& what, std::string_view rule) const;

  ByteWindow* window_;
  ByteOrder order_ = ByteOrder::big;
  std::vector<Interface> interfaces_;  // of the current section
  std::uint64_t frame_ = 0;            // of the packet read last
};

}  // namespace glasstls::inspect::capture
