// report.css, which the build puts in.
#pragma once

#include <string_view>

namespace glasstls::apps::bench {

extern const std::string_view report_style;

}  // namespace glasstls::apps::bench
