#include "inspect/capture/tcp_writer.h"

#include <algorithm>

#include "wire/writer.h"

namespace glasstls::inspect::capture {

namespace {

// RFC 9293, 3.1
constexpr unsigned fin = 0x01, syn = 0x02, rst = 0x04, psh = 0x08, ack = 0x10;

constexpr std::uint8_t tcp_protocol = 6;
constexpr std::uint8_t hop_limit = 64;

/// The sum of 16-bit numbers, not yet folded.
std::uint64_t sum_of(View bytes, std::uint64_t sum) {
  for (std::size_t i = 0; i < bytes.size(); ++i)
    sum += i % 2 == 0 ? static_cast<std::uint64_t>(bytes[i]) << 8 : bytes[i];
  return sum;
}

void fill_in(Bytes& bytes, std::size_t at, std::uint16_t number) {
  bytes[at] = static_cast<std::uint8_t>(number >> 8);
  bytes[at + 1] = static_cast<std::uint8_t>(number);
}

struct TcpHeader {
  std::uint16_t source_port, destination_port;
  std::uint32_t sequence_number, acknowledgment_number;
  unsigned flags;
};

/// RFC 9293, 3.1; the checksum is left zero.
Bytes tcp_segment(const TcpHeader& header, View data) {
  const bool has_option = (header.flags & syn) != 0;
  const unsigned data_offset = has_option ? 6 : 5;  // in words of 32 bits
  Bytes segment;
  wire::Writer writer(segment);
  writer.field("source_port", header.source_port);
  writer.field("destination_port", header.destination_port);
  writer.field("sequence_number", header.sequence_number);
  writer.field("acknowledgment_number", header.acknowledgment_number);
  writer.field("data_offset and flags",
               static_cast<std::uint16_t>(data_offset << 12 | header.flags));
  writer.field("window", TcpWriter::window);
  writer.field("checksum", std::uint16_t{0});
  writer.field("urgent_pointer", std::uint16_t{0});
  if (has_option) {  // RFC 9293, 3.7.1
    writer.field("kind", std::uint8_t{2});
    writer.field("length", std::uint8_t{4});
    writer.field("maximum_segment_size",
                 static_cast<std::uint16_t>(TcpWriter::maximum_segment_size));
  }
  wire::append(segment, data);
  return segment;
}

/// RFC 791, 3.1. Identification may be zero, as nothing may be fragmented: RFC 6864, 4.1.
Bytes ip_header(const IPv4Address& source, const IPv4Address& destination, std::size_t payload) {
  Bytes header;
  wire::Writer writer(header);
  writer.field("version and length", std::uint8_t{0x45});
  writer.field("type_of_service", std::uint8_t{0});
  writer.field("total_length", static_cast<std::uint16_t>(20 + payload));
  writer.field("identification", std::uint16_t{0});
  writer.field("flags and fragment_offset", std::uint16_t{0x4000});  // do not fragment
  writer.field("time_to_live", hop_limit);
  writer.field("protocol", tcp_protocol);
  writer.field("header_checksum", std::uint16_t{0});
  writer.opaque("source", source);
  writer.opaque("destination", destination);
  fill_in(header, 10, internet_checksum(header));
  return header;
}

/// RFC 8200, 3
Bytes ip_header(const IPv6Address& source, const IPv6Address& destination, std::size_t payload) {
  Bytes header;
  wire::Writer writer(header);
  writer.field("version, traffic_class and flow_label", std::uint32_t{0x60000000});
  writer.field("payload_length", static_cast<std::uint16_t>(payload));
  writer.field("next_header", tcp_protocol);
  writer.field("hop_limit", hop_limit);
  writer.opaque("source", source);
  writer.opaque("destination", destination);
  return header;
}

/// The checksum covers a pseudo-header too: RFC 9293, 3.1; RFC 8200, 8.1. What the two versions add
/// to the sum is the same.
template <class Address>
Bytes ip_packet(const Address& source, const Address& destination, Bytes segment) {
  const std::uint64_t pseudo_header =
      sum_of(destination, sum_of(source, tcp_protocol + segment.size()));
  fill_in(segment, 16, internet_checksum(segment, pseudo_header));
  Bytes packet = ip_header(source, destination, segment.size());
  wire::append(packet, segment);
  return packet;
}

}  // namespace

std::uint16_t internet_checksum(View bytes, std::uint64_t sum) {
  sum = sum_of(bytes, sum);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(~sum);
}

TcpWriter::TcpWriter(const EndPoints& ends, const InitialSequenceNumbers& numbers)
    : ends_(of_one_family(ends)),
      halves_{{{numbers.client, numbers.client, false}, {numbers.server, numbers.server, false}}} {}

Bytes TcpWriter::packet(Side from, unsigned flags, View data) {
  const EndPoint& source = ends_.of(from);
  const EndPoint& destination = ends_.of(other(from));
  Half& sender = half(from);
  Half& receiver = half(other(from));
  const bool acknowledges = (flags & ack) != 0;
  if (acknowledges) receiver.acknowledged = receiver.next;
  Bytes segment = tcp_segment(
      {source.port, destination.port, sender.next, acknowledges ? receiver.next : 0, flags}, data);
  // RFC 9293, 3.4: SYN and FIN have a sequence number of their own.
  sender.next += static_cast<std::uint32_t>(data.size()) + ((flags & (syn | fin)) != 0 ? 1U : 0U);
  if (const auto* ipv4 = std::get_if<IPv4Address>(&source.address))
    return ip_packet(*ipv4, std::get<IPv4Address>(destination.address), std::move(segment));
  return ip_packet(std::get<IPv6Address>(source.address),
                   std::get<IPv6Address>(destination.address), std::move(segment));
}

TcpWriter::Packets TcpWriter::open() {
  Packets packets;
  packets.push_back(packet(Side::client, syn));
  packets.push_back(packet(Side::server, syn | ack));
  packets.push_back(packet(Side::client, ack));
  return packets;
}

TcpWriter::Packets TcpWriter::data(Side from, View bytes) {
  Packets packets;
  if (half(from).ended) return packets;
  while (!bytes.empty()) {
    const View piece = bytes.first(std::min(bytes.size(), maximum_segment_size));
    bytes = bytes.subspan(piece.size());
    const std::uint32_t under_way = half(from).next - half(from).acknowledged;
    if (under_way + piece.size() > window) acknowledge(other(from), packets);
    packets.push_back(packet(from, bytes.empty() ? psh | ack : ack, piece));
  }
  return packets;
}

TcpWriter::Packets TcpWriter::closed(Side from, Ending ending) {
  Packets packets;
  if (half(from).ended && (ending == Ending::fin || half(other(from)).ended)) return packets;
  half(from).ended = true;
  if (ending == Ending::rst) {
    acknowledge(other(from), packets);
    packets.push_back(packet(from, rst | ack));
    half(other(from)).ended = true;
    for (Half& each : halves_) each.acknowledged = each.next;
  } else {
    packets.push_back(packet(from, fin | ack));
    if (half(other(from)).ended) acknowledge(other(from), packets);
  }
  return packets;
}

TcpWriter::Packets TcpWriter::acknowledge() {
  Packets packets;
  acknowledge(Side::client, packets);
  acknowledge(Side::server, packets);
  return packets;
}

void TcpWriter::acknowledge(Side from, Packets& packets) {
  const Half& sender = half(other(from));
  if (sender.next != sender.acknowledged) packets.push_back(packet(from, ack));
}

}  // namespace glasstls::inspect::capture
