// What is measured: handshakes, records, memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "bench/peers/laboratory.h"
#include "wire/side.h"

namespace glasstls::bench {

/// Of each handshake, in nanoseconds; making the end is included, freeing it is not.
struct HandshakeTimes {
  std::vector<std::int64_t> client, server;
  std::size_t dropped = 0;  // the kernel took the core away meanwhile: in neither list
};

HandshakeTimes time_handshakes(Laboratory& lab, bool resumed, const std::string& key,
                               const std::string& group, std::size_t count);

/// Of each record of 16 KiB under TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, in nanoseconds.
struct RecordTimes {
  std::vector<std::int64_t> each;
  std::size_t dropped = 0;
};

RecordTimes time_seal(Laboratory& lab, std::size_t count);
RecordTimes time_open(Laboratory& lab, std::size_t count);

/// Bytes of heap that so many idle connections hold, and hold after End::rest().
struct HeapInUse {
  std::int64_t client = 0, server = 0;
  std::int64_t client_rested = 0, server_rested = 0;
};

HeapInUse weigh_connections(Laboratory& lab, const std::string& key, std::size_t count);

}  // namespace glasstls::bench
