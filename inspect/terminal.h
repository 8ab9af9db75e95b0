// The document for a terminal: the conversation as a sequence, each message with its fields beside
// their bytes. Pure text for a pager: no line is wider than asked for, nothing moves the cursor, and
// what a peer chose is made printable.
//
// Names of RFCs, values and what our own machine said stay English in every language.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "inspect/document.h"
#include "inspect/words/catalogue.h"

namespace glasstls::inspect {

enum class Level {
  brief,   // a line for each message, the checks, the outcome
  normal,  // fields with their meaning, secrets, transitions, certificates by what they say
  bytes,   // and records, every byte with its field, certificates down to DER
};

struct TerminalOptions {
  Level level = Level::normal;
  Language language = Language::english;
  std::size_t width = 80;  // columns; 60 at least
  bool color = false;      // ANSI codes
  bool ascii = false;      // of our own signs; values are shown as they are
};

/// Everything: heading, conversation, checks, outcome.
std::string to_text(const Document& document, const TerminalOptions& options = {});

/// Who spoke, and what was agreed on.
std::string heading_text(const Document& document, const TerminalOptions& options = {});

/// The events from that one on, without heading. So a live connection can be told in parts.
std::string conversation_text(const Document& document, const TerminalOptions& options = {},
                              std::size_t first_event = 0);

/// The key schedule in short: a value in a line.
std::string secrets_text(const Document& document, const TerminalOptions& options = {});

/// What was checked; at brief level, those that passed by name only.
std::string checks_text(const Document& document, const TerminalOptions& options = {});

/// How it ended, and what was left out.
std::string outcome_text(const Document& document, const TerminalOptions& options = {});

/// One connection of several, in words; empty: not known.
struct SummaryRow {
  std::string number, client, server, server_name, version, cipher_suite, checks, outcome;
};

/// The row of a document.
SummaryRow summary_of(const Document& document, Language language = Language::english);

/// A table with a line for each; columns that nobody fills are left out.
std::string summary_table(const std::vector<SummaryRow>& rows, const TerminalOptions& options = {});

}  // namespace glasstls::inspect
