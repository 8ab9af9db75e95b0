// Do two kinds of input take the same time? Welch's t-test, as dudect applies it: on all samples
// and on samples with the slowest cropped away, for what disturbs a measurement makes it slow.
// Reparaz, Balasch, Verbauwhede: "Dude, is my code constant time?", 2017.
#pragma once

#include <cstddef>
#include <vector>

namespace glasstls::bench {

/// Mean and variance of samples that are not kept (Welford's algorithm).
class Moments {
 public:
  void add(double value);

  std::size_t count() const { return count_; }
  double mean() const { return mean_; }
  /// Of the population that the samples are from; 0 for fewer than two.
  double variance() const;

 private:
  std::size_t count_ = 0;
  double mean_ = 0;
  double squares_ = 0;  // of the distances from the mean, summed
};

/// The difference of the means (second - first) in units of its standard error. 0 if one of them
/// has fewer than two samples; infinite if both vary not at all and yet differ.
double welch_t(const Moments& first, const Moments& second);

struct Sample {
  bool second;  // of which kind the input was
  double time;
};

struct Comparison {
  double t = 0;             // the one farthest from 0
  double difference = 0;    // of the means (second - first), among the same samples
  std::size_t samples = 0;  // all of them
};

/// Of all samples, and of those below each of some quantiles of the times of both kinds together.
Comparison compare(const std::vector<Sample>& samples);

enum class Verdict { no_evidence, doubtful, leak };

/// Many t are looked at and the largest is taken, so that the bounds are wider than those of one:
/// below 5 there is no evidence, from 10 on a leak.
Verdict judge(const Comparison& comparison);

/// Of two independent measurements: a leak is one that both found, in the same direction. What only
/// one found is doubtful; machines have moods.
Verdict judge(const Comparison& first, const Comparison& again);

}  // namespace glasstls::bench
