// The parts of a conversation, each written onto a canvas. Internal to inspect/.
#pragma once

#include <cstddef>
#include <vector>

#include "inspect/terminal/layout.h"

namespace glasstls::inspect::terminal {

/// The fields of a message, or of a record, beside their bytes. `whole` is the range that they are
/// fields of: what none of them covers is shown too.
void write_fields(Canvas& canvas, const std::vector<Id>& fields, const Range& whole);

/// Bytes beside the text that they spell.
void write_dump(Canvas& canvas, const Range& range, std::size_t most_lines);

/// What a certificate says.
void write_certificate(Canvas& canvas, Id id);

void write_message(Canvas& canvas, Id id);
void write_record(Canvas& canvas, Id id);
void write_secret(Canvas& canvas, Id id);
void write_transition(Canvas& canvas, Id id);

/// One line for each message from that event on.
void write_brief(Canvas& canvas, std::size_t first_event);

/// "(redacted)" takes the place of these bytes.
bool is_redacted(const Document& document, const Range& range);

/// How many lines of hexadecimal one value may take at normal level.
inline constexpr std::size_t most_hex_lines = 2;
/// Of a text of a peer.
inline constexpr std::size_t most_text_lines = 4;
inline constexpr std::size_t unbounded = static_cast<std::size_t>(-1) / 64;

}  // namespace glasstls::inspect::terminal
