// The page: documents as one HTML file that needs nothing else. It works from disk, asks for nothing
// over the network, and its policy allows no script and no style but its own. What peers chose enters
// it as JSON with every "<" escaped, and its script makes text nodes of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "inspect/document.h"
#include "inspect/words/catalogue.h"

namespace glasstls::inspect {

inline constexpr std::size_t max_page_documents = 20;

struct PageOptions {
  Language language = Language::english;  // in which it opens; the reader can switch
  /// How many connections there were; the page says how many of them it lacks. At least those given.
  std::uint64_t connections = 0;
};

/// The first `max_page_documents` of the documents. Of the catalogue it holds what they use.
std::string to_html(const std::vector<Document>& documents, const PageOptions& options = {});

}  // namespace glasstls::inspect
