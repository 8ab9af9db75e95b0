// Histogram: durations in buckets that are at most 1/128 of their value wide.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

namespace glasstls::apps::bench {

/// From 0 to 60 s; what is above is only counted. Count, least and most are exact, quantiles within
/// 0.8 % from 128 ns on and exact below. Takes memory for the range between least and most.
class Histogram {
 public:
  static constexpr std::chrono::nanoseconds limit = std::chrono::seconds(60);

  /// A negative duration counts as 0.
  void record(std::chrono::nanoseconds time);
  void merge(const Histogram& other);

  /// Of all, those above the limit too.
  std::uint64_t count() const { return count_; }
  /// Of those above the limit.
  std::uint64_t overflow() const { return overflow_; }
  std::chrono::nanoseconds min() const { return min_; }
  std::chrono::nanoseconds max() const { return max_; }
  /// The least duration that the share `q` of all does not exceed; 0 if nothing was recorded, max()
  /// if it lies above the limit.
  std::chrono::nanoseconds quantile(double q) const;

  /// Calls f(lower end of the bucket, count) for those that are not empty, in order.
  template <class Function>
  void for_each(Function f) const {
    for (std::size_t i = 0; i < counts_.size(); ++i)
      if (counts_[i] > 0) f(lower_end(first_ + i), counts_[i]);
  }

  /// {"count", "overflow", "min_ns", "max_ns", "buckets": [[lower end in ns, count], ...]}.
  nlohmann::json to_json() const;
  /// std::invalid_argument for what to_json() cannot have written.
  static Histogram from_json(const nlohmann::json& json);

 private:
  static std::size_t bucket_of(std::chrono::nanoseconds time);
  static std::chrono::nanoseconds lower_end(std::size_t bucket);
  std::uint64_t& count_of(std::size_t bucket);

  std::size_t first_ = 0;              // bucket of counts_[0]
  std::vector<std::uint64_t> counts_;  // from the first to the last that was hit
  std::uint64_t count_ = 0, overflow_ = 0;
  std::chrono::nanoseconds min_{}, max_{};
};

}  // namespace glasstls::apps::bench
