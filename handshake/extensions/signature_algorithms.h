// signature_algorithms: the schemes that the client can verify, in its order of preference.
// RFC 5246, 7.4.1.4.1. signature_algorithms_cert: those that it can verify in certificates, where
// they are others. RFC 8446, 4.2.3.
#pragma once

#include <vector>

#include "crypto/schemes.h"
#include "handshake/registry.h"
#include "wire/bounds.h"
#include "wire/error.h"

namespace glasstls::handshake {

struct SignatureAlgorithms {
  static constexpr ExtensionType type = ExtensionType::signature_algorithms;
  static constexpr Spec spec{"signature_algorithms", "RFC 5246, 7.4.1.4.1"};

  std::vector<crypto::SignatureScheme> supported_signature_algorithms;

  static void fields(auto& ar, auto& self) {
    ar.vector("supported_signature_algorithms", self.supported_signature_algorithms,
              within<2, 0xfffe>);
  }
};

/// In the client's hello. Read by our server, never sent by our client.
struct SignatureAlgorithmsCert {
  static constexpr ExtensionType type = ExtensionType::signature_algorithms_cert;
  static constexpr Spec spec{"signature_algorithms_cert", "RFC 8446, 4.2.3"};

  std::vector<crypto::SignatureScheme> supported_signature_algorithms;

  static void fields(auto& ar, auto& self) {
    ar.vector("supported_signature_algorithms", self.supported_signature_algorithms,
              within<2, 0xfffe>);
  }
};

}  // namespace glasstls::handshake
