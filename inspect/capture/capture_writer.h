// CaptureWriter: connections as a pcapng file that Wireshark decrypts without settings.
//
// draft-ietf-opsawg-pcapng. One section, little-endian, with one interface of raw IP packets
// (LINKTYPE_RAW) and times in nanoseconds; secrets in Decryption Secrets Blocks. Nothing is
// reordered: blocks stand in the order of the calls, whatever their times. A reader in one pass
// decrypts a record only if its secrets stand before it, so tell secrets first.
//
// The same calls make the same bytes. Nothing here throws.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "glasstls/version.h"
#include "inspect/capture/end_points.h"
#include "inspect/capture/tcp_writer.h"
#include "wire/bytes.h"
#include "wire/side.h"

namespace glasstls::inspect::capture {

class PcapngFile;

/// One connection in a file. Used by one thread at a time; different ones of a file may be used by
/// different threads. All times are nanoseconds since the epoch, of what happened, not of the call.
class CaptureStream {
 public:
  /// Writes the acknowledgements that are still missing, with the latest time that was told. A
  /// connection that was not closed stays open.
  ~CaptureStream();
  CaptureStream(CaptureStream&&) noexcept;
  CaptureStream& operator=(CaptureStream&&) noexcept;

  /// Bytes that a side sent, all of one time. Nothing is written after the side's end.
  void data(Side from, View bytes, std::uint64_t time) noexcept;
  /// Lines of a key log. The last one gets its line end if it has none.
  void secrets(std::string_view key_log) noexcept;
  /// A side sends no more, or resets the connection. Nothing is written the second time.
  void closed(Side from, Ending ending, std::uint64_t time) noexcept;

 private:
  friend class CaptureWriter;
  CaptureStream(std::shared_ptr<PcapngFile> file, const EndPoints& ends,
                const InitialSequenceNumbers& numbers, std::uint64_t time);

  void write(const TcpWriter::Packets& packets, std::uint64_t time);
  void end() noexcept;

  std::shared_ptr<PcapngFile> file_;  // null when moved from
  TcpWriter tcp_;
  std::uint64_t latest_ = 0;
};

class CaptureWriter {
 public:
  /// Gets the file's bytes, a whole block at each call, by one thread at a time. It must not throw.
  using Sink = std::function<void(View)>;

  /// Writes the section's header and the interface. `application` is said to have made the file.
  explicit CaptureWriter(Sink sink,
                         std::string_view application = "GlassTLS " GLASSTLS_VERSION) noexcept;

  /// A connection that began at `time`: its SYN, SYN-ACK and ACK. The sequence numbers default to
  /// others for each connection of the file. The stream may outlive the writer, but not what the
  /// sink needs. Any thread may call.
  CaptureStream connect(const EndPoints& ends, std::uint64_t time,
                        std::optional<InitialSequenceNumbers> numbers = std::nullopt) noexcept;
  /// As CaptureStream::secrets, of no connection in particular. Any thread may call.
  void secrets(std::string_view key_log) noexcept;

 private:
  std::shared_ptr<PcapngFile> file_;
};

}  // namespace glasstls::inspect::capture
