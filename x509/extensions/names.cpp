// Extensions about names and attributes.
#include <cstddef>
#include <string_view>

#include "x509/extensions/readers.h"

namespace glasstls::x509 {

namespace {

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

}  // namespace

//   NameConstraints ::= SEQUENCE { permittedSubtrees [0] OPTIONAL, excludedSubtrees [1] OPTIONAL }
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

//   SubjectDirectoryAttributes ::= SEQUENCE SIZE (1..MAX) OF Attribute
//   Attribute ::= SEQUENCE { type OBJECT IDENTIFIER, values SET SIZE (1..MAX) OF ANY }
std::vector<DirectoryAttribute> read_subject_directory_attributes(DerReader& der) {
  constexpr std::string_view section = "RFC 5280, 4.2.1.8";
  std::vector<DirectoryAttribute> attributes;
  const std::size_t begin = der.offset();
  der.sequence("SubjectDirectoryAttributes", [&] {
    while (!der.done()) {
      DirectoryAttribute& attribute = attributes.emplace_back();
      der.sequence("Attribute", [&] {
        attribute.type = der.object_identifier("type");
        const std::size_t values_at = der.offset();
        der.set_of("values", Tag::set, [&] {
          attribute.values.push_back(wire::copy(der.any("AttributeValue").whole));
        });
        der.require(!attribute.values.empty(), values_at, "an attribute without values", section);
      });
    }
  });
  der.require(!attributes.empty(), begin, "subjectDirectoryAttributes without attributes", section);
  return attributes;
}

}  // namespace glasstls::x509
