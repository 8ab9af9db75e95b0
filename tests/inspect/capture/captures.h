// Captures made by hand: packets, files around them, and a listener that keeps what it is told.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inspect/capture/byte_order.h"
#include "inspect/capture/packet.h"
#include "inspect/capture/read_streams.h"
#include "inspect/capture/stream_listener.h"

namespace glasstls::inspect::capture::test {

// --- Numbers

void append16(Bytes& out, std::uint64_t value, ByteOrder order = ByteOrder::big);
void append32(Bytes& out, std::uint64_t value, ByteOrder order = ByteOrder::big);
void append64(Bytes& out, std::uint64_t value, ByteOrder order = ByteOrder::big);
Bytes bytes_of(std::string_view text);

// --- Packets

/// A TCP segment from 10.0.0.1:40000 (client) or 10.0.0.2:443 (server).
struct SegmentSpec {
  bool from_client = true;
  std::uint32_t seq = 0, ack = 0;
  std::string flags;  // of "SAFRP"
  std::string data;
  std::uint16_t client_port = 40000;
  bool ipv6 = false;
};
Bytes tcp(const SegmentSpec& spec);
Bytes ipv4(std::uint8_t protocol, View payload, bool from_client = true);
Bytes ipv6(std::uint8_t next_header, View payload, bool from_client = true);
/// IP and TCP, with an Ethernet header.
Bytes ip_packet(const SegmentSpec& spec);
Bytes frame(const SegmentSpec& spec);
Bytes ethernet(View ip);

// --- Files

class PcapFile {
 public:
  explicit PcapFile(ByteOrder order = ByteOrder::little, bool nanoseconds = false,
                    std::uint32_t link_type = 1);
  /// `original_length` 0: all was captured.
  PcapFile& packet(View bytes, std::uint32_t seconds = 0, std::uint32_t fraction = 0,
                   std::size_t original_length = 0);
  Bytes bytes;

 private:
  ByteOrder order_;
};

class PcapngFile {
 public:
  explicit PcapngFile(ByteOrder order = ByteOrder::little) { section(order); }
  PcapngFile& section(ByteOrder order);
  PcapngFile& interface(std::uint16_t link_type, std::uint32_t snap_length = 0,
                        std::optional<std::uint8_t> if_tsresol = {},
                        std::optional<std::int64_t> if_tsoffset = {});
  PcapngFile& enhanced(View packet, std::uint32_t interface = 0, std::uint64_t time = 0,
                       std::size_t original_length = 0);
  PcapngFile& obsolete(View packet, std::uint16_t interface = 0, std::uint64_t time = 0);
  PcapngFile& simple(View packet, std::size_t original_length = 0);
  PcapngFile& secrets(std::string_view text, std::uint32_t type = 0x544c534b);
  PcapngFile& block(std::uint32_t type, View body);
  Bytes bytes;

 private:
  ByteOrder order_ = ByteOrder::little;
};

/// The items of a file up to and with the End or the Fault.
struct ReadItems {
  struct Kept {
    Packet packet;  // without its bytes
    Bytes bytes;
  };
  std::vector<Kept> packets;
  std::vector<std::string> secrets;
  std::optional<Fault> fault;
};
ReadItems read_items(View file, std::size_t piece = SIZE_MAX);

// --- What was told

class Told : public StreamListener {
 public:
  struct Connection {
    Opened opened;
    std::array<std::string, 2> streams;  // by Sender; a gap is "[5 missing]"
    std::array<std::string, 2> ends;     // "fin", "rst"
    std::vector<StreamGap> gaps;
    std::vector<StreamConflict> conflicts;
    std::vector<Origin> origins;  // of each piece of data
    std::string conversation;     // "c:hello s:hi"
    bool closed = false;
  };
  std::map<ConnectionId, Connection> connections;
  std::vector<std::string> secret_texts;

  void opened(const Opened& opened) override;
  void data(const StreamData& data) override;
  void gap(const StreamGap& gap) override;
  void ended(const StreamEnded& ended) override;
  void conflict(const StreamConflict& conflict) override;
  void closed(ConnectionId id) override;
  void secrets(const SecretsBlock& block) override;

 private:
  Connection& open(ConnectionId id);
  std::map<ConnectionId, std::array<std::uint64_t, 2>> positions_;
};

/// Segments, one after the other in frames 1, 2, 3 ...
struct Reassembled {
  Told told;
  ReassemblyCounts counts;
};
Reassembled reassemble(const std::vector<SegmentSpec>& segments, ReassemblyLimits limits = {});

/// SYN, SYN-ACK and ACK of a connection; the first byte of the client is 1001, of the server 5001.
std::vector<SegmentSpec> opening();
SegmentSpec client(std::uint32_t seq, std::string data, std::uint32_t ack = 5001,
                   std::string flags = "AP");
SegmentSpec server(std::uint32_t seq, std::string data, std::uint32_t ack = 1001,
                   std::string flags = "AP");

}  // namespace glasstls::inspect::capture::test
