// Records that begin a TLS connection, made by hand.
#pragma once

#include <cstdint>
#include <string>

namespace glasstls::inspect::capture::test {

inline std::string u16(std::size_t value) {
  return {static_cast<char>(value >> 8), static_cast<char>(value)};
}

inline std::string record(char type, const std::string& fragment) {
  return std::string({type, 3, 3}) + u16(fragment.size()) + fragment;
}

/// Type 1 is a ClientHello, 2 a ServerHello: as much of either as a search looks at.
inline std::string hello_message(char type, std::size_t extra = 0) {
  const std::string body = std::string("\x03\x03", 2) + std::string(32, 'R') +
                           std::string(1, '\0') + std::string("\0\x02\xc0\x30\x01\0", 6) +
                           std::string(extra, '\0');
  return std::string({type, 0}) + u16(body.size()) + body;
}

inline std::string client_hello() { return record(22, hello_message(1)); }
inline std::string server_hello() { return record(22, hello_message(2)); }
inline std::string alert() { return record(21, std::string("\x02\x28", 2)); }
inline std::string application_data(std::size_t size = 40) {
  return record(23, std::string(size, '\xa5'));
}

}  // namespace glasstls::inspect::capture::test
