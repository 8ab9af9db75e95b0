// pre_shared_key and psk_key_exchange_modes: resumption in TLS 1.3. RFC 8446, 4.2.9 and 4.2.11.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "handshake/registry.h"
#include "handshake/shown_registry.h"
#include "wire/bounds.h"
#include "wire/bytes.h"

namespace glasstls::inspect::shown {

struct PskIdentity {
  static constexpr std::string_view item_name = "PskIdentity";

  Bytes identity;
  std::uint32_t obfuscated_ticket_age = 0;

  static void fields(auto& ar, auto& self) {
    ar.opaque("identity", self.identity, within<1, 0xffff>);
    ar.field("obfuscated_ticket_age", self.obfuscated_ticket_age);
  }
};

struct PskBinderEntry {
  static constexpr std::string_view item_name = "binder";

  Bytes entry;

  static void fields(auto& ar, auto& self) {
    ar.opaque("PskBinderEntry", self.entry, within<32, 255>);
  }
};

/// In a ClientHello: the last of its extensions.
struct OfferedPsks {
  static constexpr handshake::ExtensionType type{41};

  std::vector<PskIdentity> identities;
  std::vector<PskBinderEntry> binders;

  static void fields(auto& ar, auto& self) {
    ar.vector("identities", self.identities, within<7, 0xffff>);
    ar.vector("binders", self.binders, within<33, 0xffff>);
  }
};

/// In a ServerHello.
struct SelectedPsk {
  static constexpr handshake::ExtensionType type{41};

  std::uint16_t selected_identity = 0;

  static void fields(auto& ar, auto& self) {
    ar.field("selected_identity", self.selected_identity);
  }
};

struct PskKeyExchangeModes {
  static constexpr auto type = handshake::ExtensionType::psk_key_exchange_modes;

  std::vector<handshake::PskKeyExchangeMode> ke_modes;

  static void fields(auto& ar, auto& self) { ar.vector("ke_modes", self.ke_modes, within<1, 255>); }
};

}  // namespace glasstls::inspect::shown
