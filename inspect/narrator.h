// The narration: a recording told to a terminal, entry by entry. A pure function of the recording.
//
// Lines are at most `width` columns wide (width is taken as 60 at least). Whatever a peer chose
// passes through printable(): no control byte or escape sequence of a peer reaches the terminal.
//
// Nonces are shown with their records, and a nonce shows the write_IV that it was made from.
#pragma once

#include <cstddef>
#include <string>

#include "inspect/recording.h"

namespace glasstls::inspect {

struct NarratorOptions {
  bool color = false;          // ANSI colours
  bool secret_values = false;  // show the values that the recording holds
  bool records = true;         // show records beside the messages
  std::size_t width = 80;
};

/// One entry: whole lines, each with its line end. Empty if the options leave it out.
std::string narrate(const Recording& recording, const Recording::Entry& entry,
                    const NarratorOptions& options = {});

/// What was counted and not kept: a line per direction; empty if nothing was.
std::string narrate_omitted(const Recording& recording, const NarratorOptions& options = {});

/// All entries, then what was omitted.
std::string narrate(const Recording& recording, const NarratorOptions& options = {});

}  // namespace glasstls::inspect
