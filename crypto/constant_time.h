// Tools for secret bytes: comparing them and erasing them.
#pragma once

#include "wire/bytes.h"

namespace glasstls::crypto {

/// The same length and the same bytes. The time depends on the lengths only, not on the content:
/// the position of a difference does not show.
bool equal(View a, View b);

/// Whether every byte is zero (true for an empty view). The time depends on the length only.
bool all_zero(View bytes);

/// Overwrites with zeros; a compiler may not remove it. Does NOT reach copies that the compiler
/// left in registers or on the stack.
void wipe(MutableView bytes);

}  // namespace glasstls::crypto
