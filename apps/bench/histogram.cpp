#include "apps/bench/histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace glasstls::apps::bench {

namespace {

using std::chrono::nanoseconds;

// Values below 2^7 have a bucket each; each octave above has 2^7 buckets.
constexpr unsigned octave_bits = 7;
constexpr std::size_t per_octave = std::size_t{1} << octave_bits;

[[noreturn]] void refuse(const char* reason) {
  throw std::invalid_argument(std::string("a histogram: ") + reason);
}

}  // namespace

std::size_t Histogram::bucket_of(nanoseconds time) {
  const auto value = static_cast<std::uint64_t>(time.count());
  if (value < per_octave) return value;
  const auto shift = static_cast<unsigned>(std::bit_width(value)) - 1 - octave_bits;
  return (std::size_t{shift} << octave_bits) + (value >> shift);
}

nanoseconds Histogram::lower_end(std::size_t bucket) {
  if (bucket < per_octave) return nanoseconds(bucket);
  const std::size_t shift = (bucket >> octave_bits) - 1;
  return nanoseconds((bucket - (shift << octave_bits)) << shift);
}

std::uint64_t& Histogram::count_of(std::size_t bucket) {
  if (counts_.empty()) first_ = bucket;
  if (bucket < first_) {
    counts_.insert(counts_.begin(), first_ - bucket, 0);
    first_ = bucket;
  }
  if (bucket >= first_ + counts_.size()) counts_.resize(bucket - first_ + 1);
  return counts_[bucket - first_];
}

void Histogram::record(nanoseconds time) {
  time = std::max(time, nanoseconds::zero());
  min_ = count_ == 0 ? time : std::min(min_, time);
  max_ = std::max(max_, time);
  ++count_;
  ++(time > limit ? overflow_ : count_of(bucket_of(time)));
}

void Histogram::merge(const Histogram& other) {
  if (other.count_ == 0) return;
  min_ = count_ == 0 ? other.min_ : std::min(min_, other.min_);
  max_ = std::max(max_, other.max_);
  count_ += other.count_;
  overflow_ += other.overflow_;
  for (std::size_t i = 0; i < other.counts_.size(); ++i)
    if (other.counts_[i] > 0) count_of(other.first_ + i) += other.counts_[i];
}

/// The middle of the bucket that holds the one of that rank; the last one is known.
nanoseconds Histogram::quantile(double q) const {
  if (count_ == 0) return nanoseconds::zero();
  const double exact_rank = std::ceil(std::clamp(q, 0.0, 1.0) * static_cast<double>(count_));
  const auto rank = std::clamp<std::uint64_t>(static_cast<std::uint64_t>(exact_rank), 1, count_);
  if (rank == count_) return max_;
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    seen += counts_[i];
    if (seen < rank) continue;
    const nanoseconds low = lower_end(first_ + i);
    const nanoseconds width = lower_end(first_ + i + 1) - low;
    return std::clamp(low + (width - nanoseconds(1)) / 2, min_, max_);
  }
  return max_;
}

nlohmann::json Histogram::to_json() const {
  nlohmann::json buckets = nlohmann::json::array();
  for_each([&](nanoseconds from, std::uint64_t count) {
    buckets.push_back({from.count(), count});
  });
  return {{"count", count_},
          {"overflow", overflow_},
          {"min_ns", min_.count()},
          {"max_ns", max_.count()},
          {"buckets", buckets}};
}

Histogram Histogram::from_json(const nlohmann::json& json) {
  try {
    Histogram histogram;
    histogram.count_ = json.at("count");
    histogram.overflow_ = json.at("overflow");
    histogram.min_ = nanoseconds(json.at("min_ns").get<std::int64_t>());
    histogram.max_ = nanoseconds(json.at("max_ns").get<std::int64_t>());
    for (const auto& bucket : json.at("buckets")) {
      const nanoseconds from(bucket.at(0).get<std::int64_t>());
      if (from < nanoseconds::zero() || from > limit) refuse("a bucket beyond the limit");
      histogram.count_of(bucket_of(from)) += bucket.at(1).get<std::uint64_t>();
    }
    const auto& counts = histogram.counts_;
    const auto sum = std::accumulate(counts.begin(), counts.end(), histogram.overflow_);
    if (sum != histogram.count_) refuse("its counts do not add up");
    return histogram;
  } catch (const nlohmann::json::exception& error) {
    refuse(error.what());
  }
}

}  // namespace glasstls::apps::bench
