#include "inspect/capture/pcap.h"

#include <algorithm>
#include <string>
#include <utility>

namespace glasstls::inspect::capture {

namespace {

constexpr std::string_view file_header_rule = "draft-ietf-opsawg-pcap, 4";
constexpr std::string_view packet_rule = "draft-ietf-opsawg-pcap, 5";
constexpr std::size_t file_header_length = 24;
constexpr std::size_t packet_header_length = 16;
constexpr std::uint32_t magic_microseconds = 0xa1b2c3d4;
constexpr std::uint32_t magic_nanoseconds = 0xa1b23c4d;

bool is_magic(std::uint32_t number) {
  return number == magic_microseconds || number == magic_nanoseconds;
}

}  // namespace

bool PcapFormat::recognises(View start) {
  return start.size() >= 4 &&
         (is_magic(uint32(start, 0)) || is_magic(uint32(start, 0, ByteOrder::little)));
}

std::optional<Fault> PcapFormat::read_file_header() {
  const View header = window_->peek(file_header_length);
  if (header.size() < file_header_length)
    return Fault{
        Fault::Kind::cut, header.size(),
        "the file ends after " + std::to_string(header.size()) + " bytes of the 24 of its header",
        file_header_rule};
  order_ = is_magic(uint32(header, 0)) ? ByteOrder::big : ByteOrder::little;
  if (uint32(header, 0, order_) == magic_nanoseconds) nanoseconds_per_unit_ = 1;
  const std::uint16_t major = uint16(header, 4, order_);
  const std::uint16_t minor = uint16(header, 6, order_);
  if (major != 2)
    return Fault{Fault::Kind::not_supported, 4,
                 "the file is of version " + std::to_string(major) + "." + std::to_string(minor) +
                     " of pcap, and only version 2 is known",
                 file_header_rule};
  link_type_ = uint32(header, 20, order_) & 0xffff;  // above: length of a frame check sequence
  window_->take(file_header_length);
  opened_ = true;
  return std::nullopt;
}

Fault PcapFormat::packet_fault(Fault::Kind kind, std::string_view what) const {
  const std::uint64_t offset = window_->offset();
  return {kind, offset,
          "packet " + std::to_string(frame_) + " at byte " + std::to_string(offset) + ": " +
              std::string(what),
          packet_rule};
}

Item PcapFormat::next() {
  if (!opened_) {
    if (auto fault = read_file_header()) return *std::move(fault);
  }
  const View header = window_->peek(packet_header_length);
  if (std::string failure = window_->failure(); !failure.empty())
    return Fault{Fault::Kind::unreadable, window_->offset(), std::move(failure), {}};
  if (header.empty()) return End{};
  ++frame_;
  if (header.size() < packet_header_length)
    return packet_fault(Fault::Kind::cut, "the file ends in the middle of its header");

  Packet packet;
  packet.frame = frame_;
  packet.offset = window_->offset();
  packet.link_type = link_type_;
  packet.time = std::int64_t{uint32(header, 0, order_)} * 1'000'000'000 +
                std::int64_t{uint32(header, 4, order_)} * nanoseconds_per_unit_;
  const std::size_t size = uint32(header, 8, order_);
  packet.original_length = std::max<std::size_t>(size, uint32(header, 12, order_));
  if (size > max_block_size)
    return packet_fault(Fault::Kind::malformed, "it claims " + std::to_string(size) +
                                                    " captured bytes, more than any packet has");
  const View whole = window_->peek(packet_header_length + size);
  if (std::string failure = window_->failure(); !failure.empty())
    return Fault{Fault::Kind::unreadable, window_->offset(), std::move(failure), {}};
  if (whole.size() < packet_header_length + size)
    return packet_fault(Fault::Kind::cut,
                        "it has " + std::to_string(size) + " bytes, and the file ends after " +
                            std::to_string(whole.size() - packet_header_length) + " of them");
  packet.bytes = whole.subspan(packet_header_length);
  window_->take(whole.size());
  return packet;
}

}  // namespace glasstls::inspect::capture
