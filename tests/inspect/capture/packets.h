// IP packets and the blocks of a capture taken apart, without our own decoder.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "wire/bytes.h"

namespace glasstls::test {

inline std::uint64_t big_endian(View bytes) {
  std::uint64_t number = 0;
  for (const std::uint8_t byte : bytes) number = number << 8 | byte;
  return number;
}

inline std::uint32_t little_endian(View bytes) {
  std::uint32_t number = 0;
  for (std::size_t i = bytes.size(); i > 0; --i) number = number << 8 | bytes[i - 1];
  return number;
}

/// What is left of the sum of 16-bit numbers: 0xffff where a checksum is part of it and right.
inline std::uint64_t ones_complement_sum(Bytes bytes) {
  if (bytes.size() % 2 != 0) bytes.push_back(0);
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < bytes.size(); i += 2) sum += big_endian(View(bytes).subspan(i, 2));
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return sum;
}

struct Packet {
  unsigned version = 0;
  Bytes source, destination;
  std::uint16_t source_port = 0, destination_port = 0;
  std::uint32_t sequence = 0, acknowledgment = 0;
  std::string flags;  // "SA": SYN and ACK; S, F, R, P, A
  Bytes data;
  bool ip_checksum_is_right = false;  // IPv6 has none
  bool tcp_checksum_is_right = false;

  /// "40000 > 443 SA 17 18 5": ports, flags, sequence and acknowledgment number, bytes of data.
  std::string line() const {
    return std::to_string(source_port) + " > " + std::to_string(destination_port) + " " + flags +
           " " + std::to_string(sequence) + " " + std::to_string(acknowledgment) + " " +
           std::to_string(data.size());
  }
};

/// A whole IP packet of exactly these bytes. std::runtime_error if it is something else.
inline Packet take_apart(View bytes) {
  const auto need = [](bool holds, const char* what) {
    if (!holds) throw std::runtime_error(what);
  };
  need(bytes.size() >= 40, "too short");
  Packet packet;
  packet.version = bytes[0] >> 4;
  const std::size_t header = packet.version == 4 ? 20 : 40;
  const std::size_t address = packet.version == 4 ? 4 : 16;
  const std::size_t length = big_endian(bytes.subspan(packet.version == 4 ? 2 : 4, 2));
  need(length + (packet.version == 4 ? 0 : 40) == bytes.size(), "length");
  need(bytes[packet.version == 4 ? 9 : 6] == 6, "protocol");
  packet.source = wire::copy(bytes.subspan(header - 2 * address, address));
  packet.destination = wire::copy(bytes.subspan(header - address, address));
  packet.ip_checksum_is_right =
      packet.version == 6 || ones_complement_sum(wire::copy(bytes.first(header))) == 0xffff;

  const View tcp = bytes.subspan(header);
  Bytes covered = wire::copy(bytes.subspan(header - 2 * address, 2 * address));
  wire::append(covered, Bytes{0, 6, static_cast<std::uint8_t>(tcp.size() >> 8),
                              static_cast<std::uint8_t>(tcp.size())});
  wire::append(covered, tcp);
  packet.tcp_checksum_is_right = ones_complement_sum(covered) == 0xffff;
  packet.source_port = static_cast<std::uint16_t>(big_endian(tcp.subspan(0, 2)));
  packet.destination_port = static_cast<std::uint16_t>(big_endian(tcp.subspan(2, 2)));
  packet.sequence = static_cast<std::uint32_t>(big_endian(tcp.subspan(4, 4)));
  packet.acknowledgment = static_cast<std::uint32_t>(big_endian(tcp.subspan(8, 4)));
  for (std::size_t i = 0; i < 5; ++i)
    if ((tcp[13] >> i & 1) != 0) packet.flags += "FSRPA"[i];
  packet.data = wire::copy(tcp.subspan(std::size_t{tcp[12]} / 16 * 4));
  return packet;
}

/// A block of a little-endian pcapng file.
struct Block {
  std::uint32_t type = 0;
  Bytes body;
};

/// std::runtime_error if the lengths do not fit.
inline std::vector<Block> blocks_of(View file) {
  std::vector<Block> blocks;
  while (!file.empty()) {
    if (file.size() < 12) throw std::runtime_error("half a block");
    const std::uint32_t length = little_endian(file.subspan(4, 4));
    if (length % 4 != 0 || length < 12 || length > file.size() ||
        little_endian(file.subspan(length - 4, 4)) != length)
      throw std::runtime_error("wrong length");
    blocks.push_back({little_endian(file.first(4)), wire::copy(file.subspan(8, length - 12))});
    file = file.subspan(length);
  }
  return blocks;
}

}  // namespace glasstls::test
