// The report of a run as one page: no script, no request, works from disk, in light and dark and on
// paper. A pure function of the JSON document.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace glasstls::apps::bench {

/// report.css; scripts/bench uses the same.
extern const std::string_view report_style;

/// Of a document as to_json() (result_json.h) makes it; what is in it is text and never markup.
std::string html_report(const nlohmann::ordered_json& document);

}  // namespace glasstls::apps::bench
