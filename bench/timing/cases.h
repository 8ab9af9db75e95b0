// What is timed with two kinds of input that a secret tells apart.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace glasstls::bench {

struct Work {
  /// Makes an input of the first or the second kind, in the same steps and in the same place. Not
  /// timed.
  std::function<void(bool second)> prepare;
  std::function<void()> run;  // timed
};

struct TimedCase {
  std::string name;
  std::string first, second;  // the two kinds
  Work (*make)();
};

/// The first two are controls: one leaks, and must be found; in the other the kinds are the same.
std::vector<TimedCase> timed_cases();

}  // namespace glasstls::bench
