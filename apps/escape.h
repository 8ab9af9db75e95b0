// Text in HTML.
#pragma once

#include <string>
#include <string_view>

namespace glasstls::apps {

/// As content of an element or of an attribute in quotes: no markup comes through. What steers a
/// terminal or a reader does; see inspect::printable().
std::string escape_html(std::string_view text);

}  // namespace glasstls::apps
