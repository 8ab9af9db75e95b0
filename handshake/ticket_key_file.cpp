#include "handshake/ticket_key_file.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "crypto/constant_time.h"
#include "x509/pem.h"

namespace glasstls::handshake {

namespace {

constexpr std::string_view rule = "HAProxy, tls-ticket-keys";

bool is_key_size(std::size_t size) { return size == 48 || size == 80; }

TicketKey key_of(View bytes) {
  TicketKey key;
  std::copy_n(bytes.begin(), key.key_name.size(), key.key_name.begin());
  key.secret = crypto::SecretBytes::copy_of(bytes);
  return key;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

std::string_view trimmed(std::string_view line) {
  while (!line.empty() && is_blank(line.back())) line.remove_suffix(1);
  while (!line.empty() && is_blank(line.front())) line.remove_prefix(1);
  return line;
}

/// The bytes of one line, wiped when destroyed.
std::optional<crypto::SecretBytes> decoded(std::string_view line) {
  std::optional<Bytes> bytes = x509::base64_decode(line);
  if (!bytes) return std::nullopt;
  crypto::SecretBytes secret = crypto::SecretBytes::copy_of(*bytes);
  crypto::wipe(*bytes);
  return secret;
}

/// Why the key of a line cannot be added; empty: it can.
std::string objection(const std::vector<TicketKey>& keys, const TicketKey& key) {
  const std::size_t size = key.secret.size();
  if (!keys.empty() && keys.front().secret.size() != size)
    return "a key of " + std::to_string(size) + " bytes after one of " +
           std::to_string(keys.front().secret.size()) + "; all must have one size";
  const bool known = std::any_of(keys.begin(), keys.end(), [&](const TicketKey& other) {
    return other.key_name == key.key_name;
  });
  return known ? "its first 16 bytes, the name of the key, are those of an earlier line" : "";
}

/// Adds the key of one line, or says why not.
std::string add_line(std::vector<TicketKey>& keys, std::string_view line) {
  const std::optional<crypto::SecretBytes> bytes = decoded(line);
  if (!bytes) return "not base64";
  if (!is_key_size(bytes->size()))
    return "a key of " + std::to_string(bytes->size()) + " bytes, not 48 or 80";
  TicketKey key = key_of(bytes->reveal());
  std::string reason = objection(keys, key);
  if (reason.empty()) keys.push_back(std::move(key));
  return reason;
}

std::string no_raw_key(std::size_t size) {
  return "; nor is the file, of " + std::to_string(size) + " bytes, a raw key of 48 or 80";
}

}  // namespace

x509::Result<TicketKeySet> parse_ticket_keys(View file) {
  TicketKeySet set;
  if (is_key_size(file.size())) {
    set.keys.push_back(key_of(file));
    return set;
  }
  const std::string_view text = wire::as_text(file);
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = trimmed(text.substr(begin, end - begin));
    ++number;
    std::string reason = line.empty() ? "" : add_line(set.keys, line);
    if (!reason.empty()) {
      if (set.keys.empty()) reason += no_raw_key(file.size());
      return x509::Malformed{begin, "line " + std::to_string(number) + ": " + reason, rule};
    }
    begin = end + 1;
  }
  if (set.keys.empty()) return x509::Malformed{0, "the file holds no ticket key", rule};
  set.sealing = set.keys.size() < 2 ? 0 : set.keys.size() - 2;
  return set;
}

}  // namespace glasstls::handshake
