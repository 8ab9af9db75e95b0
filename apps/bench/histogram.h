// Histogram: durations, counted in buckets that are at most 0.8 % wide, so that a quantile is known
// to 0.4 %. Count, smallest, largest and sum are exact.
//
// Buckets are the values of 7 bits behind the leading one (log-linear, as HdrHistogram's). Only those
// between the smallest and the largest that occurred take memory: there is one histogram for each
// second of a run.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

namespace glasstls::apps::bench {

using std::chrono::nanoseconds;

class Histogram {
 public:
  /// What takes longer is counted as overflow, and as the largest; it is in no bucket.
  static constexpr nanoseconds limit = std::chrono::seconds(60);

  /// A negative duration counts as 0.
  void record(nanoseconds duration);
  /// As if all that the other recorded had been recorded here.
  void merge(const Histogram& other);

  std::uint64_t count() const { return count_; }         // overflow included
  std::uint64_t overflow() const { return overflow_; }   // above the limit
  nanoseconds min() const { return nanoseconds(min_); }  // 0 of none
  nanoseconds max() const { return nanoseconds(max_); }
  nanoseconds mean() const;  // 0 of none

  /// The duration that a share `q` (0 to 1) of all did not exceed: the one of rank ceil(q * count),
  /// by the middle of its bucket; the first and the last exactly. The largest for one that
  /// overflowed, 0 of none.
  nanoseconds quantile(double q) const;

  /// Each bucket with anything in it, in order: its lowest duration and its count.
  template <class Visit>
  void for_each(Visit&& visit) const {
    for (std::size_t i = 0; i < counts_.size(); ++i)
      if (counts_[i] > 0) visit(nanoseconds(lowest_in(first_ + i)), counts_[i]);
  }

  /// {"count", "overflow", "min_ns", "max_ns", "sum_ns", "buckets": [[lowest ns, count], ...]}
  nlohmann::json to_json() const;
  /// std::invalid_argument, with what is wrong, for what to_json() cannot have made.
  static Histogram from_json(const nlohmann::json& json);

  friend bool operator==(const Histogram&, const Histogram&) = default;

 private:
  static std::size_t bucket_of(std::uint64_t value);
  static std::uint64_t lowest_in(std::size_t bucket);
  void count_in(std::size_t bucket, std::uint64_t count);

  std::vector<std::uint64_t> counts_;  // of the buckets from first_ on; neither end is 0
  std::size_t first_ = 0;
  std::uint64_t count_ = 0, overflow_ = 0, sum_ = 0;
  std::int64_t min_ = 0, max_ = 0;
};

}  // namespace glasstls::apps::bench
