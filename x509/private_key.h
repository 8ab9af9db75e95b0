// Private keys from files: PKCS #8 (RFC 5958), PKCS #1 (RFC 8017, A.1.2), SEC 1 (RFC 5915).
#pragma once

#include "crypto/keys.h"
#include "wire/bytes.h"
#include "x509/result.h"

namespace glasstls::x509 {

/// The first private key of a PEM text (labels PRIVATE KEY, RSA PRIVATE KEY, EC PRIVATE KEY), or
/// DER of any of the three forms. Other blocks (EC PARAMETERS, certificates) are skipped. Encrypted
/// keys are refused by name: decrypt them first. Copies of the key that we make on the way are
/// wiped; the caller's buffer is the caller's.
Result<crypto::PrivateKey> parse_private_key(View pem_or_der);

}  // namespace glasstls::x509
