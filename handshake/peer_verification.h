// Whom to believe: how either side judges the certificates of the other.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "handshake/messages/certificate.h"
#include "wire/alert.h"
#include "wire/bytes.h"
#include "wire/error.h"
#include "x509/certificate.h"
#include "x509/crl.h"
#include "x509/server_name.h"
#include "x509/time.h"
#include "x509/trust_store.h"
#include "x509/verify.h"

namespace glasstls::handshake {

/// The application's own word on a chain: a pinned key, a list of its own. It is asked in full
/// handshakes, after our verification has trusted the chain or where that is turned off; a resumed
/// session rests on what was said then.
struct OwnCheck {
  /// What it holds certificates against: sessions made under another name are not resumed.
  std::string name;
  /// The alert to refuse this chain (leaf first, not empty) with, or nullopt. Empty: all may pass.
  /// Calls come from any thread; an exception ends the handshake with internal_error.
  std::function<std::optional<AlertDescription>(const std::vector<x509::Certificate>& chain)>
      refusal;
};

/// Immutable while in use.
struct PeerVerification {
  bool verify = true;                             // false: whoever answers is believed
  std::shared_ptr<const x509::TrustStore> roots;  // not null if certificates are verified
  x509::Profile profile = x509::Profile::standard;
  std::vector<x509::CertificateList> crls;
  bool require_crl = false;
  OwnCheck own_check;
  x509::Limits limits;  // `certificates` holds without verification, too
  std::function<x509::Time()> now;
};

/// Digest of all that decides about trust, but for the time.
Bytes digest_of(const PeerVerification& verification);

/// The peer's certificate is not to be trusted. Carries the whole verdict, if it was ours.
struct CertificateRefused : ProtocolError {
  explicit CertificateRefused(x509::Verdict refused)
      : ProtocolError(refused.alert, refused.summary, refused.section),
        verdict(std::move(refused)) {
    message = Certificate::spec.name;
  }
  /// By OwnCheck.
  explicit CertificateRefused(AlertDescription own_alert)
      : ProtocolError(own_alert, "the application refused the certificate",
                      Certificate::spec.section) {
    message = Certificate::spec.name;
  }
  std::optional<x509::Verdict> verdict;
};

/// What a Certificate message says, and what is to be thought of it.
struct JudgedChain {
  std::vector<x509::Certificate> certificates;  // leaf first; those that do not parse are left out
  std::optional<x509::Verdict> verdict;         // none: not verified
};

/// Reads the chain of a message that has at least one certificate, and verifies it for `purpose`
/// and `name` if that is asked for, and asks OwnCheck. Throws ProtocolError: certificate_unknown if
/// there are more certificates than the limit, decode_error if the leaf does not parse;
/// CertificateRefused if it is not trusted.
JudgedChain judge(const Certificate& message, const PeerVerification& verification,
                  x509::Purpose purpose, const std::optional<x509::ServerName>& name);

}  // namespace glasstls::handshake
