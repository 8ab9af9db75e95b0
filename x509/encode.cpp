#include "x509/encode.h"

#include <cstddef>
#include <stdexcept>
#include <utility>

#include "x509/der_writer.h"

namespace glasstls::x509 {

namespace {

// The bytes that `body` writes.
template <class Body>
Bytes written(Body&& body) {
  DerWriter der;
  body(der);
  return std::move(der).take();
}

// SEQUENCE OF, or [number] of the same, with an encoding for each.
template <class T, class Write>
void sequence_of(DerWriter& der, Tag tag, const std::vector<T>& values, Write&& write) {
  der.inside(tag, [&] {
    for (const T& value : values) write(value);
  });
}

void write(DerWriter& der, const RelativeDistinguishedName& rdn, Tag tag = Tag::set) {
  std::vector<Bytes> attributes;
  for (const AttributeTypeAndValue& attribute : rdn) {
    attributes.push_back(written([&](DerWriter& one) {
      one.sequence([&] {
        one.object_identifier(attribute.type);
        one.element(attribute.string_type, attribute.value);
      });
    }));
  }
  der.set_of(std::move(attributes), tag);
}

void write(DerWriter& der, const Name& name) {
  sequence_of(der, Tag::sequence, name.rdns(),
              [&](const RelativeDistinguishedName& rdn) { write(der, rdn); });
}

void write(DerWriter& der, const GeneralName& name) {
  const auto number = static_cast<unsigned>(name.kind);
  switch (name.kind) {
    case GeneralNameKind::directoryName:
      return der.inside(context_constructed(number), [&] { write(der, name.directory); });
    case GeneralNameKind::otherName:
    case GeneralNameKind::x400Address:
    case GeneralNameKind::ediPartyName: return der.element(context_constructed(number), name.value);
    default: return der.element(context(number), name.value);
  }
}

void write(DerWriter& der, const std::vector<GeneralName>& names, Tag tag) {
  sequence_of(der, tag, names, [&](const GeneralName& name) { write(der, name); });
}

}  // namespace

Bytes encode(const Name& name) {
  return written([&](DerWriter& der) { write(der, name); });
}

Bytes encode(const GeneralName& name) {
  return written([&](DerWriter& der) { write(der, name); });
}

Bytes encode(const std::vector<GeneralName>& names) {
  return written([&](DerWriter& der) { write(der, names, Tag::sequence); });
}

Bytes encode(const BasicConstraints& constraints) {
  return written([&](DerWriter& der) {
    der.sequence([&] {
      if (constraints.ca) der.boolean(true);
      if (constraints.path_length) der.small_integer(*constraints.path_length);
    });
  });
}

Bytes encode(KeyUsage usage) {
  return written([&](DerWriter& der) { der.named_bits(usage.bits); });
}

Bytes encode_extended_key_usage(const std::vector<Oid>& purposes) {
  return written([&](DerWriter& der) {
    sequence_of(der, Tag::sequence, purposes, [&](const Oid& oid) { der.object_identifier(oid); });
  });
}

Bytes encode(const NameConstraints& constraints) {
  return written([&](DerWriter& der) {
    const auto subtrees = [&](unsigned number, const std::vector<GeneralName>& bases) {
      if (bases.empty()) return;
      sequence_of(der, context_constructed(number), bases,
                  [&](const GeneralName& base) { der.sequence([&] { write(der, base); }); });
    };
    der.sequence([&] {
      subtrees(0, constraints.permitted);
      subtrees(1, constraints.excluded);
    });
  });
}

Bytes encode(const AuthorityKeyIdentifier& authority) {
  return written([&](DerWriter& der) {
    der.sequence([&] {
      if (authority.key_identifier) der.octet_string(*authority.key_identifier, context(0));
      if (!authority.issuer.empty()) write(der, authority.issuer, context_constructed(1));
      if (authority.serial_number) der.integer(*authority.serial_number, context(2));
    });
  });
}

Bytes encode_subject_key_identifier(View identifier) {
  return written([&](DerWriter& der) { der.octet_string(identifier); });
}

Bytes encode(const std::vector<PolicyInformation>& policies) {
  return written([&](DerWriter& der) {
    sequence_of(der, Tag::sequence, policies, [&](const PolicyInformation& policy) {
      der.sequence([&] {
        der.object_identifier(policy.policy);
        if (policy.qualifiers.empty()) return;
        sequence_of(der, Tag::sequence, policy.qualifiers, [&](const PolicyQualifier& qualifier) {
          der.sequence([&] {
            der.object_identifier(qualifier.id);
            der.raw(qualifier.qualifier);
          });
        });
      });
    });
  });
}

Bytes encode(const std::vector<PolicyMapping>& mappings) {
  return written([&](DerWriter& der) {
    sequence_of(der, Tag::sequence, mappings, [&](const PolicyMapping& mapping) {
      der.sequence([&] {
        der.object_identifier(mapping.issuer_domain);
        der.object_identifier(mapping.subject_domain);
      });
    });
  });
}

Bytes encode(const PolicyConstraints& constraints) {
  return written([&](DerWriter& der) {
    der.sequence([&] {
      if (constraints.require_explicit_policy) {
        der.small_integer(*constraints.require_explicit_policy, context(0));
      }
      if (constraints.inhibit_policy_mapping) {
        der.small_integer(*constraints.inhibit_policy_mapping, context(1));
      }
    });
  });
}

Bytes encode_inhibit_any_policy(std::uint32_t skip_certs) {
  return written([&](DerWriter& der) { der.small_integer(skip_certs); });
}

namespace {

//   DistributionPoint ::= SEQUENCE {
//     distributionPoint [0] DistributionPointName OPTIONAL, reasons [1] ReasonFlags OPTIONAL,
//     cRLIssuer [2] GeneralNames OPTIONAL }
//   DistributionPointName ::= CHOICE {
//     fullName [0] GeneralNames, nameRelativeToCRLIssuer [1] RelativeDistinguishedName }
void write(DerWriter& der, const DistributionPoint& point) {
  der.sequence([&] {
    if (!point.full_name.empty()) {
      der.inside(context_constructed(0),
                 [&] { write(der, point.full_name, context_constructed(0)); });
    } else if (point.name_relative_to_crl_issuer) {
      der.inside(context_constructed(0),
                 [&] { write(der, *point.name_relative_to_crl_issuer, context_constructed(1)); });
    }
    if (point.reasons) der.named_bits(*point.reasons, context(1));
    if (!point.crl_issuer.empty()) write(der, point.crl_issuer, context_constructed(2));
  });
}

}  // namespace

Bytes encode(const std::vector<DistributionPoint>& points) {
  return written([&](DerWriter& der) {
    sequence_of(der, Tag::sequence, points,
                [&](const DistributionPoint& point) { write(der, point); });
  });
}

Bytes encode(const std::vector<AccessDescription>& descriptions) {
  return written([&](DerWriter& der) {
    sequence_of(der, Tag::sequence, descriptions, [&](const AccessDescription& description) {
      der.sequence([&] {
        der.object_identifier(description.method);
        write(der, description.location);
      });
    });
  });
}

Bytes encode(const std::vector<DirectoryAttribute>& attributes) {
  return written([&](DerWriter& der) {
    sequence_of(der, Tag::sequence, attributes, [&](const DirectoryAttribute& attribute) {
      der.sequence([&] {
        der.object_identifier(attribute.type);
        der.set_of(attribute.values);
      });
    });
  });
}

namespace {

// A big-endian number of `size` bytes, as TLS writes it.
void append_number(Bytes& out, std::uint64_t value, std::size_t size) {
  for (std::size_t shift = 8 * size; shift > 0; shift -= 8) {
    out.push_back(static_cast<std::uint8_t>(value >> (shift - 8) & 0xff));
  }
}

// opaque<0..2^16-1>
void append_opaque(Bytes& out, View bytes) {
  if (bytes.size() > 0xffff) throw std::logic_error("more than 65,535 bytes for two of length");
  append_number(out, bytes.size(), 2);
  wire::append(out, bytes);
}

// RFC 6962, 3.2
Bytes serialized(const SignedCertificateTimestamp& timestamp) {
  if (timestamp.version != 0) return timestamp.unparsed;
  if (timestamp.log_id.size() != 32) throw std::logic_error("a log's id that is not 32 bytes");
  Bytes out;
  append_number(out, timestamp.version, 1);
  wire::append(out, timestamp.log_id);
  append_number(out, timestamp.timestamp, 8);
  append_opaque(out, timestamp.extensions);
  append_number(out, timestamp.hash, 1);
  append_number(out, timestamp.signature_algorithm, 1);
  append_opaque(out, timestamp.signature);
  return out;
}

}  // namespace

Bytes encode(const std::vector<SignedCertificateTimestamp>& timestamps) {
  Bytes list;
  for (const auto& timestamp : timestamps) append_opaque(list, serialized(timestamp));
  Bytes framed;
  append_opaque(framed, list);
  return written([&](DerWriter& der) { der.octet_string(framed); });
}

Bytes encode_tls_features(const std::vector<std::uint16_t>& features) {
  return written([&](DerWriter& der) {
    sequence_of(der, Tag::sequence, features,
                [&](std::uint16_t feature) { der.small_integer(feature); });
  });
}

}  // namespace glasstls::x509
