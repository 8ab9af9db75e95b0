// One handshake between two ends in memory, whose work is metered and whose bytes are kept.
#pragma once

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

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
  Refusal(Side by_, const std::string& words, Wire before_)
      : std::runtime_error(words), by(by_), before(std::move(before_)) {}

  Side by;
  Wire before;  // all that was sent, without what this end may have said last
};

/// Makes both ends, which is metered too, and lets them talk until neither has anything to say.
/// Refusal if an end throws; std::runtime_error if the handshake is not complete on both sides.
Conversation converse(Stack& stack, Meter& meter, const Tampering& tampering = {});

}  // namespace glasstls::bench
