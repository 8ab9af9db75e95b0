// HOST[:PORT] as people type it.
#pragma once

#include <string>
#include <string_view>

#include "x509/server_name.h"

namespace glasstls::apps {

struct Address {
  std::string host;  // without brackets
  std::string port;  // decimal, 1 to 65535
};

/// "example.com", "example.com:443", "192.0.2.1:443", "[2001:db8::1]:443", "2001:db8::1". Throws
/// CommandError(usage) for anything else.
Address parse_address(std::string_view text, std::string_view default_port);

/// Whom the server's certificate must be for: as given, else the host. CommandError(usage) if that is
/// neither a DNS name nor an IP address.
x509::ServerName name_to_verify(const std::string& given, const Address& address);

}  // namespace glasstls::apps
