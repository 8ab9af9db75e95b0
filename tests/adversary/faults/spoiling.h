// How encoded messages are spoilt: what the codec would not let through.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "handshake/registry.h"
#include "tests/adversary/fault.h"
#include "tests/adversary/stage.h"
#include "wire/bytes.h"

namespace glasstls::adversary {

/// Changes the body of messages of one type as they are sent; the header's length is made to fit.
void spoil(test::ScriptedPeer& peer, handshake::HandshakeType type,
           const std::function<void(Bytes& body)>& change);

/// Where a field begins in the body of a well-formed message.
std::size_t position_of(handshake::HandshakeType type, View body, std::string_view field);

/// An extension behind the others, if need be for the second time. For hellos.
std::function<void(Bytes& body)> with_extension(handshake::HandshakeType hello, std::uint16_t type,
                                                Bytes data);

/// The first record that is queued, then `between`, then the rest.
void interleave(test::ScriptedPeer& peer, const std::function<void()>& between);

/// One record as the double would seal it, but of any size. `sequence` counts the records that it
/// has sealed under its keys.
Bytes sealed_record(const test::ScriptedPeer& peer, Side side, std::uint64_t sequence,
                    ContentType type, View plaintext);

}  // namespace glasstls::adversary
