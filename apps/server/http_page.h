// The page that `glasstls server --http` answers with.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace glasstls::apps {

/// What was agreed on, in words: "cipher suite", "TLS_...". Values may hold any bytes.
using PageRows = std::vector<std::pair<std::string_view, std::string>>;

/// HTML, one line for each row and one for the request. What strangers chose is made safe and
/// shortened: ten rows and a request give less than 16,384 bytes, so that an answer fits into one
/// record.
std::string http_page(const PageRows& rows, std::string_view request);

/// A request's line for a log or a page: safe for a terminal, and of at most 200 columns.
std::string safe_line(std::string_view untrusted);

}  // namespace glasstls::apps
