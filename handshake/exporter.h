// What a protocol inside TLS may derive from a connection: key material of its own, and a name for
// the connection. RFC 5705; RFC 5929; RFC 9266.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "handshake/agreement.h"
#include "wire/bytes.h"
#include "wire/observer.h"
#include "x509/certificate.h"

namespace glasstls::handshake {

/// PRF(master_secret, label, client_random + server_random [+ length of context + context]). No
/// context and an empty one differ. std::invalid_argument for a label that TLS uses itself (RFC
/// 5705, 4), a context above 65,535 bytes, and tls-exporter's label without extended_master_secret
/// (RFC 9266, 4.2). The observer may be null.
Bytes export_keying_material(const Exporting& exporting, std::string_view label,
                             std::optional<View> context, std::size_t length, Observer* observer);

/// nullopt without extended_master_secret (RFC 7627, 5.4).
std::optional<Bytes> tls_unique(const Exporting& exporting);

/// 32 bytes under the label "EXPORTER-Channel-Binding" with an empty context. nullopt without
/// extended_master_secret (RFC 9266, 4.2).
std::optional<Bytes> tls_exporter(const Exporting& exporting, Observer* observer);

/// The hash of the server's certificate, by the hash of its signature, or SHA-256 if that is MD5 or
/// SHA-1. Empty if its signature has no hash or one that we do not know (RFC 5929, 4.1).
Bytes server_end_point_of(const x509::Certificate& certificate);

}  // namespace glasstls::handshake
