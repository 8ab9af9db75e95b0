// The typed values of extensions in words.
#include <fmt/format.h>
#include <span>
#include <utility>

#include "crypto/schemes.h"
#include "inspect/explainer.h"
#include "inspect/oid_words.h"
#include "x509/oid.h"
#include "x509/time.h"

namespace glasstls::inspect {

namespace {

namespace oid = x509::oid;
using x509::Extension;
using x509::Extensions;

constexpr std::pair<x509::KeyUsageBit, std::string_view> usages[] = {
    {x509::KeyUsageBit::digitalSignature,
     "signs handshakes (TLS with ECDHE needs this), but no certificates"},
    {x509::KeyUsageBit::nonRepudiation, "signs what the signer shall not deny later"},
    {x509::KeyUsageBit::keyEncipherment,
     "decrypts keys sent to it (TLS without forward secrecy, which GlassTLS does not speak)"},
    {x509::KeyUsageBit::dataEncipherment, "decrypts data sent to it directly"},
    {x509::KeyUsageBit::keyAgreement, "agrees on keys (static Diffie-Hellman)"},
    {x509::KeyUsageBit::keyCertSign, "signs certificates: a CA"},
    {x509::KeyUsageBit::cRLSign, "signs revocation lists"},
    {x509::KeyUsageBit::encipherOnly, "with keyAgreement: to encrypt only"},
    {x509::KeyUsageBit::decipherOnly, "with keyAgreement: to decrypt only"},
};

// RFC 5280, 4.2.1.13: ReasonFlags, bit 0 first.
constexpr std::string_view reasons[] = {
    "unused",      "keyCompromise",        "cACompromise",    "affiliationChanged",
    "superseded",  "cessationOfOperation", "certificateHold", "privilegeWithdrawn",
    "aACompromise"};

std::string reasons_text(std::uint16_t bits) {
  std::string text;
  for (std::size_t i = 0; i < std::size(reasons); ++i)
    if ((bits >> i & 1) != 0) text += (text.empty() ? "" : ", ") + std::string(reasons[i]);
  return text;
}

/// The first bytes, and how many there are if those are not all.
std::string hex_of(View bytes) {
  constexpr std::size_t most = 24;
  if (bytes.size() <= most) return wire::hex(bytes);
  return fmt::format("{}... ({} bytes)", wire::hex(bytes.first(most)), bytes.size());
}

std::string joined(const std::vector<x509::GeneralName>& names) {
  std::string text;
  for (const x509::GeneralName& name : names) text += (text.empty() ? "" : ", ") + to_string(name);
  return text;
}

std::string point_text(const x509::DistributionPoint& point) {
  if (!point.full_name.empty()) return joined(point.full_name);
  if (!point.name_relative_to_crl_issuer) return joined(point.crl_issuer);
  std::string text = "relative to the list's issuer: ";
  for (std::size_t i = 0; i < point.name_relative_to_crl_issuer->size(); ++i)
    text += (i == 0 ? "" : "+") + to_string((*point.name_relative_to_crl_issuer)[i]);
  return text;
}

std::string scheme_text(std::uint8_t hash, std::uint8_t signature) {
  const auto number = static_cast<std::uint16_t>(hash << 8 | signature);
  const std::string_view name = name_of(static_cast<crypto::SignatureScheme>(number));
  return name.empty() ? fmt::format("0x{:04x}", number) : std::string(name);
}

std::string_view meaning_of(const x509::GeneralName& name) {
  switch (name.kind) {
    case x509::GeneralNameKind::dNSName:
      return wire::as_text(name.value).starts_with("*.")
                 ? "a wildcard: stands for exactly one label in its place"
                 : "";
    default: return "";
  }
}

std::string lower_case_name(x509::GeneralNameKind kind) { return std::string(name_of(kind)); }

/// The parts of one extension.
class Teller {
 public:
  Teller(Explainer& explainer, const Extensions& all, const Extension& extension, std::size_t depth)
      : explainer_(explainer),
        all_(all),
        depth_(depth),
        items_(explainer.items_at(extension.offset)) {}

  void tell(const x509::Oid& id);

 private:
  std::optional<ByteRange> item(std::size_t i, std::size_t count) const {
    if (items_.size() != count) return std::nullopt;
    return items_[i];
  }
  void say(std::string name, std::string value, std::string_view meaning = {},
           std::optional<ByteRange> range = {}, std::string_view section = {}) {
    explainer_.say(depth_, std::move(name), std::move(value), meaning, section, range);
  }
  void say_part(std::string name, std::string value, std::string_view meaning = {}) {
    explainer_.say(depth_ + 1, std::move(name), std::move(value), meaning);
  }

  void tell(const x509::AuthorityKeyIdentifier& authority);
  void tell(const x509::BasicConstraints& constraints);
  void tell(x509::KeyUsage usage);
  void tell(const x509::NameConstraints& constraints);
  void tell(const x509::PolicyConstraints& constraints);
  void tell_purposes(const std::vector<x509::Oid>& purposes);
  void tell_names(const std::vector<x509::GeneralName>& names);
  void tell(const std::vector<x509::PolicyInformation>& policies);
  void tell(const std::vector<x509::PolicyMapping>& mappings);
  void tell(const std::vector<x509::DistributionPoint>& points);
  void tell(const std::vector<x509::AccessDescription>& descriptions);
  void tell(const std::vector<x509::DirectoryAttribute>& attributes);
  void tell(const std::vector<x509::SignedCertificateTimestamp>& timestamps);
  void tell_features(const std::vector<std::uint16_t>& features);

  Explainer& explainer_;
  const Extensions& all_;
  std::size_t depth_;
  std::vector<ByteRange> items_;  // of a value that is a list
};

void Teller::tell(const x509::AuthorityKeyIdentifier& authority) {
  if (authority.key_identifier)
    say("keyIdentifier", wire::hex(*authority.key_identifier),
        "the subjectKeyIdentifier of the issuer's certificate");
  if (!authority.issuer.empty())
    say("authorityCertIssuer", joined(authority.issuer), "who issued the issuer's certificate");
  if (authority.serial_number)
    say("authorityCertSerialNumber", wire::hex(*authority.serial_number),
        "the serial number of the issuer's certificate");
}

void Teller::tell(const x509::BasicConstraints& constraints) {
  say("cA", constraints.ca ? "TRUE" : "FALSE",
      constraints.ca ? "a CA: may issue certificates"
                     : "not a CA: whatever it signs, no certificate of its making is good");
  if (!constraints.ca) return;
  if (!constraints.path_length)
    say("pathLenConstraint", "none", "any number of CAs may follow below this one");
  else if (*constraints.path_length == 0)
    say("pathLenConstraint", "0", "issues for leaves only: no CA may follow below this one");
  else
    say("pathLenConstraint", std::to_string(*constraints.path_length),
        "so many CAs may follow, at most, between this one and a leaf");
}

void Teller::tell(x509::KeyUsage usage) {
  for (const auto& entry : usages)
    if (usage.has(entry.first))
      say(to_string(
              x509::KeyUsage{static_cast<std::uint16_t>(1U << static_cast<unsigned>(entry.first))}),
          {}, entry.second);
}

void Teller::tell(const x509::NameConstraints& constraints) {
  std::string_view meaning = "names of a kind that is listed must lie within one of these";
  for (const x509::GeneralName& name : constraints.permitted)
    say("permitted", to_string(name), std::exchange(meaning, {}));
  meaning = "no name may lie within";
  for (const x509::GeneralName& name : constraints.excluded)
    say("excluded", to_string(name), std::exchange(meaning, {}));
}

void Teller::tell(const x509::PolicyConstraints& constraints) {
  if (constraints.require_explicit_policy)
    say("requireExplicitPolicy", std::to_string(*constraints.require_explicit_policy),
        "after so many further certificates, a policy that the user accepts is required");
  if (constraints.inhibit_policy_mapping)
    say("inhibitPolicyMapping", std::to_string(*constraints.inhibit_policy_mapping),
        "after so many further certificates, policies must not be mapped");
}

void Teller::tell_purposes(const std::vector<x509::Oid>& purposes) {
  for (std::size_t i = 0; i < purposes.size(); ++i)
    say(display(purposes[i]), {}, words_for_purpose(purposes[i]), item(i, purposes.size()));
}

void Teller::tell_names(const std::vector<x509::GeneralName>& names) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string text = to_string(names[i]);  // "DNS:test"
    const std::string value = text.substr(std::min(text.find(':') + 1, text.size()));
    say(lower_case_name(names[i].kind), value, meaning_of(names[i]), item(i, names.size()));
  }
}

void Teller::tell(const std::vector<x509::PolicyInformation>& policies) {
  for (std::size_t i = 0; i < policies.size(); ++i) {
    say("policyIdentifier", display(policies[i].policy), words_for_policy(policies[i].policy),
        item(i, policies.size()));
    for (const x509::PolicyQualifier& qualifier : policies[i].qualifiers) {
      const bool statement = qualifier.id == oid::id_qt_cps;
      say_part(display(qualifier.id),
               qualifier.text.empty() ? wire::hex(qualifier.qualifier) : qualifier.text,
               statement ? "where the CA says how it works (certification practice statement)"
               : qualifier.id == oid::id_qt_unotice ? "a notice for the user"
                                                    : std::string_view());
    }
  }
}

void Teller::tell(const std::vector<x509::PolicyMapping>& mappings) {
  for (std::size_t i = 0; i < mappings.size(); ++i)
    say(display(mappings[i].issuer_domain), "-> " + display(mappings[i].subject_domain),
        "whoever accepts the first accepts the second, below this CA", item(i, mappings.size()));
}

void Teller::tell(const std::vector<x509::DistributionPoint>& points) {
  for (std::size_t i = 0; i < points.size(); ++i) {
    say("distributionPoint", point_text(points[i]),
        points[i].crl_issuer.empty() ? "" : "an indirect list: of another issuer",
        item(i, points.size()));
    if (points[i].reasons) say_part("reasons", reasons_text(*points[i].reasons));
  }
}

void Teller::tell(const std::vector<x509::AccessDescription>& descriptions) {
  for (std::size_t i = 0; i < descriptions.size(); ++i)
    say(display(descriptions[i].method), to_string(descriptions[i].location),
        words_for_access(descriptions[i].method), item(i, descriptions.size()));
}

void Teller::tell(const std::vector<x509::DirectoryAttribute>& attributes) {
  for (std::size_t i = 0; i < attributes.size(); ++i)
    for (const Bytes& value : attributes[i].values)
      say(display(attributes[i].type), wire::hex(value), {},
          attributes[i].values.size() == 1 ? item(i, attributes.size()) : std::nullopt);
}

void Teller::tell(const std::vector<x509::SignedCertificateTimestamp>& timestamps) {
  for (std::size_t i = 0; i < timestamps.size(); ++i) {
    const x509::SignedCertificateTimestamp& sct = timestamps[i];
    if (sct.version != 0) {
      say("SCT", fmt::format("of version {}, {} bytes", sct.version + 1, sct.unparsed.size()),
          "a version that is not known here");
      continue;
    }
    const auto seconds = static_cast<std::int64_t>(sct.timestamp / 1000);
    const x509::Time last{253'402'300'799};  // of the year 9999
    const std::string time = seconds <= last.seconds ? to_string(x509::Time{seconds})
                                                     : fmt::format("{} ms", sct.timestamp);
    say("SCT", "logged " + time,
        "the log promises to publish it; its signature is not checked here");
    say_part("log_id", wire::hex(sct.log_id), "SHA-256 of the log's public key");
    say_part("signature", scheme_text(sct.hash, sct.signature_algorithm));
    if (!sct.extensions.empty()) say_part("extensions", wire::hex(sct.extensions));
  }
}

void Teller::tell_features(const std::vector<std::uint16_t>& features) {
  for (std::size_t i = 0; i < features.size(); ++i) {
    const bool status = features[i] == 5 || features[i] == 17;
    say(features[i] == 5    ? "status_request"
        : features[i] == 17 ? "status_request_v2"
                            : "extension_type",
        std::to_string(features[i]),
        status ? "\"must staple\": the server must send a fresh OCSP answer" : std::string_view(),
        item(i, features.size()));
  }
}

void Teller::tell(const x509::Oid& id) {
  const auto when = [&](const x509::Oid& known, const auto& value) {
    if (id == known && value) tell(*value);
  };
  when(oid::authorityKeyIdentifier, all_.authority_key_identifier);
  when(oid::basicConstraints, all_.basic_constraints);
  when(oid::keyUsage, all_.key_usage);
  when(oid::nameConstraints, all_.name_constraints);
  when(oid::policyConstraints, all_.policy_constraints);
  when(oid::certificatePolicies, all_.certificate_policies);
  when(oid::policyMappings, all_.policy_mappings);
  when(oid::cRLDistributionPoints, all_.crl_distribution_points);
  when(oid::freshestCRL, all_.freshest_crl);
  when(oid::authorityInfoAccess, all_.authority_info_access);
  when(oid::subjectInfoAccess, all_.subject_info_access);
  when(x509::Oid{2, 5, 29, 9}, all_.subject_directory_attributes);
  when(oid::signedCertificateTimestampList, all_.signed_certificate_timestamps);
  if (id == oid::subjectAltName && all_.subject_alt_name) tell_names(*all_.subject_alt_name);
  if (id == oid::issuerAltName && all_.issuer_alt_name) tell_names(*all_.issuer_alt_name);
  if (id == oid::extKeyUsage && all_.extended_key_usage) tell_purposes(*all_.extended_key_usage);
  if (id == oid::tlsfeature && all_.tls_features) tell_features(*all_.tls_features);
  if (id == oid::subjectKeyIdentifier && all_.subject_key_identifier)
    say("keyIdentifier", wire::hex(*all_.subject_key_identifier));
  if (id == oid::inhibitAnyPolicy && all_.inhibit_any_policy)
    say("skipCerts", std::to_string(*all_.inhibit_any_policy));
}

}  // namespace

void say_extensions(Explainer& explainer, const Extensions& extensions, View parsed,
                    std::size_t depth) {
  for (const Extension& extension : extensions.all) {
    const ExtensionWords words = words_for_extension(extension.oid);
    const bool known = !name_of(extension.oid).empty();
    explainer.say(depth, display(extension.oid), extension.critical ? "critical" : "not critical",
                  words.meaning, words.section, Explainer::range_of(extension.whole, parsed));
    if (known)
      Teller(explainer, extensions, extension, depth + 1).tell(extension.oid);
    else
      explainer.say(depth + 1, "extnValue", hex_of(extension.value));
  }
}

}  // namespace glasstls::inspect
