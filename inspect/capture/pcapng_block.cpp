#include "inspect/capture/pcapng_block.h"

#include <algorithm>
#include <cstddef>
#include <limits>

namespace glasstls::inspect::capture {

namespace {

constexpr std::uint32_t section_header = 0x0a0d0d0a;
constexpr std::uint32_t interface_description = 1;
constexpr std::uint32_t enhanced_packet = 6;
constexpr std::uint32_t decryption_secrets = 0xa;

constexpr std::uint32_t byte_order_magic = 0x1a2b3c4d;
constexpr std::uint64_t unknown_length = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint16_t linktype_raw = 101;
constexpr std::uint32_t tls_key_log = 0x544c534b;

constexpr std::uint16_t opt_endofopt = 0;
constexpr std::uint16_t shb_userappl = 4;
constexpr std::uint16_t if_tsresol = 9;

/// 3.1: type, total length, body filled up to a multiple of four, total length. The size is
/// reserved: growing would leave copies of a secret behind.
class Block {
 public:
  Block(std::uint32_t type, std::size_t body) {
    bytes_.reserve(12 + (body + 3) / 4 * 4);
    number(type);
    number(std::uint32_t{0});  // known at the end
  }

  template <class T>
  void number(T value) {
    for (std::size_t i = 0; i < sizeof(T); ++i)
      bytes_.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (8 * i)));
  }
  void raw(View bytes) { wire::append(bytes_, bytes); }
  void fill_up() { bytes_.resize((bytes_.size() + 3) / 4 * 4); }

  /// 3.5
  void option(std::uint16_t code, View value) {
    number(code);
    number(static_cast<std::uint16_t>(value.size()));
    raw(value);
    fill_up();
  }

  Bytes finished() && {
    fill_up();
    const auto total = static_cast<std::uint32_t>(bytes_.size() + 4);
    number(total);
    std::copy(bytes_.end() - 4, bytes_.end(), bytes_.begin() + 4);
    return std::move(bytes_);
  }

 private:
  Bytes bytes_;
};

}  // namespace

Bytes section_header_block(std::string_view application) {
  Block block(section_header, 24 + application.size());
  block.number(byte_order_magic);
  block.number(std::uint16_t{1});  // major
  block.number(std::uint16_t{0});  // minor
  block.number(unknown_length);
  block.option(shb_userappl, wire::as_bytes(application));
  block.option(opt_endofopt, {});
  return std::move(block).finished();
}

Bytes interface_description_block() {
  Block block(interface_description, 20);
  block.number(linktype_raw);
  block.number(std::uint16_t{0});
  block.number(std::uint32_t{0});  // packets are never cut
  const std::uint8_t nanoseconds[] = {9};
  block.option(if_tsresol, nanoseconds);
  block.option(opt_endofopt, {});
  return std::move(block).finished();
}

Bytes decryption_secrets_block(std::string_view key_log) {
  const bool lacks_line_end = !key_log.ends_with('\n');
  const std::size_t size = key_log.size() + (lacks_line_end ? 1 : 0);
  Block block(decryption_secrets, 8 + size);
  block.number(tls_key_log);
  block.number(static_cast<std::uint32_t>(size));
  block.raw(wire::as_bytes(key_log));
  if (lacks_line_end) block.raw(wire::as_bytes("\n"));
  return std::move(block).finished();
}

Bytes enhanced_packet_block(View packet, std::uint64_t time) {
  Block block(enhanced_packet, 20 + packet.size());
  block.number(std::uint32_t{0});  // the interface
  block.number(static_cast<std::uint32_t>(time >> 32));
  block.number(static_cast<std::uint32_t>(time));
  block.number(static_cast<std::uint32_t>(packet.size()));  // captured
  block.number(static_cast<std::uint32_t>(packet.size()));  // original
  block.raw(packet);
  return std::move(block).finished();
}

}  // namespace glasstls::inspect::capture
