#include "x509/extensions.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "x509/server_name.h"
#include "x509/utf8.h"

namespace glasstls::x509 {

namespace {

bool is_visible_ascii(View bytes) {
  return std::all_of(bytes.begin(), bytes.end(),
                     [](std::uint8_t b) { return b > 0x20 && b < 0x7f; });
}

//   BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER OPTIONAL }
// An encoded FALSE is not DER, but common enough that every verifier takes it.
BasicConstraints read_basic_constraints(DerReader& der) {
  BasicConstraints constraints;
  der.sequence("BasicConstraints", [&] {
    if (der.next() == Tag::boolean) constraints.ca = der.boolean("cA");
    if (der.done()) return;
    const std::size_t begin = der.offset();
    constraints.path_length = der.small_integer("pathLenConstraint");
    der.require(constraints.ca, begin, "a pathLenConstraint without cA", "RFC 5280, 4.2.1.9");
  });
  return constraints;
}

// DER leaves off the zeros at the end of a list of named bits (X.690, 11.2.2); roots in everyone's
// store do not, so that this one rule is not held against them.
KeyUsage read_key_usage(DerReader& der) {
  constexpr std::string_view section = "RFC 5280, 4.2.1.3";
  const std::size_t begin = der.offset();
  KeyUsage usage;
  der.field("KeyUsage", [&] {
    const BitString bits = der.bit_string({});
    if (!der.ok()) return;
    der.require(bits.bytes.size() <= 2, begin, "a keyUsage with unknown bits", section);
    if (!der.ok()) return;
    for (unsigned i = 0; i < bits.bytes.size() * 8 - bits.unused; ++i) {
      const bool set = (bits.bytes[i / 8] >> (7 - i % 8) & 1) != 0;
      if (set) usage.bits = static_cast<std::uint16_t>(usage.bits | 1u << i);
    }
    der.require(usage.bits != 0, begin, "a keyUsage that allows nothing", section);
    der.require(usage.bits < 1u << 9, begin, "a keyUsage with unknown bits", section);
    der.describe(to_string(usage));
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

// Address and mask of a subtree: 192.0.2.0/255.255.255.0.
bool is_subnet(View value) {
  if (value.size() != 8 && value.size() != 32) return false;
  const View mask = value.subspan(value.size() / 2);
  bool zero_seen = false;
  for (std::size_t bit = 0; bit < mask.size() * 8; ++bit) {
    const bool set = (mask[bit / 8] >> (7 - bit % 8) & 1) != 0;
    if (set && zero_seen) return false;
    zero_seen = zero_seen || !set;
  }
  return true;
}

enum class NameUse { identity, subtree };

void check_general_name(DerReader& der, const GeneralName& name, std::size_t offset, NameUse use) {
  constexpr std::string_view section = "RFC 5280, 4.2.1.6";
  const bool identity = use == NameUse::identity;
  const std::size_t size = name.value.size();
  switch (name.kind) {
    case GeneralNameKind::rfc822Name:
    case GeneralNameKind::dNSName:
    case GeneralNameKind::uniformResourceIdentifier:
      der.require(is_visible_ascii(name.value), offset,
                  "a name with a byte that is not visible ASCII", section);
      der.require(!identity || size > 0, offset, "an empty name", section);
      break;
    case GeneralNameKind::iPAddress:
      if (identity) {
        der.require(size == 4 || size == 16, offset, "an iPAddress that is not 4 or 16 bytes",
                    section);
      } else {
        der.require(is_subnet(name.value), offset, "an iPAddress subtree that is not a subnet",
                    "RFC 5280, 4.2.1.10");
      }
      break;
    case GeneralNameKind::registeredID:
      der.require(Oid::from_der(name.value).has_value(), offset, "a malformed registeredID",
                  section);
      break;
    default: break;
  }
}

GeneralName read_general_name(DerReader& der, NameUse use) {
  GeneralName name;
  const std::size_t begin = der.offset();
  const auto tag = static_cast<unsigned>(der.next());
  const unsigned number = tag & 0x1f;
  // otherName, x400Address, directoryName and ediPartyName are constructed.
  const bool constructed = number == 0 || number == 3 || number == 4 || number == 5;
  const Tag wanted = constructed ? context_constructed(number) : context(number);
  der.require(number <= 8 && static_cast<unsigned>(wanted) == tag, begin,
              "not one of the choices of GeneralName", "RFC 5280, 4.2.1.6");
  if (!der.ok()) return name;

  name.kind = static_cast<GeneralNameKind>(number);
  const std::string_view field = name_of(name.kind);
  if (name.kind == GeneralNameKind::directoryName) {
    der.inside(field, wanted, [&] { name.directory = read_name(der, "Name"); });
    return name;
  }
  der.field(field, [&] {
    name.value = wire::copy(der.element({}, wanted).content);
    check_general_name(der, name, begin, use);
    der.describe(to_string(name));
  });
  return name;
}

std::vector<GeneralName> read_general_names(DerReader& der, std::string_view field, Tag tag) {
  std::vector<GeneralName> names;
  const std::size_t begin = der.offset();
  der.inside(field, tag, [&] {
    while (!der.done()) names.push_back(read_general_name(der, NameUse::identity));
  });
  der.require(!names.empty(), begin, "an empty list of names", "RFC 5280, 4.2.1.6");
  return names;
}

//   GeneralSubtree ::= SEQUENCE { base GeneralName, minimum [0] DEFAULT 0, maximum [1] OPTIONAL }
// minimum is always zero, thus absent, and maximum is never there (RFC 5280, 4.2.1.10).
std::vector<GeneralName> read_subtrees(DerReader& der, std::string_view field, Tag tag) {
  std::vector<GeneralName> bases;
  const std::size_t begin = der.offset();
  der.inside(field, tag, [&] {
    while (!der.done()) {
      der.sequence("GeneralSubtree", [&] {
        bases.push_back(read_general_name(der, NameUse::subtree));
        der.require(der.done(), der.offset(), "a subtree with minimum or maximum",
                    "RFC 5280, 4.2.1.10");
      });
    }
  });
  der.require(!bases.empty(), begin, "an empty list of subtrees", "RFC 5280, 4.2.1.10");
  return bases;
}

NameConstraints read_name_constraints(DerReader& der) {
  NameConstraints constraints;
  const std::size_t begin = der.offset();
  der.sequence("NameConstraints", [&] {
    der.require(!der.done(), begin, "nameConstraints without subtrees", "RFC 5280, 4.2.1.10");
    const Tag permitted = context_constructed(0);
    const Tag excluded = context_constructed(1);
    if (der.next() == permitted) {
      constraints.permitted = read_subtrees(der, "permittedSubtrees", permitted);
    }
    if (der.next() == excluded) {
      constraints.excluded = read_subtrees(der, "excludedSubtrees", excluded);
    }
  });
  return constraints;
}

AuthorityKeyIdentifier read_authority_key_identifier(DerReader& der) {
  AuthorityKeyIdentifier authority;
  const std::size_t begin = der.offset();
  der.sequence("AuthorityKeyIdentifier", [&] {
    if (der.next() == context(0)) {
      authority.key_identifier = wire::copy(der.octet_string("keyIdentifier", context(0)));
    }
    const bool has_issuer = der.next() == context_constructed(1);
    if (has_issuer) read_general_names(der, "authorityCertIssuer", context_constructed(1));
    const bool has_serial = der.next() == context(2);
    if (has_serial) der.integer("authorityCertSerialNumber", context(2));
    der.require(has_issuer == has_serial, begin, "an issuer without a serial or the reverse",
                "RFC 5280, 4.2.1.1");
    authority.has_issuer_and_serial = has_issuer;
  });
  return authority;
}

//   PolicyInformation ::= SEQUENCE { policyIdentifier, policyQualifiers SEQUENCE OF OPTIONAL }
CertificatePolicies read_certificate_policies(DerReader& der) {
  constexpr std::string_view section = "RFC 5280, 4.2.1.4";
  CertificatePolicies result;
  const std::size_t begin = der.offset();
  der.sequence("certificatePolicies", [&] {
    while (!der.done()) {
      der.sequence("PolicyInformation", [&] {
        result.policies.push_back(der.object_identifier("policyIdentifier"));
        if (der.done()) return;
        der.sequence("policyQualifiers", [&] {
          while (!der.done()) {
            der.sequence("PolicyQualifierInfo", [&] {
              const Oid id = der.object_identifier("policyQualifierId");
              der.any("qualifier");
              const bool known = id == oid::id_qt_cps || id == oid::id_qt_unotice;
              result.has_unknown_qualifier = result.has_unknown_qualifier || !known;
            });
          }
        });
      });
    }
  });
  der.require(!result.policies.empty(), begin, "certificatePolicies without policies", section);
  std::vector<Oid> sorted = result.policies;
  std::sort(sorted.begin(), sorted.end());
  const bool unique = std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end();
  der.require(unique, begin, "a policy named twice", section);
  return result;
}

using ValueReader = void (*)(DerReader&, Extensions&);

// One row per extension that has a typed value, and whether path validation processes it.
struct Typed {
  Oid oid;
  bool processed;
  ValueReader read;
};

constexpr Typed typed[] = {
    {oid::basicConstraints, true,
     [](DerReader& der, Extensions& e) { e.basic_constraints = read_basic_constraints(der); }},
    {oid::keyUsage, true, [](DerReader& der, Extensions& e) { e.key_usage = read_key_usage(der); }},
    {oid::extKeyUsage, true,
     [](DerReader& der, Extensions& e) { e.extended_key_usage = read_extended_key_usage(der); }},
    {oid::subjectAltName, true,
     [](DerReader& der, Extensions& e) {
       e.subject_alt_name = read_general_names(der, "SubjectAltName", Tag::sequence);
     }},
    {oid::nameConstraints, true,
     [](DerReader& der, Extensions& e) { e.name_constraints = read_name_constraints(der); }},
    {oid::certificatePolicies, true,
     [](DerReader& der, Extensions& e) {
       e.certificate_policies = read_certificate_policies(der);
     }},
    {oid::authorityKeyIdentifier, false,
     [](DerReader& der, Extensions& e) {
       e.authority_key_identifier = read_authority_key_identifier(der);
     }},
    {oid::subjectKeyIdentifier, false,
     [](DerReader& der, Extensions& e) {
       e.subject_key_identifier = wire::copy(der.octet_string("SubjectKeyIdentifier"));
     }},
};

const Typed* find_typed(const Oid& oid) {
  const auto* found = std::find_if(std::begin(typed), std::end(typed),
                                   [&](const Typed& t) { return t.oid == oid; });
  return found == std::end(typed) ? nullptr : found;
}

//   Extension ::= SEQUENCE { extnID, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }
// An encoded FALSE is let pass here too.
void read_extension(DerReader& der, Extensions& extensions) {
  der.sequence("Extension", [&] {
    Extension extension;
    extension.oid = der.object_identifier("extnID");
    if (der.next() == Tag::boolean) extension.critical = der.boolean("critical");
    const Typed* known = find_typed(extension.oid);
    der.inside("extnValue", Tag::octet_string, [&] {
      extension.value = der.rest();
      extension.offset = der.offset();
      if (known) {
        known->read(der, extensions);
      } else {
        der.skip_rest();
      }
    });
    extensions.all.push_back(extension);
  });
}

}  // namespace

std::string to_string(KeyUsage usage) {
  constexpr std::string_view names[] = {"digitalSignature", "nonRepudiation", "keyEncipherment",
                                        "dataEncipherment", "keyAgreement",   "keyCertSign",
                                        "cRLSign",          "encipherOnly",   "decipherOnly"};
  std::string text;
  for (unsigned i = 0; i < std::size(names); ++i) {
    if (!usage.has(static_cast<KeyUsageBit>(i))) continue;
    if (!text.empty()) text += ", ";
    text += names[i];
  }
  return text;
}

std::string_view name_of(GeneralNameKind kind) {
  switch (kind) {
    case GeneralNameKind::otherName: return "otherName";
    case GeneralNameKind::rfc822Name: return "rfc822Name";
    case GeneralNameKind::dNSName: return "dNSName";
    case GeneralNameKind::x400Address: return "x400Address";
    case GeneralNameKind::directoryName: return "directoryName";
    case GeneralNameKind::ediPartyName: return "ediPartyName";
    case GeneralNameKind::uniformResourceIdentifier: return "uniformResourceIdentifier";
    case GeneralNameKind::iPAddress: return "iPAddress";
    case GeneralNameKind::registeredID: return "registeredID";
  }
  return {};
}

std::string to_string(const GeneralName& name) {
  const std::string text = printable(wire::as_text(name.value));
  switch (name.kind) {
    case GeneralNameKind::rfc822Name: return "email:" + text;
    case GeneralNameKind::dNSName: return "DNS:" + text;
    case GeneralNameKind::uniformResourceIdentifier: return "URI:" + text;
    case GeneralNameKind::directoryName: return "directory:" + to_string(name.directory);
    case GeneralNameKind::iPAddress: return "IP:" + subnet_text(name.value);
    default: return std::string(name_of(name.kind)) + ":" + wire::hex(name.value);
  }
}

const Extension* Extensions::find(const Oid& oid) const {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Extension& e) { return e.oid == oid; });
  return found == all.end() ? nullptr : &*found;
}

bool is_processed(const Oid& oid) {
  const Typed* known = find_typed(oid);
  return known != nullptr && known->processed;
}

Extensions read_extensions(DerReader& der) {
  constexpr std::string_view section = "RFC 5280, 4.2";
  Extensions extensions;
  const std::size_t begin = der.offset();
  der.sequence("extensions", [&] {
    while (!der.done()) read_extension(der, extensions);
  });
  der.require(!extensions.all.empty(), begin, "an empty list of extensions", section);
  std::vector<Oid> oids;
  for (const Extension& extension : extensions.all) oids.push_back(extension.oid);
  std::sort(oids.begin(), oids.end());
  const auto twice = std::adjacent_find(oids.begin(), oids.end());
  if (twice != oids.end()) der.fail(begin, "two extensions " + display(*twice), section);
  return extensions;
}

}  // namespace glasstls::x509
