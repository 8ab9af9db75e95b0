// Extensions for TLS: certificate transparency and the TLS feature.
#include <cstddef>
#include <string_view>

#include "x509/extensions/readers.h"

namespace glasstls::x509 {

namespace {

//   struct { Version sct_version; LogID id; uint64 timestamp; CtExtensions extensions<0..2^16-1>;
//            digitally-signed struct {...}; } SignedCertificateTimestamp;
SignedCertificateTimestamp read_timestamp(DerReader& der) {
  constexpr std::size_t log_id_size = 32;
  SignedCertificateTimestamp sct;
  const View whole = der.rest();
  sct.version = static_cast<std::uint8_t>(der.tls_number("sct_version", 1));
  if (sct.version != 0) {
    sct.unparsed = wire::copy(whole);
    der.skip_rest();
    return sct;
  }
  const auto rest_of = [&](Bytes& bytes) {
    bytes = wire::copy(der.rest());
    der.skip_rest();
  };
  sct.log_id = wire::copy(der.tls_bytes("log_id", log_id_size));
  sct.timestamp = der.tls_number("timestamp", 8);
  der.tls_vector("extensions", [&] { rest_of(sct.extensions); });
  sct.hash = static_cast<std::uint8_t>(der.tls_number("hash", 1));
  sct.signature_algorithm = static_cast<std::uint8_t>(der.tls_number("signature_algorithm", 1));
  der.tls_vector("signature", [&] { rest_of(sct.signature); });
  return sct;
}

}  // namespace

// An OCTET STRING in the one of extnValue (RFC 6962, 3.3):
//   struct { SerializedSCT sct_list<1..2^16-1>; } SignedCertificateTimestampList;
//   opaque SerializedSCT<1..2^16-1>;
std::vector<SignedCertificateTimestamp> read_signed_certificate_timestamps(DerReader& der) {
  std::vector<SignedCertificateTimestamp> timestamps;
  const std::size_t begin = der.offset();
  der.inside("SignedCertificateTimestampList", Tag::octet_string, [&] {
    der.tls_vector("sct_list", [&] {
      while (!der.done()) {
        der.tls_vector("SerializedSCT", [&] { timestamps.push_back(read_timestamp(der)); });
      }
    });
  });
  der.require(!timestamps.empty(), begin, "an empty list of signed certificate timestamps",
              "RFC 6962, 3.3");
  return timestamps;
}

//   Features ::= SEQUENCE OF INTEGER, the numbers of TLS extensions.
std::vector<std::uint16_t> read_tls_features(DerReader& der) {
  constexpr std::uint32_t greatest = 0xffff;
  std::vector<std::uint16_t> features;
  der.sequence("Features", [&] {
    while (!der.done()) {
      const std::size_t begin = der.offset();
      const std::uint32_t feature = der.small_integer("INTEGER");
      der.require(feature <= greatest, begin, "a TLS feature that is no extension's number",
                  "RFC 7633, 4.1");
      features.push_back(static_cast<std::uint16_t>(feature));
    }
  });
  return features;
}

}  // namespace glasstls::x509
