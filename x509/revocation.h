// Is a certificate of a path revoked, as far as the given CRLs tell? RFC 5280, 6.3. Internal to
// verify().
#pragma once

#include <cstddef>
#include <span>

#include "x509/findings.h"
#include "x509/path.h"
#include "x509/verify.h"

namespace glasstls::x509 {

/// Holds path[index], which is not the anchor, against the CRLs of the request. A list counts if it
/// is complete and direct, covers the certificate, is current, and is signed by its issuer: by the
/// key that also signed the certificate, or by another certificate of that name that leads to the
/// same anchor. A serial number that an authentic list names is revoked, even if the list is out of
/// date.
void check_revocation(std::span<const Certificate> path, std::size_t index,
                      const VerifyRequest& request, Work& work, Findings& findings);

}  // namespace glasstls::x509
