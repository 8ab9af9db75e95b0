#include "inspect/capture/packet_reader.h"

#include <utility>

#include "inspect/capture/file_kind.h"
#include "inspect/capture/pcap.h"
#include "inspect/capture/pcapng.h"

namespace glasstls::inspect::capture {

Item PacketReader::next() {
  if (fault_) return *fault_;
  if (format_ == nullptr) fault_ = open();
  if (fault_) return *fault_;
  Item item = format_->next();
  if (const auto* fault = std::get_if<Fault>(&item)) fault_ = *fault;
  return item;
}

std::optional<Fault> PacketReader::open() {
  const View start = window_.peek(file_kind_length);
  if (std::string failure = window_.failure(); !failure.empty())
    return Fault{Fault::Kind::unreadable, 0, std::move(failure), {}};
  if (PcapFormat::recognises(start)) {
    format_ = std::make_unique<PcapFormat>(window_);
  } else if (PcapngFormat::recognises(start)) {
    format_ = std::make_unique<PcapngFormat>(window_);
  } else {
    return Fault{Fault::Kind::not_a_capture, 0, "not a capture: " + file_kind(start), {}};
  }
  return std::nullopt;
}

CollectedSecrets collect_secrets(ByteSource& source) {
  CollectedSecrets collected;
  std::size_t size = 0;
  PacketReader reader(source);
  while (true) {
    const Item item = reader.next();
    if (const auto* fault = std::get_if<Fault>(&item)) collected.fault = *fault;
    if (const auto* block = std::get_if<SecretsBlock>(&item)) {
      size += block->text.size();
      if (size > max_secrets_size)
        ++collected.left_out;
      else
        collected.blocks.push_back({block->offset, std::string(block->text)});
    }
    const bool over = collected.fault || std::holds_alternative<End>(item);
    if (over || !reader.may_hold_secrets()) return collected;
  }
}

}  // namespace glasstls::inspect::capture
