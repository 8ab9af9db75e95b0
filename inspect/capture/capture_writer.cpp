#include "inspect/capture/capture_writer.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "crypto/constant_time.h"
#include "inspect/capture/pcapng_block.h"

namespace glasstls::inspect::capture {

/// What the streams of a file share.
class PcapngFile {
 public:
  explicit PcapngFile(CaptureWriter::Sink sink) : sink_(std::move(sink)) {}

  void write(View block) {
    const std::lock_guard lock(mutex_);
    sink_(block);
  }

  /// From 1.
  std::uint32_t next_connection() {
    const std::lock_guard lock(mutex_);
    return ++connections_;
  }

  void write_secrets(std::string_view key_log) {
    if (key_log.empty()) return;
    Bytes block = decryption_secrets_block(key_log);
    write(block);
    crypto::wipe(block);
  }

 private:
  std::mutex mutex_;
  CaptureWriter::Sink sink_;
  std::uint32_t connections_ = 0;
};

// --- CaptureStream

CaptureStream::CaptureStream(std::shared_ptr<PcapngFile> file, const EndPoints& ends,
                             const InitialSequenceNumbers& numbers, std::uint64_t time)
    : file_(std::move(file)), tcp_(ends, numbers) {
  write(tcp_.open(), time);
}

CaptureStream::~CaptureStream() { end(); }

CaptureStream::CaptureStream(CaptureStream&&) noexcept = default;

CaptureStream& CaptureStream::operator=(CaptureStream&& stream) noexcept {
  if (this == &stream) return *this;
  end();
  file_ = std::move(stream.file_);
  tcp_ = stream.tcp_;
  latest_ = stream.latest_;
  return *this;
}

void CaptureStream::data(Side from, View bytes, std::uint64_t time) noexcept {
  write(tcp_.data(from, bytes), time);
}

void CaptureStream::secrets(std::string_view key_log) noexcept { file_->write_secrets(key_log); }

void CaptureStream::closed(Side from, Ending ending, std::uint64_t time) noexcept {
  write(tcp_.closed(from, ending), time);
}

void CaptureStream::write(const TcpWriter::Packets& packets, std::uint64_t time) {
  latest_ = std::max(latest_, time);
  for (const Bytes& packet : packets) file_->write(enhanced_packet_block(packet, time));
}

void CaptureStream::end() noexcept {
  if (file_ != nullptr) write(tcp_.acknowledge(), latest_);
}

// --- CaptureWriter

CaptureWriter::CaptureWriter(Sink sink, std::string_view application) noexcept
    : file_(std::make_shared<PcapngFile>(std::move(sink))) {
  file_->write(section_header_block(application));
  file_->write(interface_description_block());
}

/// A reader takes a SYN with the sequence number of an earlier one for its repetition, so each
/// connection begins elsewhere.
CaptureStream CaptureWriter::connect(const EndPoints& ends, std::uint64_t time,
                                     std::optional<InitialSequenceNumbers> numbers) noexcept {
  const std::uint32_t beginning = file_->next_connection() << 24;
  return {file_, ends, numbers.value_or(InitialSequenceNumbers{beginning, beginning + 0x0080'0000}),
          time};
}

void CaptureWriter::secrets(std::string_view key_log) noexcept { file_->write_secrets(key_log); }

}  // namespace glasstls::inspect::capture
