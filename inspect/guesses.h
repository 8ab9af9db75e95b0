// Guesses: what a failure is usually due to, and what to try. Not facts; kept apart from them.
#pragma once

#include <string_view>

#include "tls/event.h"

namespace glasstls::inspect {

/// Literals; both empty where there is nothing worth saying.
struct Guess {
  std::string_view likely_cause;
  std::string_view advice;
};

Guess guess(const tls::Failed& failed);

}  // namespace glasstls::inspect
