// Plays a fault against whoever is at the other end of a network.
#pragma once

#include "tests/adversary/fault.h"
#include "tests/adversary/stage.h"

namespace glasstls::adversary {

/// What the other side made of it. The script is followed by a conversation: who has borne the
/// fault must still speak and hear. Takes no longer than the network's bound for each wait.
/// std::runtime_error if there is no connection.
Answer play(const Fault& fault, Network& network, const Narrator& narrator);

/// A narrator that keeps quiet.
inline void quietly(std::string_view) {}

}  // namespace glasstls::adversary
