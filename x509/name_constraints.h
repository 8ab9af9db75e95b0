// Which names a CA may vouch for. RFC 5280, 4.2.1.10.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "x509/certificate.h"

namespace glasstls::x509 {

/// Why a certificate below the constraints breaks them, as a sentence; nullopt if it does not.
/// Judged are its subject, the e-mail addresses in its subject, and every subjectAltName.
/// Constraints on dNSName, iPAddress, rfc822Name and directoryName are understood; where one of
/// another form meets a name of that form, the certificate is refused. A wildcard stands for all
/// its expansions. A directoryName that reads like an excluded one, but is encoded in another type
/// of string, is refused too.
///
/// Each comparison of a name with a subtree takes one from `comparisons_left`; when none is left
/// the answer is a refusal.
std::optional<std::string> name_constraint_violation(const NameConstraints& constraints,
                                                     const Certificate& subject,
                                                     std::size_t& comparisons_left);

}  // namespace glasstls::x509
