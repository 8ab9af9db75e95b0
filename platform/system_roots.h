// The trust anchors of this system.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "x509/trust_store.h"

namespace glasstls::platform {

struct SystemRoots {
  x509::TrustStore store;
  std::vector<std::string> sources;     // files that gave anchors
  std::vector<std::string> skipped;     // "FILE, line 12: why": certificates and files of no use
  std::vector<std::string> unreadable;  // "FILE: why": asked for by name, and could not be read
};

/// "FILE, line 12: why".
std::string describe(const x509::TrustStore::Skipped& skipped);

/// SSL_CERT_FILE and SSL_CERT_DIR (directories separated by ':'), whichever are set (and neither in
/// a set-user-ID program); if neither is, the first of the usual bundles that exists. No source at
/// all is an empty store and a line in `unreadable`.
SystemRoots load_system_roots();

/// The same from given places: no environment is looked at. In a directory every regular file
/// counts, links followed, each file once however many links lead to it; sub-directories do not.
/// What could not be read in a directory is skipped.
SystemRoots load_roots(const std::vector<std::string>& files,
                       const std::vector<std::string>& directories);

}  // namespace glasstls::platform
