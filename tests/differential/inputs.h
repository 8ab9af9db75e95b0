// What the mutations start from.
#pragma once

#include <string>
#include <vector>

#include "wire/bytes.h"

namespace glasstls::differential {

struct NamedInput {
  std::string name;
  Bytes bytes;
};

/// Our client's, with every option on and off; those of OpenSSL, GnuTLS, curl, Python and Chromium
/// in tests/data/inspect/hellos; those among the seeds of fuzz_dissect; and one with many extensions
/// that no one client sends together.
std::vector<NamedInput> client_hellos();

/// In DER: the seeds of fuzz_certificate (those too that are none), tests/data/x509 and
/// tests/data/tls.
std::vector<NamedInput> certificates();

}  // namespace glasstls::differential
