// The classic capture format of tcpdump. draft-ietf-opsawg-pcap.
#pragma once

#include <cstdint>
#include <optional>

#include "inspect/capture/byte_order.h"
#include "inspect/capture/packet_reader.h"

namespace glasstls::inspect::capture {

/// Both byte orders, micro- and nanoseconds.
class PcapFormat : public Format {
 public:
  /// Whether a file begins with one of the four magic numbers.
  static bool recognises(View start);

  /// `window` stands at the file's first byte and is borrowed.
  explicit PcapFormat(ByteWindow& window) : window_(&window) {}
  Item next() override;
  std::string_view name() const override { return "pcap"; }
  bool may_hold_secrets() const override { return false; }

 private:
  std::optional<Fault> read_file_header();
  Fault packet_fault(Fault::Kind kind, std::string_view what) const;

  ByteWindow* window_;
  bool opened_ = false;
  ByteOrder order_ = ByteOrder::big;
  std::uint32_t nanoseconds_per_unit_ = 1000;
  std::uint32_t link_type_ = 0;
  std::uint64_t frame_ = 0;  // of the packet being read
};

}  // namespace glasstls::inspect::capture
