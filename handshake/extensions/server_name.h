// server_name: which of its names the client means to reach. RFC 6066, 3.
#pragma once

#include <string_view>
#include <vector>

#include "handshake/registry.h"
#include "wire/bounds.h"
#include "wire/bytes.h"
#include "wire/error.h"

namespace glasstls::handshake {

/// `struct { NameType name_type; select (name_type) { case host_name: HostName; } name; }
/// ServerName`
struct ServerName {
  NameType name_type = NameType::host_name;
  Bytes name;  // an A-label DNS name without a final dot

  static constexpr std::string_view item_name = "server_name";

  static void fields(auto& ar, auto& self) {
    ar.field("name_type", self.name_type);
    ar.text("host_name", self.name, within<1, 0xffff>);
  }
};

/// In the client's hello.
struct ServerNameList {
  static constexpr ExtensionType type = ExtensionType::server_name;
  static constexpr Spec spec{"server_name", "RFC 6066, 3"};

  std::vector<ServerName> server_name_list;

  static void fields(auto& ar, auto& self) {
    ar.vector("server_name_list", self.server_name_list, within<1, 0xffff>);
  }
};

/// In the server's hello: "I used it". Empty.
struct ServerNameAcknowledged {
  static constexpr ExtensionType type = ExtensionType::server_name;
  static constexpr Spec spec{"server_name", "RFC 6066, 3"};

  static void fields(auto&, auto&) {}
};

}  // namespace glasstls::handshake
