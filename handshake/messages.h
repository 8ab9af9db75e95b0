// All messages of the handshake protocol, as a list that templates can walk. RFC 5246, 7.4.
#pragma once

#include "handshake/messages/certificate.h"
#include "handshake/messages/certificate_request.h"
#include "handshake/messages/certificate_status.h"
#include "handshake/messages/certificate_verify.h"
#include "handshake/messages/change_cipher_spec.h"
#include "handshake/messages/client_hello.h"
#include "handshake/messages/client_key_exchange.h"
#include "handshake/messages/finished.h"
#include "handshake/messages/hello_request.h"
#include "handshake/messages/new_session_ticket.h"
#include "handshake/messages/server_hello.h"
#include "handshake/messages/server_hello_done.h"
#include "handshake/messages/server_key_exchange.h"

namespace glasstls::handshake {

template <class... T>
struct TypeList {};

/// HelloRequest is not here: it belongs to no state, is ignored during a handshake and stays out of
/// the transcript (RFC 5246, 7.4.1.1).
using HandshakeMessages =
    TypeList<ClientHello, ServerHello, Certificate, ServerKeyExchange, CertificateRequest,
             ServerHelloDone, ClientKeyExchange, CertificateVerify, NewSessionTicket,
             CertificateStatus, Finished>;

/// Calls `visit.operator()<M>()` for each message type of the list.
template <class Visit, class... M>
constexpr void for_each_type(TypeList<M...>, Visit&& visit) {
  (visit.template operator()<M>(), ...);
}

}  // namespace glasstls::handshake
