// Explanations of certificates, requests and revocation lists for a terminal.
//
// Lines are at most `width` columns wide (taken as 60 at least). Whatever the object says passes
// through printable(): none of its control bytes reaches the terminal.
#pragma once

#include <cstddef>
#include <string>

#include "inspect/certificate.h"

namespace glasstls::inspect {

struct CertificateTextOptions {
  bool color = false;  // ANSI colours
  bool bytes = false;  // every element of the DER with its range and bytes, instead of statements
  std::size_t width = 80;
};

/// Whole lines. A malformed object is shown element by element, up to the bad byte.
std::string to_text(const Explanation& shown, const CertificateTextOptions& options = {});

}  // namespace glasstls::inspect
