// SIGINT, SIGTERM and SIGHUP, held back while files that are to go away are made and removed.
#pragma once

namespace glasstls::apps {

/// Holds them back in this thread, for good.
void hold_signals();

/// Lets them through, in this thread and those that it starts, as long as it lives: to whoever
/// handles them, those too that have come meanwhile.
class SignalsLetThrough {
 public:
  SignalsLetThrough();
  ~SignalsLetThrough();
  SignalsLetThrough(const SignalsLetThrough&) = delete;
  SignalsLetThrough& operator=(const SignalsLetThrough&) = delete;
};

}  // namespace glasstls::apps
