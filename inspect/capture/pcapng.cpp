#include "inspect/capture/pcapng.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace glasstls::inspect::capture {

namespace {

namespace block_type {
constexpr std::uint32_t section_header = 0x0a0d0d0a;  // the same in both byte orders
constexpr std::uint32_t interface_description = 1;
constexpr std::uint32_t obsolete_packet = 2;
constexpr std::uint32_t simple_packet = 3;
constexpr std::uint32_t enhanced_packet = 6;
constexpr std::uint32_t decryption_secrets = 10;
}  // namespace block_type

namespace rule {
constexpr std::string_view block = "draft-ietf-opsawg-pcapng, 3.1";
constexpr std::string_view section = "draft-ietf-opsawg-pcapng, 4.1";
constexpr std::string_view interface = "draft-ietf-opsawg-pcapng, 4.2";
constexpr std::string_view enhanced = "draft-ietf-opsawg-pcapng, 4.3";
constexpr std::string_view simple = "draft-ietf-opsawg-pcapng, 4.4";
constexpr std::string_view secrets = "draft-ietf-opsawg-pcapng, 4.7";
constexpr std::string_view obsolete = "draft-ietf-opsawg-pcapng, A";
}  // namespace rule

constexpr std::uint32_t byte_order_magic = 0x1a2b3c4d;
constexpr std::size_t head_length = 8;    // type and total length
constexpr std::size_t frame_length = 12;  // and the total length once more at the end
constexpr std::size_t max_interfaces = 65536;
constexpr std::uint16_t option_if_tsresol = 9;
constexpr std::uint16_t option_if_tsoffset = 14;
constexpr std::uint32_t secrets_type_tls_key_log = 0x544c534b;
constexpr std::int64_t nanoseconds_per_second = 1'000'000'000;

bool is_understood(std::uint32_t type) {
  constexpr std::uint32_t understood[] = {
      block_type::section_header,  block_type::interface_description,
      block_type::obsolete_packet, block_type::simple_packet,
      block_type::enhanced_packet, block_type::decryption_secrets};
  return std::find(std::begin(understood), std::end(understood), type) != std::end(understood);
}

struct SplitTime {
  std::uint64_t seconds, nanoseconds;
};

SplitTime split_binary(std::uint64_t timestamp, unsigned exponent) {
  if (exponent > 63) return {0, 0};
  const std::uint64_t fraction = timestamp & ((std::uint64_t{1} << exponent) - 1);
  // 34 bits of a fraction are finer than a nanosecond, and the product fits.
  const unsigned dropped = exponent > 34 ? exponent - 34 : 0;
  return {timestamp >> exponent,
          (fraction >> dropped) * static_cast<std::uint64_t>(nanoseconds_per_second) >>
              (exponent - dropped)};
}

SplitTime split_decimal(std::uint64_t timestamp, unsigned exponent) {
  if (exponent > 19) {  // a whole second has more units than a number of 64 bits
    while (exponent-- > 9) timestamp /= 10;
    return {0, timestamp};
  }
  std::uint64_t units = 1, per_nanosecond = 1, nanoseconds_per_unit = 1;
  for (unsigned i = 0; i < exponent; ++i) units *= 10;
  for (unsigned i = 9; i < exponent; ++i) per_nanosecond *= 10;
  for (unsigned i = exponent; i < 9; ++i) nanoseconds_per_unit *= 10;
  return {timestamp / units, timestamp % units / per_nanosecond * nanoseconds_per_unit};
}

}  // namespace

Time TimeResolution::time(std::uint64_t timestamp) const {
  const unsigned exponent = if_tsresol & 0x7fU;
  const SplitTime split = (if_tsresol & 0x80) != 0 ? split_binary(timestamp, exponent)
                                                   : split_decimal(timestamp, exponent);
  constexpr std::int64_t most =
      std::numeric_limits<std::int64_t>::max() / nanoseconds_per_second - 2;
  if (split.seconds > static_cast<std::uint64_t>(most)) return std::nullopt;
  if (if_tsoffset > most || if_tsoffset < -most) return std::nullopt;
  const std::int64_t seconds = static_cast<std::int64_t>(split.seconds) + if_tsoffset;
  if (seconds > most || seconds < -most) return std::nullopt;
  return seconds * nanoseconds_per_second + static_cast<std::int64_t>(split.nanoseconds);
}

bool PcapngFormat::recognises(View start) {
  return start.size() >= 4 && uint32(start, 0) == block_type::section_header;
}

Fault PcapngFormat::fault(Fault::Kind kind, std::uint64_t offset, std::string_view what,
                          std::string_view rule) const {
  std::string where = "block at byte " + std::to_string(offset);
  if (frame_ > 0) where += ", behind packet " + std::to_string(frame_);
  return {kind, offset, where + ": " + std::string(what), rule};
}

Fault PcapngFormat::packet_fault(const Block& block, const std::string& what,
                                 std::string_view rule) const {
  return {
      Fault::Kind::malformed, block.offset,
      "packet " + std::to_string(frame_) + " at byte " + std::to_string(block.offset) + ": " + what,
      rule};
}

Item PcapngFormat::next() {
  while (true) {
    Block block;
    block.offset = window_->offset();
    const View head = window_->peek(head_length);
    if (std::string failure = window_->failure(); !failure.empty())
      return Fault{Fault::Kind::unreadable, block.offset, std::move(failure), {}};
    if (head.empty()) return End{};
    if (auto found = read_head(block)) return *std::move(found);
    if (!is_understood(block.type)) {
      if (!window_->skip(block.total_length))
        return fault(Fault::Kind::cut, block.offset, "the file ends in the middle of it",
                     rule::block);
      continue;
    }
    if (auto found = read_body(block)) return *std::move(found);
    window_->take(block.total_length);
    if (Outcome outcome = read(block)) return *std::move(outcome);
  }
}

/// Type and length; of a section header the byte order too, without which its length has no meaning.
std::optional<Fault> PcapngFormat::read_head(Block& block) {
  const View start = window_->peek(frame_length);
  if (start.size() < frame_length)
    return fault(Fault::Kind::cut, block.offset, "the file ends in the middle of it", rule::block);
  if (uint32(start, 0) == block_type::section_header) {
    if (uint32(start, 8) == byte_order_magic)
      order_ = ByteOrder::big;
    else if (uint32(start, 8, ByteOrder::little) == byte_order_magic)
      order_ = ByteOrder::little;
    else
      return fault(Fault::Kind::malformed, block.offset,
                   "its byte-order magic is " + wire::hex(start.subspan(8)), rule::section);
  }
  block.type = uint32(start, 0, order_);
  block.total_length = uint32(start, 4, order_);
  if (block.total_length < frame_length || block.total_length % 4 != 0)
    return fault(Fault::Kind::malformed, block.offset,
                 "its total length " + std::to_string(block.total_length) +
                     " is less than 12 or no multiple of 4",
                 rule::block);
  return std::nullopt;
}

std::optional<Fault> PcapngFormat::read_body(Block& block) {
  if (block.total_length > max_block_size)
    return fault(
        Fault::Kind::malformed, block.offset,
        "it claims " + std::to_string(block.total_length) + " bytes, more than we read at a time",
        rule::block);
  const View whole = window_->peek(block.total_length);
  if (std::string failure = window_->failure(); !failure.empty())
    return Fault{Fault::Kind::unreadable, block.offset, std::move(failure), {}};
  if (whole.size() < block.total_length)
    return fault(Fault::Kind::cut, block.offset,
                 "it has " + std::to_string(block.total_length) +
                     " bytes, and the file ends after " + std::to_string(whole.size()) + " of them",
                 rule::block);
  const std::uint32_t repeated = uint32(whole, block.total_length - 4, order_);
  if (repeated != block.total_length)
    return fault(Fault::Kind::malformed, block.offset,
                 "its total length is " + std::to_string(block.total_length) +
                     " at the beginning and " + std::to_string(repeated) + " at the end",
                 rule::block);
  block.body = whole.subspan(head_length, block.total_length - frame_length);
  return std::nullopt;
}

PcapngFormat::Outcome PcapngFormat::read(const Block& block) {
  const auto as_outcome = [](std::optional<Fault> found) {
    return found ? Outcome(*std::move(found)) : std::nullopt;
  };
  switch (block.type) {
    case block_type::section_header: return as_outcome(read_section(block));
    case block_type::interface_description: return as_outcome(read_interface(block));
    case block_type::enhanced_packet:
    case block_type::obsolete_packet: return read_packet(block);
    case block_type::simple_packet: return read_simple_packet(block);
    default: return read_secrets(block);
  }
}

std::optional<Fault> PcapngFormat::read_section(const Block& block) {
  interfaces_.clear();
  if (block.body.size() < 16)
    return fault(
        Fault::Kind::malformed, block.offset,
        "a Section Header Block of " + std::to_string(block.total_length) + " bytes is too short",
        rule::section);
  const std::uint16_t major = uint16(block.body, 4, order_);
  if (major != 1)
    return fault(Fault::Kind::not_supported, block.offset,
                 "the section is of version " + std::to_string(major) + "." +
                     std::to_string(uint16(block.body, 6, order_)) +
                     " of pcapng, and only version 1 is known",
                 rule::section);
  return std::nullopt;
}

std::optional<Fault> PcapngFormat::read_interface(const Block& block) {
  if (block.body.size() < 8)
    return fault(Fault::Kind::malformed, block.offset,
                 "an Interface Description Block is too short", rule::interface);
  if (interfaces_.size() == max_interfaces)
    return fault(
        Fault::Kind::malformed, block.offset,
        "the section describes more than " + std::to_string(max_interfaces) + " interfaces",
        rule::interface);
  Interface& described = interfaces_.emplace_back();
  described.link_type = uint16(block.body, 0, order_);
  described.snap_length = uint32(block.body, 4, order_);
  View options = block.body.subspan(8);
  while (options.size() >= 4) {
    const std::uint16_t code = uint16(options, 0, order_);
    const std::size_t size = uint16(options, 2, order_);
    if (code == 0) break;
    if (4 + size > options.size())
      return fault(Fault::Kind::malformed, block.offset,
                   "option " + std::to_string(code) + " of the interface reaches beyond the block",
                   rule::interface);
    read_option(code, options.subspan(4, size), described);
    options = options.subspan(std::min(options.size(), 4 + (size + 3) / 4 * 4));
  }
  return std::nullopt;
}

void PcapngFormat::read_option(std::uint16_t code, View value, Interface& interface) const {
  if (code == option_if_tsresol && value.size() == 1) interface.resolution.if_tsresol = value[0];
  if (code == option_if_tsoffset && value.size() == 8)
    interface.resolution.if_tsoffset = static_cast<std::int64_t>(uint64(value, 0, order_));
}

/// Enhanced or obsolete: the latter has an interface of two bytes, and a count of drops behind it.
Item PcapngFormat::read_packet(const Block& block) {
  constexpr std::size_t fixed_length = 20;
  const bool is_enhanced = block.type == block_type::enhanced_packet;
  ++frame_;
  const auto refuse = [&](const std::string& what) {
    return packet_fault(block, what, is_enhanced ? rule::enhanced : rule::obsolete);
  };
  if (block.body.size() < fixed_length) return refuse("its block is too short");
  const std::uint32_t id =
      is_enhanced ? uint32(block.body, 0, order_) : uint16(block.body, 0, order_);
  if (id >= interfaces_.size())
    return refuse("it is of interface " + std::to_string(id) + ", and " +
                  std::to_string(interfaces_.size()) + " were described");
  const std::size_t size = uint32(block.body, 12, order_);
  if (size > block.body.size() - fixed_length)
    return refuse("it claims " + std::to_string(size) +
                  " captured bytes, and its block has room for " +
                  std::to_string(block.body.size() - fixed_length));
  Packet packet;
  packet.frame = frame_;
  packet.offset = block.offset;
  packet.link_type = interfaces_[id].link_type;
  const std::uint64_t high = uint32(block.body, 4, order_);
  packet.time = interfaces_[id].resolution.time(high << 32 | uint32(block.body, 8, order_));
  packet.original_length = std::max<std::size_t>(size, uint32(block.body, 16, order_));
  packet.bytes = block.body.subspan(fixed_length, size);
  return packet;
}

/// Has no time, no interface and no captured length: the first interface's snap length says it.
Item PcapngFormat::read_simple_packet(const Block& block) {
  ++frame_;
  const auto refuse = [&](const std::string& what) {
    return packet_fault(block, what, rule::simple);
  };
  if (block.body.size() < 4) return refuse("its Simple Packet Block is too short");
  if (interfaces_.empty()) return refuse("no interface was described");
  Packet packet;
  packet.frame = frame_;
  packet.offset = block.offset;
  packet.link_type = interfaces_.front().link_type;
  packet.original_length = uint32(block.body, 0, order_);
  std::size_t size = packet.original_length;
  if (interfaces_.front().snap_length != 0)
    size = std::min<std::size_t>(size, interfaces_.front().snap_length);
  packet.bytes = block.body.subspan(4);
  if (size > packet.bytes.size())
    return refuse("it has " + std::to_string(size) + " bytes, and its block has room for " +
                  std::to_string(packet.bytes.size()));
  packet.bytes = packet.bytes.first(size);
  return packet;
}

PcapngFormat::Outcome PcapngFormat::read_secrets(const Block& block) const {
  const auto refuse = [&](std::string_view what) {
    return fault(Fault::Kind::malformed, block.offset, what, rule::secrets);
  };
  if (block.body.size() < 8) return refuse("a Decryption Secrets Block is too short");
  const std::size_t size = uint32(block.body, 4, order_);
  if (size > block.body.size() - 8) return refuse("the secrets reach beyond their block");
  if (uint32(block.body, 0, order_) != secrets_type_tls_key_log) return std::nullopt;
  return SecretsBlock{block.offset, wire::as_text(block.body.subspan(8, size))};
}

}  // namespace glasstls::inspect::capture
