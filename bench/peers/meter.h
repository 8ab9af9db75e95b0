// Meter: what is measured of each side's work, which begins and ends with one call into a library.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

#include "bench/peers/stack.h"
#include "wire/side.h"

namespace glasstls::bench {

class Meter {
 public:
  virtual ~Meter() = default;
  Meter() = default;
  Meter(const Meter&) = delete;
  Meter& operator=(const Meter&) = delete;

  virtual void begin() = 0;
  virtual void end(Side side) = 0;
};

/// Work that counts for one side. What it throws passes through, and is not counted.
template <class Work>
void metered(Meter& meter, Side side, Work&& work) {
  meter.begin();
  work();
  meter.end(side);
}

/// Nanoseconds of each side.
class Clock final : public Meter {
 public:
  void begin() override { begun_ = std::chrono::steady_clock::now(); }
  void end(Side side) override {
    const auto now = std::chrono::steady_clock::now();
    spent_[index_of(side)] += std::chrono::nanoseconds(now - begun_).count();
  }
  std::int64_t of(Side side) const { return spent_[index_of(side)]; }

 private:
  std::chrono::steady_clock::time_point begun_;
  std::array<std::int64_t, 2> spent_{};
};

/// Bytes of heap that each side has taken and not given back.
class Scales final : public Meter {
 public:
  void begin() override { before_ = heap_in_use(); }
  void end(Side side) override {
    held_[index_of(side)] +=
        static_cast<std::int64_t>(heap_in_use()) - static_cast<std::int64_t>(before_);
  }
  std::int64_t of(Side side) const { return held_[index_of(side)]; }

 private:
  std::size_t before_ = 0;
  std::array<std::int64_t, 2> held_{};
};

/// Nothing is measured.
class NoMeter final : public Meter {
 public:
  void begin() override {}
  void end(Side) override {}
};

}  // namespace glasstls::bench
