// record_size_limit: the largest record that the sender of this extension is willing to receive.
// RFC 8449, 4.
#pragma once

#include <cstdint>

#include "handshake/registry.h"
#include "wire/error.h"

namespace glasstls::handshake {

/// In either hello. Counts plaintext bytes of protected records; each side's limit is its own.
struct RecordSizeLimit {
  static constexpr ExtensionType type = ExtensionType::record_size_limit;
  static constexpr Spec spec{"record_size_limit", "RFC 8449, 4"};
  static constexpr std::uint16_t minimum = 64;

  std::uint16_t record_size_limit = 1 << 14;

  static void fields(auto& ar, auto& self) {
    ar.field("RecordSizeLimit", self.record_size_limit);
    ar.expect(self.record_size_limit >= minimum, AlertDescription::illegal_parameter,
              "RecordSizeLimit", "the record size limit is below 64", "RFC 8449, 4");
  }
};

}  // namespace glasstls::handshake
