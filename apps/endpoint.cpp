#include "apps/endpoint.h"

#include <charconv>
#include <cstdint>
#include <system_error>

#include "apps/error.h"

namespace glasstls::apps {

namespace {

using asio::ip::tcp;

[[noreturn]] void refuse(std::string_view text, const std::string& reason) {
  throw CommandError(ExitCode::usage, "'" + std::string(text) + "' is not [ADDR:]PORT: " + reason);
}

std::uint16_t parse_port(std::string_view text, std::string_view whole) {
  std::uint16_t port = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, port);
  if (error != std::errc() || stopped != end)
    refuse(whole, "the port must be a number from 0 to 65535");
  return port;
}

asio::ip::address parse_ip(std::string_view text, std::string_view whole) {
  if (text == "localhost") return asio::ip::address_v4::loopback();
  if (text.empty()) refuse(whole, "the address is missing; 0.0.0.0 stands for all of this machine");
  const bool brackets = text.size() > 2 && text.front() == '[' && text.back() == ']';
  if (brackets) text = text.substr(1, text.size() - 2);
  asio::error_code failed;
  auto address = asio::ip::make_address(std::string(text), failed);
  if (failed) refuse(whole, "the address must be localhost or an IP address");
  if (address.is_v6() != brackets)
    refuse(whole, "an address stands in brackets if it is one of IP version 6, and only then");
  return address;
}

}  // namespace

std::string text_of(const tcp::endpoint& endpoint) {
  const std::string address = endpoint.address().to_string();
  const std::string port = std::to_string(endpoint.port());
  return endpoint.address().is_v6() ? "[" + address + "]:" + port : address + ":" + port;
}

tcp::endpoint parse_listen_address(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos)
    return {asio::ip::address_v4::loopback(), parse_port(text, text)};
  const asio::ip::address address = parse_ip(text.substr(0, colon), text);
  return {address, parse_port(text.substr(colon + 1), text)};
}

}  // namespace glasstls::apps
