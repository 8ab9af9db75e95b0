// Victim: a connection of ours that a hostile peer talks to, and what that costs us.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>

#include "tests/support/heap_meter.h"
#include "tls/connection.h"
#include "wire/alert.h"
#include "wire/bytes.h"

namespace glasstls::bounds {

/// What a peer's bytes made us hold and do.
struct Cost {
  std::size_t came = 0;         // bytes that the peer sent
  std::size_t went = 0;         // bytes that we answered
  std::size_t held = 0;         // of the heap, at the end: what a peer can make last by silence
  std::size_t most_held = 0;    // of the heap, at any moment
  std::size_t allocations = 0;  // calls of malloc and its kin
  std::chrono::nanoseconds cpu{};
};

class Victim {
 public:
  /// The bytes of the connection itself count too.
  explicit Victim(const std::function<tls::Connection()>& make);

  /// These bytes come, at most `piece` at a time. Stops early when we read no more. As programs do,
  /// the buffers are given back when there is nothing more to read.
  void give(View bytes, std::size_t piece = std::size_t{1} << 20);
  /// The peer reads what we have to say. One that never does makes us keep it.
  Bytes take();
  /// From here on: what came, went, was allocated and computed before does not count. What is held
  /// still does.
  void count_anew();

  Cost cost() const;

  bool completed() const { return completed_; }
  /// What we ended it with, or the peer.
  std::optional<AlertDescription> failed() const { return failed_; }
  std::size_t signatures_wanted() const { return signatures_wanted_; }
  /// In the verdict on the peer's certificates; 0 if there was none.
  std::size_t signature_checks() const { return signature_checks_; }

 private:
  template <class Work>
  void counted(Work&& work);
  void read_events();

  test::HeapMeter heap_;
  Cost before_;
  std::size_t came_ = 0, went_ = 0;
  std::chrono::nanoseconds cpu_{};
  bool completed_ = false;
  std::optional<AlertDescription> failed_;
  std::size_t signatures_wanted_ = 0, signature_checks_ = 0;
  std::optional<tls::Connection> ours_;
};

}  // namespace glasstls::bounds
