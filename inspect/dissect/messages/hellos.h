// The hellos of all versions: the product's declarations, with every extension that is taken apart
// here. RFC 5246, 7.4.1; RFC 8446, 4.1.
#pragma once

#include <array>
#include <cstdint>

#include "handshake/messages/client_hello.h"
#include "handshake/messages/server_hello.h"
#include "inspect/dissect/extensions/certificate_types.h"
#include "inspect/dissect/extensions/empty.h"
#include "inspect/dissect/extensions/encrypted_client_hello.h"
#include "inspect/dissect/extensions/key_share.h"
#include "inspect/dissect/extensions/limits.h"
#include "inspect/dissect/extensions/pre_shared_key.h"
#include "inspect/dissect/extensions/protocols.h"
#include "inspect/dissect/extensions/quic_transport_parameters.h"
#include "inspect/dissect/extensions/signed_certificate_timestamps.h"
#include "inspect/dissect/extensions/tls13.h"

namespace glasstls::inspect::shown {

/// The extensions that the product knows, and these.
template <class Base, class... More>
struct WithMore;
template <class... Known, class... More>
struct WithMore<handshake::ExtensionList<handshake::ExtensionOf<Known...>>, More...> {
  using List = handshake::ExtensionList<handshake::ExtensionOf<Known..., More...>>;
};

using ClientHello = handshake::BasicClientHello<WithMore<
    handshake::ClientExtensions, MaxFragmentLength, ClientCertificateUrl, TrustedAuthorities,
    TruncatedHmac, CertificateTypesOffered<9>, SrpExtension, UseSRTPData, HeartbeatExtension,
    CertificateStatusRequestListV2, CertificateTypesOffered<19>, CertificateTypesOffered<20>,
    Padding, EncryptThenMac, TokenBindingParameters, CachedInformation, CompressCertificate,
    DelegatedCredential, OfferedPsks, EarlyData, Cookie, PskKeyExchangeModes,
    CertificateAuthorities, PostHandshakeAuth, KeyShareClientHello, ConnectionId<53>,
    ConnectionId<54>, QuicTransportParameters, TicketRequest, NextProtocolNegotiation,
    ApplicationSettingsSupport<17513>, ApplicationSettingsSupport<17613>, ChannelIdOld, ChannelId,
    ECHClientHello, ClientEncryptedSNI, TrustAnchorIDList>::List>;

/// In place of the product's list, which carries signed_certificate_timestamp as it is.
using ServerHello = handshake::BasicServerHello<handshake::ExtensionList<handshake::ExtensionOf<
    handshake::ServerNameAcknowledged, handshake::StatusRequestAcknowledged,
    handshake::ECPointFormats, handshake::ProtocolNameList, handshake::ExtendedMasterSecret,
    handshake::RecordSizeLimit, handshake::SessionTicketAcknowledged, handshake::RenegotiationInfo,
    handshake::SupportedGroups, SignedCertificateTimestampList, MaxFragmentLength,
    ClientCertificateUrl, TrustedCaKeysAcknowledged, TruncatedHmac, CertificateTypeChosen<9>,
    UseSRTPData, HeartbeatExtension, StatusRequestV2Acknowledged, CertificateTypeChosen<19>,
    CertificateTypeChosen<20>, EncryptThenMac, TokenBindingParameters, SelectedPsk, Cookie,
    SelectedVersion, KeyShareServerHello, ConnectionId<53>, ConnectionId<54>,
    QuicTransportParameters, NextProtocols, ChannelIdOld, ChannelId>>>;

/// A ServerHello with this very random. RFC 8446, 4.1.3 and 4.1.4.
using HelloRetryRequest =
    handshake::BasicServerHello<handshake::ExtensionList<handshake::ExtensionOf<
        SelectedVersion, KeyShareHelloRetryRequest, Cookie, ECHHelloRetryRequest>>>;

/// SHA-256 of "HelloRetryRequest".
inline constexpr handshake::Random hello_retry_random{
    0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91,
    0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c};

}  // namespace glasstls::inspect::shown
