#include "inspect/capture/read_streams.h"

#include <algorithm>

#include "inspect/capture/ip.h"
#include "inspect/capture/link.h"
#include "inspect/capture/tcp.h"

namespace glasstls::inspect::capture {

namespace {

class Walk {
 public:
  Walk(StreamListener& listener, ReassemblyLimits limits)
      : listener_(&listener), reassembler_(listener, limits) {}

  CaptureSummary run(ByteSource& source) {
    PacketReader reader(source);
    while (take(reader.next())) {
    }
    reassembler_.finish();
    summary_.format = reader.format();
    summary_.size = reader.offset();
    summary_.tcp = reassembler_.counts();
    return std::move(summary_);
  }

 private:
  bool take(const Item& item) {
    if (const auto* packet = std::get_if<Packet>(&item)) {
      count(*packet);
      read_link(*packet);
    } else if (const auto* block = std::get_if<SecretsBlock>(&item)) {
      listener_->secrets(*block);
    } else if (const auto* fault = std::get_if<Fault>(&item)) {
      summary_.fault = *fault;
      return false;
    }
    return !std::holds_alternative<End>(item);
  }

  void count(const Packet& packet) {
    ++summary_.packets;
    if (packet.bytes.size() < packet.original_length) ++summary_.cut_packets;
    if (!packet.time) return;
    summary_.first = std::min(*packet.time, summary_.first.value_or(*packet.time));
    summary_.last = std::max(*packet.time, summary_.last.value_or(*packet.time));
  }

  void read_link(const Packet& packet) {
    const LinkPayload link = decode_link(packet.link_type, packet.bytes);
    switch (link.kind) {
      case LinkPayload::Kind::ip: return read_ip(packet, link.bytes);
      case LinkPayload::Kind::not_ip: ++summary_.not_ip; return;
      case LinkPayload::Kind::cut: ++summary_.cut_headers; return;
      case LinkPayload::Kind::unknown_link_type:
        ++summary_.unknown_link_types[packet.link_type];
        return;
    }
  }

  void read_ip(const Packet& packet, View bytes) {
    const std::size_t header = packet.bytes.size() - bytes.size();
    const IpPacket ip = decode_ip(bytes, packet.original_length - header);
    switch (ip.kind) {
      case IpPacket::Kind::tcp: return read_tcp(packet, ip);
      case IpPacket::Kind::other: ++summary_.not_tcp; return;
      case IpPacket::Kind::fragment: ++summary_.fragments; return;
      case IpPacket::Kind::cut: ++summary_.cut_headers; return;
      case IpPacket::Kind::malformed: ++summary_.malformed; return;
    }
  }

  void read_tcp(const Packet& packet, const IpPacket& ip) {
    TcpFault fault{};
    const auto segment = decode_tcp(ip.payload, ip.missing, fault);
    if (segment)
      reassembler_.segment(ip.source, ip.destination, *segment, {packet.frame, packet.time});
    else
      ++(fault == TcpFault::cut ? summary_.cut_headers : summary_.malformed);
  }

  StreamListener* listener_;
  Reassembler reassembler_;
  CaptureSummary summary_;
};

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

std::string packets(std::uint64_t count) { return counted(count, "packet", "packets"); }

}  // namespace

CaptureSummary read_streams(ByteSource& source, StreamListener& listener, ReassemblyLimits limits) {
  return Walk(listener, limits).run(source);
}

std::vector<std::string> remarks(const CaptureSummary& summary) {
  std::vector<std::string> out;
  const auto add = [&out](std::uint64_t count, const std::string& what) {
    if (count > 0) out.push_back(packets(count) + " passed over: " + what);
  };
  if (summary.fault) out.push_back(summary.fault->what);
  for (const auto& [link_type, count] : summary.unknown_link_types)
    add(count, link_type_name(link_type) + " is not a link type that we read");
  add(summary.fragments, "fragments of IP packets, which we do not put together");
  add(summary.malformed, "malformed IP or TCP headers");
  add(summary.cut_headers, "cut within their headers");
  if (summary.cut_packets > 0)
    out.push_back(packets(summary.cut_packets) +
                  " cut by the snap length of the capture (tcpdump -s 0 keeps them whole)");
  if (summary.tcp.gaps > 0)
    out.push_back(counted(summary.tcp.missing_bytes, "byte is", "bytes are") +
                  " missing from TCP streams, in " + counted(summary.tcp.gaps, "gap", "gaps"));
  if (summary.tcp.conflicts > 0)
    out.push_back(
        counted(summary.tcp.conflicts, "retransmission differs", "retransmissions differ") +
        " from what was sent first, which counts");
  if (summary.tcp.evicted > 0)
    out.push_back(counted(summary.tcp.evicted, "connection was", "connections were") +
                  " given up to make room: too many were open at once");
  return out;
}

}  // namespace glasstls::inspect::capture
