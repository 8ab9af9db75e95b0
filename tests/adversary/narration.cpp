#include "tests/adversary/narration.h"

#include <algorithm>
#include <vector>

#include "handshake/codec.h"
#include "record/framing.h"

namespace glasstls::adversary {

namespace {

using handshake::HandshakeType;

std::string name(ContentType type) {
  switch (type) {
    case ContentType::change_cipher_spec: return "change_cipher_spec";
    case ContentType::alert: return "alert";
    case ContentType::handshake: return "handshake";
    case ContentType::application_data: return "application_data";
  }
  return "record of type " + std::to_string(static_cast<unsigned>(type));
}

std::string names_of(std::span<const HandshakeType> messages) {
  std::string text;
  for (const HandshakeType type : messages) {
    const std::string_view known = handshake::spec_of(type).name;
    text += text.empty() ? "" : " ";
    text += known.empty() ? "message of type " + std::to_string(static_cast<unsigned>(type))
                          : std::string(known);
  }
  return text;
}

/// One record, or what is left if that is none: taken off the bytes.
std::string take_record(View& bytes) {
  const auto rest = [&bytes] { return std::to_string(bytes.size()) + " bytes"; };
  if (bytes.size() < record::header_length) {
    const std::string text = rest();
    bytes = {};
    return text;
  }
  const std::size_t length = std::size_t{bytes[3]} << 8 | bytes[4];
  std::string text = name(ContentType(bytes[0])) + " (" + std::to_string(length) + " bytes)";
  const std::size_t there = std::min(record::header_length + length, bytes.size());
  if (there < record::header_length + length)
    text += " of which " + std::to_string(there - record::header_length) + " follow";
  bytes = bytes.subspan(there);
  return text;
}

}  // namespace

std::string describe_sent(View bytes, std::span<const HandshakeType> messages) {
  struct Run {
    std::string record;
    std::size_t count = 0;
  };
  std::vector<Run> runs;
  while (!bytes.empty()) {
    const std::string record = take_record(bytes);
    if (runs.empty() || runs.back().record != record) runs.push_back({record, 0});
    ++runs.back().count;
  }
  std::string text = names_of(messages);
  const char* separator = text.empty() ? "" : ": ";
  for (const Run& run : runs) {
    text += separator + run.record;
    if (run.count > 1) text += " x " + std::to_string(run.count);
    separator = ", ";
  }
  return text;
}

std::string describe_received(std::span<const HandshakeType> messages, std::size_t data_bytes) {
  std::string text = names_of(messages);
  if (data_bytes > 0)
    text += (text.empty() ? "" : ", ") + std::to_string(data_bytes) + " bytes of data";
  return text;
}

}  // namespace glasstls::adversary
