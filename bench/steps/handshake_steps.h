// HandshakeSteps: what a handshake costs each side, and how much of it lies in crypto/.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "bench/site.h"

namespace glasstls::bench {

/// What is measured.
std::vector<Kind> kinds();

/// A function of crypto/, called from outside of it.
struct Primitive {
  std::string name;
  double calls = 0;        // per handshake
  double nanoseconds = 0;  // per handshake
};

/// Of one side; nanoseconds per handshake, medians.
struct SideSteps {
  double total = 0;
  double primitives = 0;             // in crypto/
  double everything_else = 0;        // the difference, less what the measuring itself takes
  std::vector<Primitive> functions;  // means, the largest first
};

struct HandshakeSteps {
  SideSteps client, server;
};

/// Our two sides in one process and thread, the clock running for one of them at a time. Some
/// handshakes come first that are not counted. std::runtime_error if one does not complete, or if
/// one that should be resumed is not.
HandshakeSteps measure(const Kind& kind, std::size_t handshakes);

}  // namespace glasstls::bench
