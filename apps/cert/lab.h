// A lab PKI: a CA, perhaps an intermediate one, a server's and a client's certificate, as files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace glasstls::apps {

struct LabSpec {
  std::string folder;                                                       // made if it is missing
  std::vector<std::string> names{"test", "localhost", "127.0.0.1", "::1"};  // of the server
  std::string kind = "rsa";   // of the keys: see key_kinds()
  bool intermediate = false;  // signs the server's certificate
  int days = 365;             // that the server's and the client's certificates are valid
  bool force = false;         // replace files that exist

  /// The path of one of its files: "ca-cert.pem".
  std::string file(std::string_view name) const;
};

/// Writes ca-, server- and client-key.pem and -cert.pem, server-chain.pem, and with an intermediate CA
/// its two files; returns their paths, in the order in which to tell them. CommandError (usage) for
/// names that no server can have, and as write_outputs() does.
std::vector<std::string> make_lab(const LabSpec& lab);

}  // namespace glasstls::apps
