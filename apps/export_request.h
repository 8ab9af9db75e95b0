// What `glasstls client --export` asks for. RFC 5705, 4.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "wire/bytes.h"

namespace glasstls::apps {

struct ExportRequest {
  std::string label;
  std::size_t length = 0;        // bytes, 1 to 65,535
  std::optional<Bytes> context;  // none and an empty one give different bytes
};

/// Reads "LABEL:LENGTH" or "LABEL:LENGTH:CONTEXTHEX"; the label has no colon. CommandError (usage).
ExportRequest parse_export(const std::string& text);

}  // namespace glasstls::apps
