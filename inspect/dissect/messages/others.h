// The rest: messages of extensions that we do not speak, of SSL 3.0, and of the two small protocols.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "handshake/messages/finished.h"
#include "wire/bounds.h"
#include "wire/bytes.h"
#include "wire/error.h"

namespace glasstls::inspect::shown {

/// Finished of SSL 3.0. RFC 6101, 5.6.9.
struct OldFinished {
  std::array<std::uint8_t, 16> md5_hash{};
  std::array<std::uint8_t, 20> sha_hash{};

  static void fields(auto& ar, auto& self) {
    ar.opaque("md5_hash", self.md5_hash);
    ar.opaque("sha_hash", self.sha_hash);
  }
};

/// draft-agl-tls-nextprotoneg-04, 3. Encrypted, but for null ciphers.
struct NextProtocol {
  static constexpr Spec spec{"NextProtocol", "draft-agl-tls-nextprotoneg-04, 3"};

  Bytes selected_protocol;
  Bytes padding;

  static void fields(auto& ar, auto& self) {
    ar.text("selected_protocol", self.selected_protocol, within<0, 255>);
    ar.opaque("padding", self.padding, within<0, 255>);
  }
};

/// RFC 4680, 2.
struct SupplementalDataEntry {
  static constexpr std::string_view item_name = "SupplementalDataEntry";

  std::uint16_t supp_data_type = 0;
  Bytes data;

  static void fields(auto& ar, auto& self) {
    ar.field("supp_data_type", self.supp_data_type);
    ar.opaque("data", self.data, within<0, 0xffff>);
  }
};

struct SupplementalData {
  static constexpr Spec spec{"SupplementalData", "RFC 4680, 2"};

  std::vector<SupplementalDataEntry> supp_data;

  static void fields(auto& ar, auto& self) {
    ar.vector("supp_data", self.supp_data, within<1, 0xffffff>);
  }
};

/// A message, or a part of one, that is not taken apart.
struct Opaque {
  Bytes body;

  static void fields(auto& ar, auto& self) { ar.rest("body", self.body); }
};

/// The product's ChangeCipherSpec exists only where the handshake is aligned.
struct ChangeCipherSpec {
  std::uint8_t type = 0;
};

}  // namespace glasstls::inspect::shown
