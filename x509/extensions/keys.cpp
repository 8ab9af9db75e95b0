// What a certificate's key is for, and which key it is.
#include <cstddef>
#include <string_view>

#include "x509/extensions/readers.h"

namespace glasstls::x509 {

//   BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER OPTIONAL }
BasicConstraints read_basic_constraints(DerReader& der) {
  BasicConstraints constraints;
  der.sequence("BasicConstraints", [&] {
    constraints.ca = der.boolean_or_false("cA");
    if (der.done()) return;
    const std::size_t begin = der.offset();
    constraints.path_length = der.small_integer("pathLenConstraint");
    der.require(constraints.ca, begin, "a pathLenConstraint without cA", "RFC 5280, 4.2.1.9");
  });
  return constraints;
}

KeyUsage read_key_usage(DerReader& der) {
  constexpr std::string_view section = "RFC 5280, 4.2.1.3";
  constexpr unsigned named = 9;
  const std::size_t begin = der.offset();
  KeyUsage usage;
  der.field("KeyUsage", [&] {
    usage.bits = der.named_bits({}, Tag::bit_string, named, section);
    der.require(usage.bits != 0, begin, "a keyUsage that allows nothing", section);
    der.describe([&] { return to_string(usage); });
  });
  return usage;
}

std::vector<Oid> read_extended_key_usage(DerReader& der) {
  std::vector<Oid> purposes;
  const std::size_t begin = der.offset();
  der.sequence("ExtKeyUsageSyntax", [&] {
    while (!der.done()) purposes.push_back(der.object_identifier("KeyPurposeId"));
  });
  der.require(!purposes.empty(), begin, "an extKeyUsage without purposes", "RFC 5280, 4.2.1.12");
  return purposes;
}

//   AuthorityKeyIdentifier ::= SEQUENCE { keyIdentifier [0] OPTIONAL,
//     authorityCertIssuer [1] GeneralNames OPTIONAL, authorityCertSerialNumber [2] OPTIONAL }
AuthorityKeyIdentifier read_authority_key_identifier(DerReader& der) {
  AuthorityKeyIdentifier authority;
  const std::size_t begin = der.offset();
  der.sequence("AuthorityKeyIdentifier", [&] {
    if (der.next() == context(0)) {
      authority.key_identifier = wire::copy(der.octet_string("keyIdentifier", context(0)));
    }
    if (der.next() == context_constructed(1)) {
      authority.issuer = read_general_names(der, "authorityCertIssuer", context_constructed(1));
    }
    if (der.next() == context(2)) {
      authority.serial_number = wire::copy(der.integer("authorityCertSerialNumber", context(2)));
    }
    der.require(authority.issuer.empty() == !authority.serial_number.has_value(), begin,
                "an issuer without a serial or the reverse", "RFC 5280, 4.2.1.1");
  });
  return authority;
}

Bytes read_subject_key_identifier(DerReader& der) {
  return wire::copy(der.octet_string("SubjectKeyIdentifier"));
}

}  // namespace glasstls::x509
