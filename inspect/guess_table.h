// Guesses by the alert that ended a connection. Internal to inspect/.
#pragma once

#include <algorithm>
#include <optional>
#include <span>

#include "inspect/guesses.h"
#include "wire/alert.h"

namespace glasstls::inspect {

struct AlertGuess {
  AlertDescription alert;
  Guess guess;
};

/// Empty where the table has nothing to say.
inline Guess find(std::span<const AlertGuess> table, std::optional<AlertDescription> alert) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [alert](const AlertGuess& row) { return row.alert == alert; });
  return found == table.end() ? Guess{} : found->guess;
}

}  // namespace glasstls::inspect
