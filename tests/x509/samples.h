// The certificates of tests/data/x509 and a few ways to build DER by hand.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "wire/bytes.h"
#include "x509/certificate.h"
#include "x509/der.h"
#include "x509/time.h"
#include "x509/trust_store.h"

namespace glasstls::x509::samples {

/// A file of tests/data/x509.
Bytes file(const std::string& name);
/// The certificates of NAME.pem.
std::vector<Certificate> chain(const std::string& name);
Certificate certificate(const std::string& name);
/// A store with those of NAME.pem.
TrustStore store(const std::string& name);

/// "2026-06-01 00:00:00 UTC", within the validity of every sample that is not about validity.
Time mid_2026();

/// Tag, length, content.
Bytes der(Tag tag, View content);
Bytes der(Tag tag, std::string_view text);
Bytes sequence(std::initializer_list<Bytes> parts);
Bytes joined(std::initializer_list<Bytes> parts);
Bytes oid(const Oid& oid);
Bytes from_hex(std::string_view hex);

/// A Name of one common name.
Bytes name(std::string_view common_name);
/// One Extension.
Bytes extension(const Oid& oid, bool critical, const Bytes& value);
/// An extension subjectAltName of these GeneralNames.
Bytes alternatives(std::initializer_list<Bytes> names);

/// A certificate to be built from parts, each of which a test may spoil. Its signature is not one.
struct Draft {
  Bytes version = from_hex("a003020102");
  Bytes serial = from_hex("020101");
  Bytes algorithm = sequence({oid(oid::ecdsa_with_SHA256)});
  Bytes issuer = name("issuer");
  Bytes not_before = der(Tag::utc_time, "250101000000Z");
  Bytes not_after = der(Tag::utc_time, "450101000000Z");
  Bytes subject = name("subject");
  Bytes spki = wire::copy(certificate("server-ec256").spki());
  Bytes unique_ids;
  std::vector<Bytes> extensions;
  Bytes outer_algorithm = algorithm;
  Bytes signature = from_hex("03020000");

  Bytes encoded() const;
  Result<Certificate> parsed() const { return Certificate::parse(encoded()); }
};

}  // namespace glasstls::x509::samples
