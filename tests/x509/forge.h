// Certificates and CRLs made to measure, by the hundred: they all have one Ed25519 key, so that they
// are cheap to make and any of them can sign any other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/keys.h"
#include "tests/support/test_random.h"
#include "x509/certificate.h"
#include "x509/crl.h"
#include "x509/issue.h"
#include "x509/trust_store.h"

namespace glasstls::x509::forge {

/// CN=`common_name`.
Name name(std::string_view common_name);
GeneralName dns(std::string host);

class Forge {
 public:
  /// Another seed, another key.
  explicit Forge(std::string_view seed = "forge");

  /// A CA `subject`, signed in the name of `issuer`.
  Certificate ca(std::string_view issuer, std::string_view subject,
                 std::vector<NewExtension> more = {});
  /// A server's certificate for CN=leaf.
  Certificate leaf(std::string_view issuer, std::vector<NewExtension> more = {});
  /// A store with one self-signed CA of that name.
  TrustStore anchor(std::string_view subject);

  /// A CRL of `issuer`, current in 2026, that lists these serial numbers.
  CertificateList crl(std::string_view issuer, const std::vector<std::uint32_t>& serial_numbers);

  /// Each certificate made gets the next number from 1.
  std::uint32_t last_serial_number() const { return serial_; }

 private:
  Certificate make(std::string_view issuer, std::string_view subject,
                   std::vector<NewExtension> extensions);

  test::TestRandom random_;
  crypto::PrivateKey key_;
  std::uint32_t serial_ = 0;
};

}  // namespace glasstls::x509::forge
