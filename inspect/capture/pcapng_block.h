// The blocks of a pcapng file that we write, each whole. draft-ietf-opsawg-pcapng, 3 and 4.
// All numbers are little-endian.
#pragma once

#include <cstdint>
#include <string_view>

#include "wire/bytes.h"

namespace glasstls::inspect::capture {

/// 4.1: begins a section of unknown length. `application` becomes shb_userappl.
Bytes section_header_block(std::string_view application);

/// 4.2: raw IP packets of any length, times in nanoseconds.
Bytes interface_description_block();

/// 4.7: a key log of TLS. It gets its line end if it has none. The block is as secret as the text.
Bytes decryption_secrets_block(std::string_view key_log);

/// 4.3: an IP packet of the first interface, at `time` in nanoseconds since the epoch.
Bytes enhanced_packet_block(View packet, std::uint64_t time);

}  // namespace glasstls::inspect::capture
