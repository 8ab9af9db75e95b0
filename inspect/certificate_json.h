// Explanations of certificates, requests and revocation lists as one JSON text. The schema is
// described in docs/json.md.
#pragma once

#include <span>
#include <string>

#include "inspect/certificate.h"

namespace glasstls::inspect {

/// Pretty-printed, with a line end. `source` is the file or host as the user gave it.
std::string to_json(const std::string& source, std::span<const Explanation> objects, int exit_code);

}  // namespace glasstls::inspect
