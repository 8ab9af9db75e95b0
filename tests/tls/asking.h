// A server that asks its clients for certificates.
#pragma once

#include <memory>
#include <utility>

#include "tests/support/lab.h"
#include "tests/support/peers.h"

namespace glasstls::tls {

using handshake::ClientAuthentication;

/// One that trusts the lab. `more` may change the rest.
inline test::ServerOptions asking(const test::Lab& lab, ClientAuthentication mode,
                                  const test::Change<ServerSettings>& more = {}) {
  test::ServerOptions options;
  options.settings = [roots = lab.roots(), mode, more](ServerSettings& s) {
    s.client_authentication = mode;
    s.roots = roots;
    if (more) more(s);
  };
  return options;
}

/// A client with this to show, and a scheme to prove it with.
inline test::ClientChoices showing(
    std::shared_ptr<const handshake::Credential> credential,
    crypto::SignatureScheme scheme = crypto::SignatureScheme::ecdsa_secp256r1_sha256) {
  test::ClientChoices choices;
  choices.credential = std::move(credential);
  choices.scheme = scheme;
  return choices;
}

}  // namespace glasstls::tls
