// What RFC 5280 and the browsers' profile (CA/Browser Forum, Baseline Requirements, 7.1.2) ask of
// certificates beyond what is unsafe to ignore: remarks, which Profile::strict refuses. Internal to
// verify().
//
// Everything that OpenSSL's X509_V_FLAG_X509_STRICT refuses is among them. Of the browsers' rules
// those are not held that speak of public CAs only: the length of validity, logs, entropy.
#pragma once

#include <cstddef>
#include <span>

#include "x509/certificate.h"
#include "x509/findings.h"
#include "x509/verify.h"

namespace glasstls::x509 {

/// path[index] is the trust anchor: its own signature, serial number and authority key identifier
/// are not looked at.
void check_anchor_profile(std::span<const Certificate> path, std::size_t index, Findings& findings);
void check_ca_profile(std::span<const Certificate> path, std::size_t index, Findings& findings);
/// path[0].
void check_leaf_profile(std::span<const Certificate> path, Purpose purpose, Findings& findings);

/// What a certificate shows by itself, for whoever explains it: its place in a path is not known.
/// `findings` is for the path of this one.
void check_alone(const Certificate& certificate, Findings& findings);

}  // namespace glasstls::x509
