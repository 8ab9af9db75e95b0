// signed_certificate_timestamp, taken apart. RFC 6962, 3.2 and 3.3.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "handshake/messages/digitally_signed.h"
#include "handshake/registry.h"
#include "handshake/shown_registry.h"
#include "wire/bounds.h"
#include "wire/bytes.h"

namespace glasstls::inspect::shown {

/// What only version 1 is known to look like.
struct SignedCertificateTimestamp {
  static constexpr std::string_view item_name = "SignedCertificateTimestamp";

  handshake::SctVersion sct_version{};
  std::array<std::uint8_t, 32> log_id{};
  std::uint64_t timestamp = 0;  // milliseconds since 1970
  Bytes extensions;
  handshake::DigitallySigned signature;
  Bytes other;  // of another version

  static void fields(auto& ar, auto& self) {
    ar.block("SerializedSCT", within<1, 0xffff>, [&](auto& sct) {
      sct.field("sct_version", self.sct_version);
      if (name_of(self.sct_version).empty()) return sct.rest("sct", self.other);
      sct.opaque("log_id", self.log_id);
      sct.field("timestamp", self.timestamp);
      sct.opaque("extensions", self.extensions, within<0, 0xffff>);
      sct.field("signature", self.signature);
    });
  }
};

/// In a ServerHello.
struct SignedCertificateTimestampList {
  static constexpr auto type = handshake::ExtensionType::signed_certificate_timestamp;

  std::vector<SignedCertificateTimestamp> sct_list;

  static void fields(auto& ar, auto& self) {
    ar.vector("sct_list", self.sct_list, within<1, 0xffff>);
  }
};

}  // namespace glasstls::inspect::shown
