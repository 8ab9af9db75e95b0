#include "apps/bench/histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <stdexcept>
#include <string>

namespace glasstls::apps::bench {

namespace {

constexpr unsigned bits = 7;
constexpr std::size_t half = std::size_t{1} << bits;  // buckets of one power of two

bool is_natural(const nlohmann::json& json) {
  return json.is_number_integer() && (json.is_number_unsigned() || json.get<std::int64_t>() >= 0);
}

}  // namespace

/// Below 2 * half each value has its own; above, those that agree in their leading bits share one.
std::size_t Histogram::bucket_of(std::uint64_t value) {
  if (value < 2 * half) return static_cast<std::size_t>(value);
  const auto shift = static_cast<unsigned>(std::bit_width(value)) - (bits + 1);
  return half * shift + static_cast<std::size_t>(value >> shift);
}

std::uint64_t Histogram::lowest_in(std::size_t bucket) {
  if (bucket < 2 * half) return bucket;
  const std::size_t shift = bucket / half - 1;
  return std::uint64_t{bucket - half * shift} << shift;
}

void Histogram::count_in(std::size_t bucket, std::uint64_t count) {
  if (counts_.empty()) first_ = bucket;
  if (bucket < first_) {
    counts_.insert(counts_.begin(), first_ - bucket, 0);
    first_ = bucket;
  }
  if (bucket - first_ >= counts_.size()) counts_.resize(bucket - first_ + 1);
  counts_[bucket - first_] += count;
}

void Histogram::record(nanoseconds duration) {
  const std::int64_t value = std::max<std::int64_t>(duration.count(), 0);
  min_ = count_ == 0 ? value : std::min(min_, value);
  max_ = std::max(max_, value);
  sum_ += static_cast<std::uint64_t>(value);
  ++count_;
  if (duration > limit)
    ++overflow_;
  else
    count_in(bucket_of(static_cast<std::uint64_t>(value)), 1);
}

void Histogram::merge(const Histogram& other) {
  if (other.count_ == 0) return;
  min_ = count_ == 0 ? other.min_ : std::min(min_, other.min_);
  max_ = std::max(max_, other.max_);
  sum_ += other.sum_;
  count_ += other.count_;
  overflow_ += other.overflow_;
  for (std::size_t i = 0; i < other.counts_.size(); ++i)
    if (other.counts_[i] > 0) count_in(other.first_ + i, other.counts_[i]);
}

nanoseconds Histogram::mean() const {
  return nanoseconds(count_ == 0 ? 0 : static_cast<std::int64_t>(sum_ / count_));
}

nanoseconds Histogram::quantile(double q) const {
  if (count_ == 0) return nanoseconds(0);
  const double exact = std::ceil(std::clamp(q, 0.0, 1.0) * static_cast<double>(count_));
  const std::uint64_t rank = std::max<std::uint64_t>(static_cast<std::uint64_t>(exact), 1);
  if (rank == 1) return min();
  if (rank == count_) return max();
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    seen += counts_[i];
    if (seen < rank) continue;
    const std::uint64_t low = lowest_in(first_ + i);
    const std::uint64_t width = lowest_in(first_ + i + 1) - low;
    const auto middle = static_cast<std::int64_t>(low + (width - 1) / 2);
    return nanoseconds(std::clamp(middle, min_, max_));
  }
  return max();
}

nlohmann::json Histogram::to_json() const {
  nlohmann::json buckets = nlohmann::json::array();
  for_each([&](nanoseconds low, std::uint64_t count) { buckets.push_back({low.count(), count}); });
  return {{"count", count_}, {"overflow", overflow_}, {"min_ns", min_},
          {"max_ns", max_},  {"sum_ns", sum_},        {"buckets", std::move(buckets)}};
}

Histogram Histogram::from_json(const nlohmann::json& json) {
  const auto require = [](bool holds, const char* what) {
    if (!holds) throw std::invalid_argument(std::string("a histogram ") + what);
  };
  const auto number = [&](const char* name) {
    require(json.is_object() && json.contains(name) && is_natural(json[name]),
            (std::string("lacks a number \"") + name + "\"").c_str());
    return json[name].get<std::uint64_t>();
  };
  Histogram made;
  made.count_ = number("count");
  made.overflow_ = number("overflow");
  made.sum_ = number("sum_ns");
  made.min_ = static_cast<std::int64_t>(number("min_ns"));
  made.max_ = static_cast<std::int64_t>(number("max_ns"));
  require(json.contains("buckets") && json["buckets"].is_array(), "lacks its buckets");
  std::uint64_t counted = made.overflow_, before = 0;
  for (const nlohmann::json& pair : json["buckets"]) {
    require(pair.is_array() && pair.size() == 2 && is_natural(pair[0]) && is_natural(pair[1]),
            "has a bucket that is not a pair of numbers");
    const auto low = pair[0].get<std::uint64_t>(), count = pair[1].get<std::uint64_t>();
    require(low <= static_cast<std::uint64_t>(limit.count()) && lowest_in(bucket_of(low)) == low,
            "has a bucket where none begins");
    require(count > 0 && (counted == made.overflow_ || low > before),
            "has an empty bucket, or its buckets out of order");
    require(count <= made.count_ && counted <= made.count_ - count,
            "counts more in its buckets than in all");
    made.count_in(bucket_of(low), count);
    counted += count;
    before = low;
  }
  require(counted == made.count_, "counts less in its buckets than in all");
  require(made.min_ >= 0 && made.min_ <= made.max_, "has its largest below its smallest");
  return made;
}

}  // namespace glasstls::apps::bench
