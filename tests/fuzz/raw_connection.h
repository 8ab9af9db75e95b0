// A connection of ours and an attacker without any keys: what it sends comes from the input alone. Our
// randomness is fixed, so that a recorded conversation is as good as a live one.
//
//   struct {
//     uint16 ours;       // setting.h
//     Command commands[];
//   } Input;
//
// A Command is a byte and what belongs to it. Below 0xc0: so many bytes and one more, delivered at
// once. 0xc0: a uint16 and so many bytes; 0xc1: the same, and a byte more in front, in pieces of which
// they come. 0xd0: the application writes a uint16 of bytes. The rest is listed in the source.
#pragma once

#include "tests/fuzz/setting.h"
#include "wire/bytes.h"

namespace glasstls::fuzz {

void run_raw(Setting& (*setting_of)(std::uint16_t ours), View bytes);

/// The command that delivers these bytes: at most 65,535.
Bytes deliver_command(View bytes);

}  // namespace glasstls::fuzz
