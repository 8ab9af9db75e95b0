// A session with every member set to something that is not its default.
#pragma once

#include <memory>
#include <string>

#include "handshake/session.h"
#include "tests/support/identity.h"

namespace glasstls::handshake::example {

inline x509::Certificate certificate(std::string_view identity) {
  return *x509::Certificate::parse(test::identity(identity).chain.at(0));
}

inline Bytes master_secret() {
  Bytes secret(48);
  for (std::size_t i = 0; i < secret.size(); ++i) secret[i] = static_cast<std::uint8_t>(0x51 + i);
  return secret;
}

/// What a server keeps: it has neither ID nor ticket.
inline Session server_session() {
  Session session;
  session.cipher_suite = crypto::CipherSuite::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256;
  session.extended_master_secret = true;
  session.master_secret = crypto::MasterSecret::copy_of(master_secret());
  session.group = crypto::NamedGroup::secp384r1;
  session.signature_scheme = crypto::SignatureScheme::ecdsa_secp256r1_sha256;
  session.server_name = "server.test";
  session.context = Bytes(32, 0xc0);
  session.peer_chain = {certificate("p256"), certificate("rsa")};
  session.verdict = "CN=GlassTLS test CA vouches for CN=server.test";
  session.valid_from = x509::Time{1'700'000'000};
  session.valid_until = x509::Time{1'900'000'000};
  session.server_end_point = Bytes(32, 0xee);
  session.ocsp_response = Bytes(300, 0x0c);
  session.signed_certificate_timestamps = Bytes(120, 0x5c);
  session.established = x509::Time{1'800'000'000};
  session.expires = x509::Time{1'800'007'200};
  return session;
}

inline Session client_session() {
  Session session = server_session();
  session.session_id = Bytes(32, 0x1d);
  session.ticket = Bytes(180, 0x71);
  return session;
}

/// All that a session says, to compare two.
inline std::string description_of(const Session& session) {
  const crypto::SecretBytes encoded = encode_session(session);
  return wire::hex(encoded.reveal());
}

}  // namespace glasstls::handshake::example
