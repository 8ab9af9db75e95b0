// From a capture file to the streams of its TCP connections, in one call.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inspect/capture/packet_reader.h"
#include "inspect/capture/reassembly.h"

namespace glasstls::inspect::capture {

/// What was read, and what was passed over: each packet is counted once below `packets`, if it is not
/// a TCP segment.
struct CaptureSummary {
  std::string_view format;  // "pcap", "pcapng"; empty if it is neither
  std::uint64_t size = 0;   // bytes of the file that were read
  std::uint64_t packets = 0;
  std::uint64_t cut_packets = 0;  // by the snap length
  Time first, last;               // earliest and latest packet

  std::map<std::uint32_t, std::uint64_t> unknown_link_types;  // packets by link type
  std::uint64_t not_ip = 0;
  std::uint64_t not_tcp = 0;
  std::uint64_t fragments = 0;  // of IP packets
  std::uint64_t cut_headers = 0;
  std::uint64_t malformed = 0;  // headers that cannot be

  ReassemblyCounts tcp;
  std::optional<Fault> fault;  // what ended the reading before the file's end
};

/// Reads the whole file in bounded memory, tells `listener`, and closes all connections at the end.
CaptureSummary read_streams(ByteSource& source, StreamListener& listener,
                            ReassemblyLimits limits = {});

/// What the reader of an explanation should know, each as a sentence without a full stop: the fault,
/// what was passed over, what is incomplete. Empty if there is nothing.
std::vector<std::string> remarks(const CaptureSummary& summary);

}  // namespace glasstls::inspect::capture
