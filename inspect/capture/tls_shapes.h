// What the bytes of TLS look like from outside. Internal to inspect/capture/.
#pragma once

#include <cstdint>

#include "wire/bytes.h"

namespace glasstls::inspect::capture {

/// Whether bytes are what they are asked for; `perhaps`: too few to say no.
enum class Match : std::uint8_t { no, perhaps, yes };

/// A record's header: content type 20..24, version 3.0..3.4, a length within the limit. RFC 5246, 6.2.1.
Match match_record(View bytes);
/// How many bytes the record takes, for bytes that match_record() found to be one.
std::size_t record_size(View bytes);

/// Two records in a row.
Match match_records(View bytes);

/// A record that begins with such a hello whose lengths fit together. `at_start`: of the stream, where
/// few bytes suffice; elsewhere everything up to the session ID must fit. RFC 5246, 7.4.1.2 and 7.4.1.3.
Match match_client_hello(View bytes, bool at_start);
Match match_server_hello(View bytes, bool at_start);

/// A ClientHello in the form of SSL 2. RFC 5246, E.2.
Match match_ssl2_client_hello(View bytes);

}  // namespace glasstls::inspect::capture
