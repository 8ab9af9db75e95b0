// JSON: the report and the document as one text. The schema is described in docs/json.md.
//
// Bytes are lower-case hexadecimal. Text of a peer that is not UTF-8 has its bad bytes replaced by
// U+FFFD. Values of secrets are there only if the document holds them.
#pragma once

#include <string>

#include "inspect/document.h"
#include "inspect/report.h"

namespace glasstls::inspect {

/// Changes whenever a reader of the old schema would be misled.
inline constexpr int json_schema = 1;

/// Pretty-printed, with a line end.
std::string to_json(const Report& report, const Document& document);

}  // namespace glasstls::inspect
