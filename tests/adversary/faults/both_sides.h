// Faults that either side can play.
#pragma once

#include <functional>
#include <string_view>
#include <utility>

#include "tests/adversary/fault.h"
#include "tests/adversary/stage.h"

namespace glasstls::adversary {

using AnyScript = std::function<void(Stage&)>;

inline Fault fault(Side side, std::string_view name, std::string_view title, std::string_view rule,
                   Answer expected, AnyScript script) {
  Fault made{name, title, rule, expected, {}};
  if (side == Side::client)
    made.script = ClientScript([script](ClientStage& stage) { script(stage); });
  else
    made.script = ServerScript([script](ServerStage& stage) { script(stage); });
  return made;
}

}  // namespace glasstls::adversary
