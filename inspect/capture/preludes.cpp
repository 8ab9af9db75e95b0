#include "inspect/capture/preludes.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "inspect/printable.h"
#include "record/framing.h"

namespace glasstls::inspect::capture {

namespace {

using namespace std::string_view_literals;

/// One side begins with `start`, and one (that or the other) holds `word`; an empty one says nothing.
struct Pattern {
  std::string_view start, word, name;
};

constexpr Pattern to_tls[] = {
    {"CONNECT "sv, {}, "HTTP CONNECT"},
    {"PROXY TCP"sv, {}, "PROXY protocol"},
    {"\r\n\r\n\0\r\nQUIT\n"sv, {}, "PROXY protocol"},
    {"220"sv, "AUTH TLS"sv, "FTP with AUTH TLS"},
    {"220"sv, "AUTH SSL"sv, "FTP with AUTH SSL"},
    {"220"sv, "LHLO"sv, "LMTP with STARTTLS"},
    {"220"sv, {}, "SMTP with STARTTLS"},
    {"200"sv, "STARTTLS"sv, "NNTP with STARTTLS"},
    {"201"sv, "STARTTLS"sv, "NNTP with STARTTLS"},
    {"* OK"sv, {}, "IMAP with STARTTLS"},
    {"* PREAUTH"sv, {}, "IMAP with STARTTLS"},
    {"+OK"sv, {}, "POP3 with STLS"},
    {"\"IMPLEMENTATION\""sv, {}, "ManageSieve with STARTTLS"},
    {{}, "urn:ietf:params:xml:ns:xmpp-tls"sv, "XMPP with STARTTLS"},
    {{}, "1.3.6.1.4.1.1466.20037"sv, "LDAP with StartTLS"},
    {"\0\0\0\x08\x04\xd2\x16\x2f"sv, {}, "PostgreSQL with SSLRequest"},
    {{}, "Upgrade: TLS/"sv, "HTTP with Upgrade"},
    {"\x03\0\0"sv, {}, "RDP"},
    {"\x05"sv, {}, "SOCKS 5"},
    {"\x04\x01"sv, {}, "SOCKS 4"},
    {{}, "mysql_native_password"sv, "MySQL"},
    {{}, "caching_sha2_password"sv, "MySQL"},
    {{}, "STARTTLS"sv, "STARTTLS"},
};

constexpr Pattern instead_of_tls[] = {
    {"PRI * HTTP/2"sv, {}, "HTTP/2 without TLS"},
    {"HTTP/"sv, {}, "HTTP"},
    {"SSH-"sv, {}, "SSH"},
    {"220"sv, "EHLO"sv, "SMTP"},
    {"220"sv, "HELO"sv, "SMTP"},
    {"220"sv, "USER "sv, "FTP"},
    {"RFB "sv, {}, "VNC"},
    {"\x13"
     "BitTorrent"sv,
     {},
     "BitTorrent"},
    {{}, "mysql_native_password"sv, "MySQL"},
    {{}, "caching_sha2_password"sv, "MySQL"},
};

template <std::size_t Size>
std::string_view find(const Pattern (&table)[Size], View one, View another) {
  const std::string_view texts[] = {wire::as_text(one), wire::as_text(another)};
  const auto any = [&](auto&& holds) {
    return std::any_of(std::begin(texts), std::end(texts), holds);
  };
  for (const Pattern& row : table) {
    const bool starts = any([&](std::string_view text) { return text.starts_with(row.start); });
    const bool holds =
        any([&](std::string_view text) { return text.find(row.word) != std::string_view::npos; });
    if (starts && holds) return row.name;
  }
  return {};
}

bool is_text(std::uint8_t byte) {
  return byte >= 0x20 ? byte != 0x7f : byte == '\n' || byte == '\r' || byte == '\t';
}

}  // namespace

std::string prelude_name(View one, View another) { return std::string(find(to_tls, one, another)); }

std::string protocol_name(View one, View another) {
  if (const std::string_view name = find(instead_of_tls, one, another); !name.empty())
    return std::string(name);
  std::string_view found;
  for (const View side : {one, another}) {
    const auto name = record::plain_text_protocol(side);
    if (name && (found.empty() || found == "plain text")) found = *name;
  }
  return found.empty() ? "a binary protocol" : std::string(found);
}

std::vector<std::string> text_lines(View bytes) {
  constexpr std::size_t most_lines = 3, most_columns = 100;
  std::vector<std::string> lines;
  std::string_view rest = wire::as_text(bytes);
  while (!rest.empty() && lines.size() < most_lines) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const View as_read = wire::as_bytes(line);
    if (!std::all_of(as_read.begin(), as_read.end(), is_text)) break;
    if (!line.empty()) lines.push_back(shorten(printable(line), most_columns));
    rest.remove_prefix(std::min(rest.size(), end + 1));
  }
  return lines;
}

}  // namespace glasstls::inspect::capture
