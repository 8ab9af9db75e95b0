// Extensions whose presence is all that they say.
#pragma once

#include <cstdint>

#include "handshake/registry.h"

namespace glasstls::inspect::shown {

template <std::uint16_t Number>
struct EmptyExtension {
  static constexpr handshake::ExtensionType type{Number};

  static void fields(auto&, auto&) {}
};

using ClientCertificateUrl = EmptyExtension<2>;          // RFC 6066, 5
using TrustedCaKeysAcknowledged = EmptyExtension<3>;     // RFC 6066, 6
using TruncatedHmac = EmptyExtension<4>;                 // RFC 6066, 7
using StatusRequestV2Acknowledged = EmptyExtension<17>;  // RFC 6961, 2.2
using EncryptThenMac = EmptyExtension<22>;               // RFC 7366, 2
using EarlyData = EmptyExtension<42>;                    // RFC 8446, 4.2.10
using PostHandshakeAuth = EmptyExtension<49>;            // RFC 8446, 4.2.6
using NextProtocolNegotiation = EmptyExtension<13172>;   // draft-agl-tls-nextprotoneg-04, 3
using ChannelIdOld = EmptyExtension<30031>;              // draft-balfanz-tls-channelid-00
using ChannelId = EmptyExtension<30032>;                 // draft-balfanz-tls-channelid-01

}  // namespace glasstls::inspect::shown
