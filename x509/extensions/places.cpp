// Where more is found: revocation lists, OCSP responders, issuers.
#include <cstddef>
#include <string_view>

#include "x509/extensions/readers.h"

namespace glasstls::x509 {

namespace {

constexpr std::string_view point_section = "RFC 5280, 4.2.1.13";

//   DistributionPoint ::= SEQUENCE { distributionPoint [0] DistributionPointName OPTIONAL,
//     reasons [1] ReasonFlags OPTIONAL, cRLIssuer [2] GeneralNames OPTIONAL }
DistributionPoint read_distribution_point(DerReader& der) {
  DistributionPoint point;
  const std::size_t begin = der.offset();
  der.sequence("DistributionPoint", [&] {
    const bool named = der.next() == context_constructed(0);
    if (named) read_distribution_point_name(der, point);
    if (der.next() == context(1)) point.reasons = read_reason_flags(der, "reasons", context(1));
    if (der.next() == context_constructed(2)) {
      point.crl_issuer = read_general_names(der, "cRLIssuer", context_constructed(2));
    }
    der.require(named || !point.crl_issuer.empty(), begin,
                "a DistributionPoint without a name or a cRLIssuer", point_section);
  });
  return point;
}

}  // namespace

//   DistributionPointName ::= CHOICE { fullName [0] GeneralNames,
//     nameRelativeToCRLIssuer [1] RelativeDistinguishedName }
// A tag on a CHOICE is always EXPLICIT (X.680, 31.2.7).
void read_distribution_point_name(DerReader& der, DistributionPoint& point) {
  der.inside("distributionPoint", context_constructed(0), [&] {
    const Tag relative = context_constructed(1);
    if (der.next() == relative) {
      point.name_relative_to_crl_issuer = read_rdn(der, "nameRelativeToCRLIssuer", relative);
    } else {
      point.full_name = read_general_names(der, "fullName", context_constructed(0));
    }
  });
}

std::uint16_t read_reason_flags(DerReader& der, std::string_view field, Tag tag) {
  constexpr unsigned named = 9;
  return der.named_bits(field, tag, named, point_section);
}

std::vector<DistributionPoint> read_distribution_points(DerReader& der, std::string_view field) {
  std::vector<DistributionPoint> points;
  const std::size_t begin = der.offset();
  der.sequence(field, [&] {
    while (!der.done()) points.push_back(read_distribution_point(der));
  });
  der.require(!points.empty(), begin, "an empty list of distribution points", point_section);
  return points;
}

//   AccessDescription ::= SEQUENCE { accessMethod OBJECT IDENTIFIER, accessLocation GeneralName }
std::vector<AccessDescription> read_access_descriptions(DerReader& der, std::string_view field) {
  std::vector<AccessDescription> descriptions;
  const std::size_t begin = der.offset();
  der.sequence(field, [&] {
    while (!der.done()) {
      der.sequence("AccessDescription", [&] {
        AccessDescription& description = descriptions.emplace_back();
        description.method = der.object_identifier("accessMethod");
        der.field("accessLocation",
                  [&] { description.location = read_general_name(der, NameUse::identity); });
      });
    }
  });
  der.require(!descriptions.empty(), begin, "an empty list of access descriptions",
              "RFC 5280, 4.2.2.1");
  return descriptions;
}

}  // namespace glasstls::x509
