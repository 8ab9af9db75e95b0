// What of a request's extensions goes into the certificate.
#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "apps/cert/issuing.h"
#include "apps/cert/making.h"
#include "apps/error.h"
#include "x509/encode.h"
#include "x509/server_name.h"

namespace glasstls::apps {

namespace {

using x509::CertificateKind;
using x509::KeyUsageBit;

[[noreturn]] void refuse(const std::string& text) { throw CommandError(ExitCode::usage, text); }

std::uint16_t bits(std::initializer_list<KeyUsageBit> all) {
  std::uint16_t value = 0;
  for (const KeyUsageBit bit : all)
    value = static_cast<std::uint16_t>(value | 1U << static_cast<unsigned>(bit));
  return value;
}

std::string display_all(const std::vector<x509::Oid>& oids) {
  std::string text;
  for (const x509::Oid& oid : oids)
    text.append(text.empty() ? "" : ", ").append(x509::display(oid));
  return text;
}

std::string constraints_text(const x509::BasicConstraints& constraints) {
  std::string text = constraints.ca ? "cA TRUE" : "cA FALSE";
  if (constraints.path_length)
    text += fmt::format(", pathLenConstraint {}", *constraints.path_length);
  return text;
}

/// "keyUsage: digitalSignature".
std::string text_of(const x509::Extension& extension, const x509::Extensions& typed) {
  std::string value = fmt::format("{} bytes", extension.value.size());
  if (extension.oid == x509::oid::subjectAltName) value = to_string(*typed.subject_alt_name);
  if (extension.oid == x509::oid::keyUsage) value = x509::to_string(*typed.key_usage);
  if (extension.oid == x509::oid::extKeyUsage) value = display_all(*typed.extended_key_usage);
  if (extension.oid == x509::oid::basicConstraints)
    value = constraints_text(*typed.basic_constraints);
  return fmt::format("{}: {}", x509::display(extension.oid), value);
}

/// The same name, if it is one that we would have taken from --name.
x509::GeneralName checked(const x509::GeneralName& name) {
  using Kind = x509::GeneralNameKind;
  const std::string text(wire::as_text(name.value));
  switch (name.kind) {
    case Kind::dNSName: return parse_general_name("DNS:" + text);
    case Kind::rfc822Name: return parse_general_name("email:" + text);
    case Kind::uniformResourceIdentifier: return parse_general_name("URI:" + text);
    case Kind::iPAddress: return parse_general_name("IP:" + x509::address_text(name.value));
    default:
      refuse(fmt::format("the requested name {} is of a kind that is not copied",
                         x509::to_string(name)));
  }
}

/// One request's extensions on their way into a certificate.
class Copying {
 public:
  Copying(const x509::CertificationRequest& request, const CopyRules& rules)
      : typed_(request.requested_extensions()),
        is_rsa_(request.public_key().key &&
                request.public_key().key->type() == crypto::KeyType::rsa),
        rules_(rules) {}

  Copied take_all() {
    for (const x509::Extension& extension : typed_.all)
      copied_.all.push_back({text_of(extension, typed_), fate_of(extension.oid)});
    return std::move(copied_);
  }

 private:
  std::string fate_of(const x509::Oid& oid) {
    if (oid == x509::oid::basicConstraints) return basic_constraints();
    if (oid == x509::oid::subjectKeyIdentifier) return "made anew";
    const bool ever = oid == x509::oid::subjectAltName || oid == x509::oid::keyUsage ||
                      oid == x509::oid::extKeyUsage;
    if (!ever) return "never copied";
    if (oid == x509::oid::subjectAltName && rules_.names_given) return "not copied: --name decides";
    if (!rules_.copy) return "not copied: --copy-extensions does it";
    if (is_ca()) return "not copied: a CA's are made anew";
    if (oid == x509::oid::subjectAltName) return names();
    return oid == x509::oid::keyUsage ? key_usage() : extended_key_usage();
  }

  bool is_ca() const { return rules_.kind == CertificateKind::intermediate; }

  std::string basic_constraints() const {
    if (!typed_.basic_constraints->ca || is_ca()) return "made anew";
    if (rules_.copy)
      refuse(
          "the request asks for a CA certificate (basicConstraints says cA TRUE); that is made "
          "with --purpose ca only");
    return "not granted: --purpose ca makes a CA";
  }

  std::string names() {
    for (const x509::GeneralName& name : *typed_.subject_alt_name)
      copied_.names.push_back(checked(name));
    return "copied";
  }

  std::string key_usage() {
    const std::uint16_t asked = typed_.key_usage->bits;
    if ((asked & bits({KeyUsageBit::keyCertSign, KeyUsageBit::cRLSign})) != 0)
      refuse(
          fmt::format("the request asks for a CA's keyUsage ({}); that is made with --purpose ca "
                      "only",
                      x509::to_string(*typed_.key_usage)));
    // RFC 3279, 2.3.1: RSA does not agree on keys. RFC 5480, 3, and RFC 8410, 5: EC does nothing else.
    const std::uint16_t fitting =
        bits({KeyUsageBit::digitalSignature, KeyUsageBit::nonRepudiation,
              is_rsa_ ? KeyUsageBit::keyEncipherment : KeyUsageBit::digitalSignature});
    const x509::KeyUsage taken{static_cast<std::uint16_t>(asked & fitting)};
    if (!taken.has(KeyUsageBit::digitalSignature))
      refuse(
          fmt::format("the request asks for keyUsage {} without digitalSignature, with which TLS "
                      "here can do nothing",
                      x509::to_string(*typed_.key_usage)));
    copied_.extensions.push_back({x509::oid::keyUsage, true, x509::encode(taken)});
    return taken.bits == asked
               ? "copied"
               : fmt::format("copied but for what does not fit: {}", x509::to_string(taken));
  }

  std::string extended_key_usage() {
    const std::vector<x509::Oid>& asked = *typed_.extended_key_usage;
    const x509::Oid needed = rules_.kind == CertificateKind::server ? x509::oid::id_kp_serverAuth
                                                                    : x509::oid::id_kp_clientAuth;
    if (std::find(asked.begin(), asked.end(), needed) == asked.end())
      refuse(fmt::format("the request asks for extKeyUsage {} without {}, which --purpose {} needs",
                         display_all(asked), x509::display(needed), name_of(rules_.kind)));
    std::vector<x509::Oid> taken;
    for (const x509::Oid& oid : asked)
      if (oid == x509::oid::id_kp_serverAuth || oid == x509::oid::id_kp_clientAuth)
        taken.push_back(oid);
    copied_.extensions.push_back(
        {x509::oid::extKeyUsage, false, x509::encode_extended_key_usage(taken)});
    return taken.size() == asked.size()
               ? "copied"
               : fmt::format("copied but for what does not fit: {}", display_all(taken));
  }

  const x509::Extensions& typed_;
  bool is_rsa_;
  CopyRules rules_;
  Copied copied_;
};

}  // namespace

Copied copy_extensions(const x509::CertificationRequest& request, const CopyRules& rules) {
  return Copying(request, rules).take_all();
}

}  // namespace glasstls::apps
