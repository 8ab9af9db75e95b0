// A page of a report: one HTML file that needs nothing else, runs no script and asks for nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace glasstls::apps::bench {

/// Text of strangers for any place in a page: what could steer a reader is made visible, and what
/// could steer a browser is escaped.
std::string escaped(std::string_view text);

/// The page's policy allows its own style and nothing else. `body` is HTML.
std::string page_of(std::string_view title, std::string_view body);

/// A cell of words, which may be broken into lines.
std::string words_cell(std::string_view text);

/// The first row is the head, the first cell of each row its name. Cells are HTML.
using Rows = std::vector<std::vector<std::string>>;
std::string table_of(std::string_view caption, const Rows& rows);

}  // namespace glasstls::apps::bench
