// The report's plots, as SVG elements. Each has a <title> and a <desc> for those who do not see it;
// texts are escaped here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace glasstls::apps::bench {

/// For text and attributes: no markup comes through.
std::string escaped(std::string_view raw);

/// "1.23 ms": three digits that count.
std::string time_text(double nanoseconds);

struct Bucket {
  double low_ns = 0;
  double count = 0;
};
struct Mark {
  std::string name;
  double ns = 0;
};

/// Counts over durations on a logarithmic axis, with quantiles marked.
std::string histogram_plot(const std::vector<Bucket>& buckets, const std::vector<Mark>& marks);

/// Which share took how long at most: both axes logarithmic, the share towards all of them.
std::string percentile_plot(const std::vector<Bucket>& buckets);

struct Part {
  std::string name;
  double ns = 0;
};
/// One bar of parts side by side, with their names below.
std::string stacked_plot(const std::vector<Part>& parts, std::string_view title);

/// Successes for each second of the run.
std::string rate_plot(const std::vector<double>& per_second);

}  // namespace glasstls::apps::bench
