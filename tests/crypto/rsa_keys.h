// The RSA keys and signatures of tests/data/crypto/rsa_openssl.rsp.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "crypto/keys.h"
#include "tests/crypto/vectors.h"

namespace glasstls::test {

struct RsaKey {
  Bytes n, e, d, p, q, dp, dq, qinv;
  std::vector<Case> signatures;  // made by OpenSSL

  crypto::RsaPrivateNumbers numbers() const { return {n, e, d, p, q, dp, dq, qinv}; }
  crypto::PrivateKey private_key() const { return crypto::PrivateKey::rsa(numbers()).value(); }
};

/// "1024", "1025" or "2048" bits.
inline RsaKey rsa_key(const std::string& bits) {
  RsaKey key;
  for (const Case& vector : vectors("rsa_openssl.rsp")) {
    if (vector.section != bits) continue;
    if (!vector.has("n")) {
      key.signatures.push_back(vector);
      continue;
    }
    for (const auto& [name, number] : {std::pair{"n", &RsaKey::n},
                                       {"e", &RsaKey::e},
                                       {"d", &RsaKey::d},
                                       {"p", &RsaKey::p},
                                       {"q", &RsaKey::q},
                                       {"dp", &RsaKey::dp},
                                       {"dq", &RsaKey::dq},
                                       {"qinv", &RsaKey::qinv}}) {
      key.*number = vector.bytes(name);
    }
  }
  return key;
}

}  // namespace glasstls::test
