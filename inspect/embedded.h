// Files of this folder that are part of the library: the words of each language, and the page.
#pragma once

#include <span>
#include <string_view>

namespace glasstls::inspect {

struct EmbeddedFile {
  std::string_view path;  // below inspect/: "words/en/fields.txt"
  std::string_view content;
};

std::span<const EmbeddedFile> embedded_files();

}  // namespace glasstls::inspect
