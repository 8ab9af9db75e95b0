// Attack: one way of making us hold or do much for few bytes, by name. The tests hold each against
// its bound; bench/bounds.cpp prints what each costs.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "tests/bounds/victim.h"

namespace glasstls::bounds {

struct Attack {
  std::string name;     // of its test: "OneByte"
  std::string what;     // the peer does
  std::string state;    // in which it finds us
  std::string setting;  // or constant, that bounds it
  std::size_t most;     // bytes of the heap that we never exceed
  std::function<Cost()> run;
};

/// By clients, before they are authenticated and after.
std::vector<Attack> attacks_on_server();
/// By clients with their certificates, on a server that asks for one.
std::vector<Attack> attacks_by_certificate();
/// By servers.
std::vector<Attack> attacks_on_client();

/// All of them, in this order.
std::vector<Attack> all_attacks();

}  // namespace glasstls::bounds
