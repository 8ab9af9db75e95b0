// The rules of `cert issue`: who may sign, and what of a request is taken over.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/keys.h"
#include "x509/certificate.h"
#include "x509/extensions.h"
#include "x509/issue.h"
#include "x509/request.h"
#include "x509/time.h"

namespace glasstls::apps {

/// "server", "client", "ca".
std::string_view name_of(x509::CertificateKind kind);

/// Who signs, with the certificates that came along with the CA's (for a chain).
struct CertificateAuthority {
  std::vector<x509::Certificate> certificates;  // [0] is the one whose key signs
  crypto::PrivateKey key;

  const x509::Certificate& certificate() const { return certificates.front(); }
  x509::Issuer issuer() const { return {certificate(), key}; }
};

/// Reads both files; among several certificates the one of this key signs. CommandError (usage) if
/// none is, if it is no CA, may not sign certificates, or is not valid at `now`.
CertificateAuthority read_authority(const std::string& certificate_file,
                                    const std::string& key_file, const std::string& passphrase_file,
                                    x509::Time now);

/// The pathLenConstraint of a CA below this one: `asked`, else 0. CommandError (usage) if the CA
/// may have none below it, or not with so long a path.
std::uint32_t path_length_below(const x509::Certificate& ca, std::optional<std::uint32_t> asked);

/// One requested extension, and what becomes of it: both fit to be shown.
struct RequestedExtension {
  std::string text;  // "subjectAltName: DNS:test"
  std::string fate;  // "copied"
};

/// What is taken over from a request.
struct Copied {
  std::vector<x509::GeneralName> names;
  std::vector<x509::NewExtension> extensions;
  std::vector<RequestedExtension> all;  // every requested one, in order
};

struct CopyRules {
  x509::CertificateKind kind = x509::CertificateKind::server;
  bool copy = false;         // --copy-extensions
  bool names_given = false;  // --name: then requested names are not wanted
};

/// Only subjectAltName, keyUsage and extKeyUsage are ever copied, and of the latter two only what
/// fits the kind of certificate and of key. With `copy`, a request that asks for a CA's powers in
/// another kind of certificate, or for a name that no certificate may have, is CommandError (usage).
Copied copy_extensions(const x509::CertificationRequest& request, const CopyRules& rules);

/// Proof of possession (RFC 2986, 3) and a key that is strong enough, else CommandError (usage).
void check_request(const x509::CertificationRequest& request, const std::string& file);

/// CommandError (usage) if nobody who trusts the CA would trust what it signed, because of the CA's
/// own limits (name constraints, extKeyUsage): better no certificate than one of no use.
void check_issued(const x509::Certificate& issued, const x509::Certificate& ca,
                  x509::CertificateKind kind, x509::Time at);

}  // namespace glasstls::apps
