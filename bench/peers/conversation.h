// One handshake between two ends in memory, whose work is metered and whose bytes are kept.
#pragma once

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

#include "bench/peers/judge.h"
#include "bench/peers/meter.h"
#include "bench/peers/stack.h"
#include "wire/bytes.h"
#include "wire/side.h"

namespace glasstls::bench {

struct Conversation {
  std::unique_ptr<End> client, server;
  Wire wire;
};

/// May change what the server sends, on its way to the client. Empty: nothing is changed.
using Tampering = std::function<void(Bytes& to_client)>;

/// An end threw; the text is the library's.
struct Refusal : std::runtime_error {
  Refusal(Side by_, const std::string& words) : std::runtime_error(words), by(by_) {}

  Side by;
};

/// Makes both ends, which is metered too, and lets them talk until neither has anything to say.
/// Refusal if an end throws; std::runtime_error if the handshake is not complete on both sides.
Conversation converse(Stack& stack, Meter& meter, const Tampering& tampering = {});

}  // namespace glasstls::bench
