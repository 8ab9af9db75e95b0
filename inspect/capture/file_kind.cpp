#include "inspect/capture/file_kind.h"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace glasstls::inspect::capture {

namespace {

using namespace std::string_view_literals;

struct Kind {
  std::string_view start;
  std::string_view words;
};

constexpr Kind kinds[] = {
    {"\x1f\x8b"sv, "it is compressed with gzip; unpack it first"},
    {"\x28\xb5\x2f\xfd"sv, "it is compressed with zstd; unpack it first"},
    {"\x04\x22\x4d\x18"sv, "it is compressed with lz4; unpack it first"},
    {"\xfd"
     "7zXZ"sv,
     "it is compressed with xz; unpack it first"},
    {"BZh"sv, "it is compressed with bzip2; unpack it first"},
    {"PK\x03\x04"sv, "it is a zip archive; unpack it first"},
    {"-----BEGIN "sv, "it is a PEM file (a certificate or a key)"},
    {"\x30\x82"sv, "it looks like DER (a certificate or a key)"},
    {"\xa1\xb2\xcd\x34"sv, "it is a pcap of an old patched kind; convert it with editcap"},
    {"\x34\xcd\xb2\xa1"sv, "it is a pcap of an old patched kind; convert it with editcap"},
    {"snoop\0\0\0"sv, "it is a snoop capture; convert it with editcap"},
    {"\x16\x03"sv, "it begins like the bytes of a TLS connection, without packets around them"},
    {"\x7f"
     "ELF"sv,
     "it is a program"},
    {"%PDF"sv, "it is a PDF document"},
    {"<!DOCTYPE"sv, "it is an HTML page"},
    {"<html"sv, "it is an HTML page"},
    {"{"sv, "it looks like JSON"},
};

constexpr std::string_view key_log_labels[] = {
    "CLIENT_RANDOM ",          "PMS_CLIENT_RANDOM ",       "RSA ",
    "RSA Session-ID:",         "CLIENT_HANDSHAKE_TRAFFIC", "SERVER_HANDSHAKE_TRAFFIC",
    "CLIENT_TRAFFIC_SECRET_0", "SERVER_TRAFFIC_SECRET_0",  "EXPORTER_SECRET",
    "CLIENT_EARLY_TRAFFIC",    "EARLY_EXPORTER_SECRET",
};

bool is_text(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 ? byte != 0x7f : std::isspace(byte) != 0;
}

/// A line of a key log stands first, or after comments.
bool is_key_log(std::string_view text) {
  while (text.starts_with('#') || text.starts_with('\n') || text.starts_with('\r')) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return false;
    text.remove_prefix(end + 1);
  }
  return std::any_of(std::begin(key_log_labels), std::end(key_log_labels),
                     [text](std::string_view label) { return text.starts_with(label); });
}

}  // namespace

std::string file_kind(View first_bytes) {
  const std::string_view text = wire::as_text(first_bytes);
  if (text.empty()) return "the file is empty";
  if (is_key_log(text)) return "it is a TLS key log; give it with --keylog";
  const auto* const found =
      std::find_if(std::begin(kinds), std::end(kinds),
                   [text](const Kind& kind) { return text.starts_with(kind.start); });
  if (found != std::end(kinds)) return std::string(found->words);
  if (std::all_of(text.begin(), text.end(), is_text)) return "it is a text";
  return "it begins with " + wire::hex(first_bytes.first(std::min<std::size_t>(8, text.size()))) +
         ", and neither pcap nor pcapng do";
}

}  // namespace glasstls::inspect::capture
