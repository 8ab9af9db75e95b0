// Labels: the terminal renderer's own few words, in each language. Internal to inspect/.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "inspect/words/catalogue.h"

namespace glasstls::inspect::terminal {

enum class Label {
  comma,
  client,
  server,
  byte,
  bytes,
  empty,
  not_read,
  redacted,
  unknown,
  behind_length,
  rest_of,
  malformed_at,
  inside,
  flight,
  flight_seconds,
  record,
  segment,
  frame,
  sequence_number,
  nonce,
  additional_data,
  ciphertext,
  tag,
  plaintext,
  not_authentic,
  sealed,
  fin,
  rst,
  connection,
  suite,
  names,
  session,
  full_handshake,
  resumed_session_id,
  resumed_ticket,
  session_unknown,
  extended_master_secret,
  offered_only,
  began_in_the_middle,
  prelude,
  certificate,
  secrets,
  checks,
  outcome,
  expected,
  actual,
  passed,
  failed,
  not_checkable,
  left_out,
  left_out_records,
  left_out_entries,
  contains_secrets,
  is_redacted,
  column_number,
  column_name,
  column_version,
};

/// The label; those that hold "{}" are for fmt.
std::string_view say(Language language, Label label);

/// "1 byte", "20 bytes".
std::string bytes_text(Language language, std::uint64_t count);

}  // namespace glasstls::inspect::terminal
