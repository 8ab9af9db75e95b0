// Lab: a CA of the tests' own, and certificates made to measure. The keys are those of identity(),
// so that they cost nothing to make.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/keys.h"
#include "handshake/credential.h"
#include "tests/support/test_random.h"
#include "wire/bytes.h"
#include "x509/certificate.h"
#include "x509/issue.h"
#include "x509/time.h"
#include "x509/trust_store.h"

namespace glasstls::test {

/// What a test wants to be certified.
struct Wanted {
  x509::CertificateKind kind = x509::CertificateKind::client;
  std::string common_name = "alice";
  std::vector<std::string> dns_names{};
  std::string key = "p256";  // whose: see identity()
  int first_year = 2028;     // valid from its start ...
  int last_year = 2040;      // ... to the start of this one
  std::vector<x509::NewExtension> more{};
};

class Lab {
 public:
  /// Another name, another CA.
  explicit Lab(std::string_view name = "Lab CA");

  std::shared_ptr<handshake::Credential> issue(const Wanted& wanted);
  /// A client's certificate for that key.
  std::shared_ptr<handshake::Credential> client(std::string key = "p256");
  /// A server's certificate for these names.
  std::shared_ptr<handshake::Credential> server(std::vector<std::string> dns_names,
                                                std::string key = "p256");

  std::shared_ptr<const x509::TrustStore> roots() const;
  /// The CA's name in DER.
  Bytes name() const;

 private:
  TestRandom random_;
  crypto::PrivateKey key_;
  x509::Certificate certificate_;
};

}  // namespace glasstls::test
