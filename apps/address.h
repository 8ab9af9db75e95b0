// HOST[:PORT] as people type it.
#pragma once

#include <string>
#include <string_view>

namespace glasstls::apps {

struct Address {
  std::string host;  // without brackets
  std::string port;  // decimal, 1 to 65535
};

/// "example.com", "example.com:443", "192.0.2.1:443", "[2001:db8::1]:443", "2001:db8::1". Throws
/// CommandError(usage) for anything else.
Address parse_address(std::string_view text, std::string_view default_port);

}  // namespace glasstls::apps
