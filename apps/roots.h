// The roots that a program trusts: given files, or the system's store.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "x509/trust_store.h"

namespace glasstls::apps {

/// Loads PEM or DER files; none given: SSL_CERT_FILE, SSL_CERT_DIR, or the system's store.
/// Certificates of no use are named on standard error. Throws CommandError(usage) for a file that
/// cannot be read or holds no certificate that can be used.
std::shared_ptr<const x509::TrustStore> load_roots(const std::vector<std::string>& ca_files);

}  // namespace glasstls::apps
