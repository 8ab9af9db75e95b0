#include "apps/address.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "apps/error.h"

namespace glasstls::apps {

namespace {

[[noreturn]] void refuse(std::string_view text, const std::string& reason) {
  throw CommandError(ExitCode::usage, "'" + std::string(text) + "' is not HOST[:PORT]: " + reason);
}

bool is_port(std::string_view text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && value >= 1 && value <= 65535;
}

}  // namespace

Address parse_address(std::string_view text, std::string_view default_port) {
  if (text.find("://") != std::string_view::npos) refuse(text, "a URL is not asked for");
  std::string_view host = text;
  std::string_view port = default_port;
  if (text.starts_with('[')) {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) refuse(text, "a ']' is missing");
    host = text.substr(1, close - 1);
    const std::string_view rest = text.substr(close + 1);
    if (!rest.empty() && rest[0] != ':') refuse(text, "after ']' only ':PORT' may follow");
    if (!rest.empty()) port = rest.substr(1);
  } else if (std::count(text.begin(), text.end(), ':') == 1) {
    host = text.substr(0, text.find(':'));
    port = text.substr(text.find(':') + 1);
  }
  if (host.empty()) refuse(text, "the host is missing");
  if (!text.starts_with('[') && std::count(text.begin(), text.end(), ':') > 1 &&
      !x509::ServerName::parse(text))
    refuse(text, "an address of IP version 6 stands in brackets if a port follows: [::1]:443");
  if (!is_port(port)) refuse(text, "the port must be a number from 1 to 65535");
  return {std::string(host), std::string(port)};
}

x509::ServerName name_to_verify(const std::string& given, const Address& address) {
  const std::string& text = given.empty() ? address.host : given;
  auto name = x509::ServerName::parse(text);
  if (!name)
    throw CommandError(ExitCode::usage, "'" + text + "' is neither a DNS name nor an IP address" +
                                            (given.empty() ? "; give --name" : ""));
  return *std::move(name);
}

}  // namespace glasstls::apps
