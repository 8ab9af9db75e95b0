#include "tests/inspect/capture/captures.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <utility>

namespace glasstls::inspect::capture::test {

namespace {

void append_number(Bytes& out, std::uint64_t value, std::size_t size, ByteOrder order) {
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t shift = 8 * (order == ByteOrder::big ? size - 1 - i : i);
    out.push_back(static_cast<std::uint8_t>(value >> shift));
  }
}

void pad(Bytes& out) {
  while (out.size() % 4 != 0) out.push_back(0);
}

char name_of(Sender sender) { return sender == Sender::first ? 'c' : 's'; }

std::size_t index(Sender sender) { return static_cast<std::size_t>(sender); }

}  // namespace

void append16(Bytes& out, std::uint64_t value, ByteOrder order) {
  append_number(out, value, 2, order);
}
void append32(Bytes& out, std::uint64_t value, ByteOrder order) {
  append_number(out, value, 4, order);
}
void append64(Bytes& out, std::uint64_t value, ByteOrder order) {
  append_number(out, value, 8, order);
}
Bytes bytes_of(std::string_view text) { return wire::copy(wire::as_bytes(text)); }

Bytes tcp(const SegmentSpec& spec) {
  constexpr std::uint16_t server_port = 443;
  Bytes out;
  append16(out, spec.from_client ? spec.client_port : server_port);
  append16(out, spec.from_client ? server_port : spec.client_port);
  append32(out, spec.seq);
  append32(out, spec.ack);
  unsigned flags = 0;
  for (const char flag : spec.flags) flags |= 1U << std::string_view("FSRPA").find(flag);
  append16(out, 0x5000U | flags);
  append16(out, 0xffff);
  append32(out, 0);
  wire::append(out, wire::as_bytes(spec.data));
  return out;
}

Bytes ipv4(std::uint8_t protocol, View payload, bool from_client) {
  Bytes out{0x45, 0};
  append16(out, 20 + payload.size());
  append32(out, 0);
  wire::append(out, Bytes{64, protocol, 0, 0});
  append32(out, from_client ? 0x0a000001 : 0x0a000002);
  append32(out, from_client ? 0x0a000002 : 0x0a000001);
  wire::append(out, payload);
  return out;
}

Bytes ipv6(std::uint8_t next_header, View payload, bool from_client) {
  Bytes out{0x60, 0, 0, 0};
  append16(out, payload.size());
  wire::append(out, Bytes{next_header, 64});
  for (const std::uint64_t host : {from_client ? 1U : 2U, from_client ? 2U : 1U}) {
    append64(out, 0x20010db800000000);
    append64(out, host);
  }
  wire::append(out, payload);
  return out;
}

Bytes ip_packet(const SegmentSpec& spec) {
  return spec.ipv6 ? ipv6(6, tcp(spec), spec.from_client) : ipv4(6, tcp(spec), spec.from_client);
}

Bytes ethernet(View ip) {
  Bytes out(12, 0x02);
  append16(out, ip[0] >> 4 == 6 ? 0x86dd : 0x0800);
  wire::append(out, ip);
  return out;
}

Bytes frame(const SegmentSpec& spec) { return ethernet(ip_packet(spec)); }

PcapFile::PcapFile(ByteOrder order, bool nanoseconds, std::uint32_t link_type) : order_(order) {
  append32(bytes, nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4, order);
  append16(bytes, 2, order);
  append16(bytes, 4, order);
  append64(bytes, 0, order);
  append32(bytes, 262144, order);
  append32(bytes, link_type, order);
}

PcapFile& PcapFile::packet(View packet, std::uint32_t seconds, std::uint32_t fraction,
                           std::size_t original_length) {
  append32(bytes, seconds, order_);
  append32(bytes, fraction, order_);
  append32(bytes, packet.size(), order_);
  append32(bytes, original_length == 0 ? packet.size() : original_length, order_);
  wire::append(bytes, packet);
  return *this;
}

PcapngFile& PcapngFile::block(std::uint32_t type, View body) {
  const std::size_t total = 12 + (body.size() + 3) / 4 * 4;
  append32(bytes, type, order_);
  append32(bytes, total, order_);
  wire::append(bytes, body);
  pad(bytes);
  append32(bytes, total, order_);
  return *this;
}

PcapngFile& PcapngFile::section(ByteOrder order) {
  order_ = order;
  Bytes body;
  append32(body, 0x1a2b3c4d, order);
  append16(body, 1, order);
  append16(body, 0, order);
  append64(body, UINT64_MAX, order);
  return block(0x0a0d0d0a, body);
}

PcapngFile& PcapngFile::interface(std::uint16_t link_type, std::uint32_t snap_length,
                                  std::optional<std::uint8_t> if_tsresol,
                                  std::optional<std::int64_t> if_tsoffset) {
  Bytes body;
  append16(body, link_type, order_);
  append16(body, 0, order_);
  append32(body, snap_length, order_);
  append16(body, 2, order_);  // if_name, of no interest
  append16(body, 3, order_);
  wire::append(body, bytes_of("lo0"));
  pad(body);
  if (if_tsresol) {
    append16(body, 9, order_);
    append16(body, 1, order_);
    body.push_back(*if_tsresol);
    pad(body);
  }
  if (if_tsoffset) {
    append16(body, 14, order_);
    append16(body, 8, order_);
    append64(body, static_cast<std::uint64_t>(*if_tsoffset), order_);
  }
  append32(body, 0, order_);
  return block(1, body);
}

PcapngFile& PcapngFile::enhanced(View packet, std::uint32_t interface, std::uint64_t time,
                                 std::size_t original_length) {
  Bytes body;
  append32(body, interface, order_);
  append32(body, time >> 32, order_);
  append32(body, time, order_);
  append32(body, packet.size(), order_);
  append32(body, original_length == 0 ? packet.size() : original_length, order_);
  wire::append(body, packet);
  pad(body);
  append32(body, 0x00020004, order_);  // an option: epb_flags
  append32(body, 0, order_);
  return block(6, body);
}

PcapngFile& PcapngFile::obsolete(View packet, std::uint16_t interface, std::uint64_t time) {
  Bytes body;
  append16(body, interface, order_);
  append16(body, 0xffff, order_);
  append32(body, time >> 32, order_);
  append32(body, time, order_);
  append32(body, packet.size(), order_);
  append32(body, packet.size(), order_);
  wire::append(body, packet);
  return block(2, body);
}

PcapngFile& PcapngFile::simple(View packet, std::size_t original_length) {
  Bytes body;
  append32(body, original_length == 0 ? packet.size() : original_length, order_);
  wire::append(body, packet);
  return block(3, body);
}

PcapngFile& PcapngFile::secrets(std::string_view text, std::uint32_t type) {
  Bytes body;
  append32(body, type, order_);
  append32(body, text.size(), order_);
  wire::append(body, wire::as_bytes(text));
  return block(10, body);
}

ReadItems read_items(View file, std::size_t piece) {
  MemorySource source(file, piece);
  PacketReader reader(source);
  ReadItems out;
  while (true) {
    const Item item = reader.next();
    if (std::holds_alternative<End>(item)) return out;
    if (const auto* fault = std::get_if<Fault>(&item)) {
      out.fault = *fault;
      return out;
    }
    if (const auto* block = std::get_if<SecretsBlock>(&item)) out.secrets.emplace_back(block->text);
    if (const auto* packet = std::get_if<Packet>(&item)) {
      out.packets.push_back({*packet, wire::copy(packet->bytes)});
      out.packets.back().packet.bytes = {};
    }
  }
}

// --- What was told

Told::Connection& Told::open(ConnectionId id) {
  EXPECT_TRUE(connections.contains(id)) << "connection " << id << " was not opened";
  EXPECT_FALSE(connections[id].closed) << "connection " << id << " is closed";
  return connections[id];
}

void Told::opened(const Opened& opened) {
  EXPECT_FALSE(connections.contains(opened.connection));
  connections[opened.connection].opened = opened;
}

void Told::data(const StreamData& data) {
  Connection& connection = open(data.connection);
  EXPECT_FALSE(data.bytes.empty());
  EXPECT_TRUE(connection.ends[index(data.sender)] != "fin");
  std::uint64_t& position = positions_[data.connection][index(data.sender)];
  EXPECT_EQ(data.position, position);
  position = data.position + data.bytes.size();
  connection.streams[index(data.sender)] += wire::as_text(data.bytes);
  connection.origins.push_back(data.origin);
  if (!connection.conversation.empty()) connection.conversation += ' ';
  connection.conversation += name_of(data.sender);
  connection.conversation += ':' + std::string(wire::as_text(data.bytes));
}

void Told::gap(const StreamGap& gap) {
  Connection& connection = open(gap.connection);
  EXPECT_GT(gap.size, 0U);
  std::uint64_t& position = positions_[gap.connection][index(gap.sender)];
  EXPECT_EQ(gap.position, position);
  position += gap.size;
  connection.streams[index(gap.sender)] += "[" + std::to_string(gap.size) + " missing]";
  connection.gaps.push_back(gap);
}

void Told::ended(const StreamEnded& ended) {
  std::string& end = open(ended.connection).ends[index(ended.sender)];
  EXPECT_TRUE(end.empty()) << "a direction ends once";
  end = ended.how == StreamEnded::How::fin ? "fin" : "rst";
}

void Told::conflict(const StreamConflict& conflict) {
  open(conflict.connection).conflicts.push_back(conflict);
}

void Told::closed(ConnectionId id) { open(id).closed = true; }

void Told::secrets(const SecretsBlock& block) { secret_texts.emplace_back(block.text); }

Reassembled reassemble(const std::vector<SegmentSpec>& segments, ReassemblyLimits limits) {
  Reassembled out;
  Reassembler reassembler(out.told, limits);
  std::uint64_t number = 0;
  for (const SegmentSpec& spec : segments) {
    const Bytes packet = ip_packet(spec);
    const IpPacket ip = decode_ip(packet, packet.size());
    TcpFault fault{};
    const auto segment = decode_tcp(ip.payload, ip.missing, fault);
    ++number;
    reassembler.segment(ip.source, ip.destination, *segment,
                        {number, static_cast<std::int64_t>(number) * 1000});
  }
  reassembler.finish();
  out.counts = reassembler.counts();
  for (const auto& [id, connection] : out.told.connections)
    EXPECT_TRUE(connection.closed) << "connection " << id;
  return out;
}

std::vector<SegmentSpec> opening() {
  return {{true, 1000, 0, "S", ""}, {false, 5000, 1001, "SA", ""}, {true, 1001, 5001, "A", ""}};
}

SegmentSpec client(std::uint32_t seq, std::string data, std::uint32_t ack, std::string flags) {
  return {true, seq, ack, std::move(flags), std::move(data)};
}

SegmentSpec server(std::uint32_t seq, std::string data, std::uint32_t ack, std::string flags) {
  return {false, seq, ack, std::move(flags), std::move(data)};
}

}  // namespace glasstls::inspect::capture::test
