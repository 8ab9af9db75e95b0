// Who we mean to talk to: the reference identity of RFC 9525, and how certificates present it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "wire/bytes.h"

namespace glasstls::x509 {

class Certificate;

/// A DNS name or an IP address.
class ServerName {
 public:
  /// "example.com", "example.com.", "192.0.2.1", "2001:db8::1", "[2001:db8::1]". nullopt for
  /// anything else: labels are 1 to 63 of a-z, 0-9 and inner '-' (internationalized names as
  /// A-labels), 253 characters in all, and the last label is not a number.
  static std::optional<ServerName> parse(std::string_view text);

  bool is_ip() const { return !address_.empty(); }
  /// Lower case and without a final dot; an address in its usual form.
  const std::string& text() const { return text_; }
  /// 4 or 16 bytes in network order; empty for a DNS name.
  View address() const { return address_; }
  /// What server_name carries: the DNS name; nothing for an address (RFC 6066, 3).
  std::optional<std::string> sni() const;

  /// Whether a dNSName or iPAddress of subjectAltName is this name. The common name never counts.
  /// A wildcard stands for the whole leftmost label only, and at least two labels must follow it.
  bool matches(const Certificate& certificate) const;

  friend bool operator==(const ServerName&, const ServerName&) = default;

 private:
  ServerName(std::string text, Bytes address)
      : text_(std::move(text)), address_(std::move(address)) {}

  std::string text_;
  Bytes address_;
};

std::string to_string(const ServerName& name);

/// "192.0.2.1" or "2001:db8::1" (RFC 5952) for 4 or 16 bytes, hexadecimal for other lengths.
std::string address_text(View address);
/// "192.0.2.0/255.255.255.0" for address and mask (8 or 32 bytes), else address_text().
std::string subnet_text(View subnet);
/// The reverse of address_text(); nullopt if it is neither. No zone identifiers, no leading zeros
/// in IPv4.
std::optional<Bytes> parse_address(std::string_view text);

/// Whether `text` is a DNS name as ServerName::parse wants it, but for a final dot.
bool is_dns_name(std::string_view text);

/// Whether a dNSName of a certificate (`pattern`, perhaps with a wildcard) stands for `name`, which
/// is in lower case. A malformed pattern matches nothing.
bool dns_matches(std::string_view pattern, std::string_view name);

}  // namespace glasstls::x509
