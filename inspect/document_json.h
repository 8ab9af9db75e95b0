// Documents as JSON: what `--json` prints, and what the page's script reads. The schema is described
// in docs/json.md.
//
// Members have the names of document.h; enumerations are lower-case names, bytes lower-case
// hexadecimal, what is missing or empty is null. Times are nanoseconds since the connection began
// (`begin` is the time itself). Text of a peer that is not UTF-8 has its bad bytes replaced by
// U+FFFD.
#pragma once

#include <string>
#include <vector>

#include "inspect/document.h"

namespace glasstls::inspect {

/// In one line, without its end.
std::string to_json(const Document& document);

/// {"schema": 1, "documents": [...]}, pretty-printed, with a line end.
std::string to_json(const std::vector<Document>& documents);

}  // namespace glasstls::inspect
