// Who a test's server is: a certificate chain and its key, from tests/data/tls.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/keys.h"
#include "handshake/credential.h"
#include "wire/bytes.h"
#include "x509/time.h"
#include "x509/trust_store.h"

namespace glasstls::test {

struct Identity {
  std::vector<Bytes> chain;  // DER, leaf first
  crypto::PrivateKey key;
};

/// "rsa", "p256", "p384", "ed25519": certificates for server.test and 192.0.2.1, signed by ca.pem.
/// "rsa-encipherment": one whose keyUsage does not allow signatures. Read once, then shared.
const Identity& identity(std::string_view name);

/// The same as a Credential, to be changed before it is used. The key outlives it.
std::shared_ptr<handshake::Credential> credential(std::string_view name);
/// What a server holds, the first of each kind of key being the default one.
std::shared_ptr<handshake::Credentials> credentials(const std::vector<std::string>& names);

/// The key of an identity, shared.
std::shared_ptr<const crypto::PrivateKey> key_of(std::string_view name);

/// The anchors of a PEM file in tests/data/tls: "ca", "other-ca". Read once, then shared.
std::shared_ptr<const x509::TrustStore> roots(std::string_view name = "ca");

/// The first second of that year.
x509::Time start_of(int year);

/// A moment at which the certificates are valid; two at which they are not.
x509::Time in_validity();
x509::Time before_validity();
x509::Time after_validity();

}  // namespace glasstls::test
