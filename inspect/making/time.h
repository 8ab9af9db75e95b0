// Times of a document. Internal to inspect/.
#pragma once

#include <algorithm>
#include <optional>

#include "inspect/making/draft.h"
#include "x509/time.h"

namespace glasstls::inspect {

/// When the first segment came; none: no times are known.
inline std::optional<Nanoseconds> first_time(const Recording& recording) {
  std::optional<Nanoseconds> first;
  for (const Recording::Segment& segment : recording.segments)
    if (segment.time && (!first || *segment.time < *first)) first = segment.time;
  return first;
}

/// When certificates are judged: as told, else when the connection began.
inline x509::Time time_to_judge(const Draft& draft) {
  if (draft.options.at) return *draft.options.at;
  constexpr Nanoseconds second = 1'000'000'000;
  const Nanoseconds begin = first_time(draft.recording).value_or(0);
  return {begin / second - (begin % second < 0 ? 1 : 0)};
}

}  // namespace glasstls::inspect
