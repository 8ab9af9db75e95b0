// One connection of the shim, from TCP to TCP.
#pragma once

#include "tests/bogo/memory.h"
#include "tests/bogo/settings.h"

namespace glasstls::bogo {

/// Connects, does what the settings ask, and closes. `is_resume`: one of the later connections.
/// Throws Failure if it does not go as told, std::system_error if there is no network.
void run_connection(const Settings& settings, bool is_resume, Memory& memory);

}  // namespace glasstls::bogo
