// The roots that a program trusts: given files, or the system's store.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "x509/trust_store.h"

namespace glasstls::apps {

/// Loads PEM or DER files, and folders of such; none given: SSL_CERT_FILE, SSL_CERT_DIR, or the
/// system's store, which `system` adds to what is given. Certificates of no use in what was given
/// are named on standard error, as is a variable's file or folder that cannot be read. Throws
/// CommandError(usage) for a file or folder given that cannot be read or holds no certificate that
/// can be used.
std::shared_ptr<const x509::TrustStore> load_roots(const std::vector<std::string>& ca_paths,
                                                   bool system = false);

}  // namespace glasstls::apps
