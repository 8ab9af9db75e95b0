#include "x509/crl.h"

#include <algorithm>
#include <array>
#include <utility>

#include "x509/extensions/readers.h"
#include "x509/parse_all.h"

namespace glasstls::x509 {

namespace {

// Any order that depends on the value alone. INTEGERs are minimal: equal numbers are equal bytes.
bool before(View a, View b) {
  if (a.size() != b.size()) return a.size() < b.size();
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
}

bool serial_before(const RevokedCertificate& a, const RevokedCertificate& b) {
  return before(a.serial_number, b.serial_number);
}

// cRLNumber and BaseCRLNumber: RFC 5280, 5.2.3.
View read_crl_number(DerReader& der, std::string_view field) {
  constexpr std::string_view section = "RFC 5280, 5.2.3";
  constexpr std::size_t most_bytes = 20;
  const std::size_t begin = der.offset();
  const View number = der.integer(field);
  if (!der.ok()) return {};
  der.require(number[0] < 0x80, begin, "a negative cRLNumber", section);
  der.require(number.size() <= most_bytes, begin, "a cRLNumber of more than 20 bytes", section);
  return number;
}

//   IssuingDistributionPoint ::= SEQUENCE { distributionPoint [0] DistributionPointName OPTIONAL,
//     onlyContainsUserCerts [1] BOOLEAN DEFAULT FALSE,
//     onlyContainsCACerts [2] BOOLEAN DEFAULT FALSE,
//     onlySomeReasons [3] ReasonFlags OPTIONAL, indirectCRL [4] BOOLEAN DEFAULT FALSE,
//     onlyContainsAttributeCerts [5] BOOLEAN DEFAULT FALSE }
IssuingDistributionPoint read_issuing_distribution_point(DerReader& der) {
  constexpr std::string_view section = "RFC 5280, 5.2.5";
  IssuingDistributionPoint idp;
  const std::size_t begin = der.offset();
  der.sequence("IssuingDistributionPoint", [&] {
    der.require(!der.done(), begin, "an issuingDistributionPoint that is empty", section);
    if (der.next() == context_constructed(0)) {
      read_distribution_point_name(der, idp.point.emplace());
    }
    idp.only_contains_user_certs = der.boolean_or_false("onlyContainsUserCerts", context(1));
    idp.only_contains_ca_certs = der.boolean_or_false("onlyContainsCACerts", context(2));
    if (der.next() == context(3)) {
      idp.only_some_reasons = read_reason_flags(der, "onlySomeReasons", context(3));
    }
    idp.indirect_crl = der.boolean_or_false("indirectCRL", context(4));
    idp.only_contains_attribute_certs =
        der.boolean_or_false("onlyContainsAttributeCerts", context(5));
  });
  const int kinds = int{idp.only_contains_user_certs} + int{idp.only_contains_ca_certs} +
                    int{idp.only_contains_attribute_certs};
  der.require(kinds <= 1, begin,
              "an issuingDistributionPoint for two kinds of certificates at once", section);
  return idp;
}

// What an entry extension says, into `entry`. RFC 5280, 5.3.
void read_entry_extension(DerReader& der, const Extension& extension, RevokedCertificate& entry) {
  if (extension.oid == oid::cRLReasons) {
    entry.reason = der.small_integer("CRLReason", Tag::enumerated);
  } else if (extension.oid == oid::invalidityDate) {
    der.generalized_time("InvalidityDate");
  } else {
    // certificateIssuer belongs to indirect lists, which are not supported.
    entry.has_unknown_critical = entry.has_unknown_critical || extension.critical;
    if (extension.oid == oid::certificateIssuer) {
      read_general_names(der, "CertificateIssuer", Tag::sequence);
    } else {
      der.skip_rest();
    }
  }
}

std::vector<RevokedCertificate> read_revoked(DerReader& der, int version) {
  std::vector<RevokedCertificate> revoked;
  std::vector<Extension> extensions;  // of one entry at a time
  const std::size_t begin = der.offset();
  der.sequence("revokedCertificates", [&] {
    while (!der.done()) {
      der.sequence("revokedCertificate", [&] {
        RevokedCertificate& entry = revoked.emplace_back();
        entry.serial_number = der.integer("userCertificate");
        entry.revocation_date = der.time("revocationDate");
        if (der.done()) return;
        der.require(version == 2, der.offset(), "entry extensions before version 2",
                    "RFC 5280, 5.1.2.1");
        read_extension_list(der, "crlEntryExtensions", extensions, [&](const Extension& extension) {
          read_entry_extension(der, extension, entry);
        });
      });
    }
  });
  der.require(!revoked.empty(), begin, "an empty list of revokedCertificates", "RFC 5280, 5.1.2.6");
  return revoked;
}

int read_version(DerReader& der) {
  if (der.next() != Tag::integer) return 1;
  const std::size_t begin = der.offset();
  const std::uint32_t value = der.small_integer("version");
  der.require(value == 1, begin, "a version other than v2 (v1 is without)", "RFC 5280, 5.1.2.1");
  return 2;
}

}  // namespace

// RFC 5280, 5.2.
void CertificateList::read_extension(DerReader& der, const Extension& extension, Data& data) {
  if (extension.oid == oid::authorityKeyIdentifier) {
    data.authority_key_identifier = read_authority_key_identifier(der);
  } else if (extension.oid == oid::cRLNumber) {
    data.crl_number = read_crl_number(der, "CRLNumber");
  } else if (extension.oid == oid::deltaCRLIndicator) {
    read_crl_number(der, "BaseCRLNumber");
    data.is_delta = true;
  } else if (extension.oid == oid::issuingDistributionPoint) {
    data.issuing_distribution_point = read_issuing_distribution_point(der);
  } else {
    if (extension.critical && !data.unknown_critical) data.unknown_critical = extension.oid;
    if (extension.oid == oid::issuerAltName) {
      read_general_names(der, "IssuerAltName", Tag::sequence);
    } else if (extension.oid == oid::freshestCRL) {
      read_distribution_points(der, "FreshestCRL");
    } else if (extension.oid == oid::authorityInfoAccess) {
      read_access_descriptions(der, "AuthorityInfoAccessSyntax");
    } else {
      der.skip_rest();
    }
  }
}

void CertificateList::read_tbs(DerReader& der, Data& data) {
  data.version = read_version(der);
  data.signature_algorithm = read_signature_algorithm(der, "signature");
  const std::size_t issuer_at = der.offset();
  data.issuer = read_name(der, "issuer");
  der.require(!data.issuer.empty(), issuer_at, "an empty issuer", "RFC 5280, 5.1.2.3");
  data.this_update = der.time("thisUpdate");
  if (der.next() == Tag::utc_time || der.next() == Tag::generalized_time) {
    data.next_update = der.time("nextUpdate");
  }
  if (der.next() == Tag::sequence) data.revoked = read_revoked(der, data.version);
  if (der.next() != context_constructed(0)) return;
  der.require(data.version == 2, der.offset(), "extensions before version 2", "RFC 5280, 5.1.2.7");
  der.inside({}, context_constructed(0), [&] {
    read_extension_list(der, "crlExtensions", data.extensions,
                        [&](const Extension& extension) { read_extension(der, extension, data); });
  });
}

void CertificateList::read(DerReader& der, Data& data) {
  der.sequence("CertificateList", [&] {
    data.tbs = der.sequence("tbsCertList", [&] { read_tbs(der, data); });
    const std::size_t outer_at = der.offset();
    const SignatureAlgorithm outer = read_signature_algorithm(der, "signatureAlgorithm");
    der.require(outer.der == data.signature_algorithm.der, outer_at,
                "signatureAlgorithm differs from the signed one", "RFC 5280, 5.1.1.2");
    data.signature = der.byte_string("signatureValue");
  });
  der.finish();
}

Result<CertificateList> CertificateList::parse(View der, FieldSink* sink, std::size_t base) {
  if (der.size() > max_size) {
    return Malformed{base, "a list larger than 16 MiB", "X.690, 8.1.3"};
  }
  auto data = std::make_shared<Data>();
  data->der = wire::copy(der);
  DerReader reader(data->der, sink, base, max_size);
  read(reader, *data);
  if (!reader.ok()) return reader.error();
  data->deviations = reader.tolerated();
  auto& revoked = data->revoked;
  if (!std::is_sorted(revoked.begin(), revoked.end(), serial_before)) {
    std::stable_sort(revoked.begin(), revoked.end(), serial_before);
  }
  return CertificateList(std::move(data));
}

const RevokedCertificate* CertificateList::find(View serial_number) const {
  const auto& all = revoked();
  const auto found = std::lower_bound(all.begin(), all.end(), serial_number,
                                      [](const RevokedCertificate& entry, View serial) {
                                        return before(entry.serial_number, serial);
                                      });
  if (found == all.end() || !wire::equal(found->serial_number, serial_number)) return nullptr;
  return &*found;
}

std::string reason_text(unsigned reason) {
  constexpr std::array<std::string_view, 11> names{
      "unspecified",   "keyCompromise",        "cACompromise",    "affiliationChanged",
      "superseded",    "cessationOfOperation", "certificateHold", "",
      "removeFromCRL", "privilegeWithdrawn",   "aACompromise"};
  if (reason < names.size() && !names[reason].empty()) return std::string(names[reason]);
  return "reason " + std::to_string(reason);
}

Result<std::vector<CertificateList>> parse_crls(View pem_or_der) {
  return parse_all<CertificateList>(pem_or_der, "X509 CRL", "certificate revocation list");
}

}  // namespace glasstls::x509
