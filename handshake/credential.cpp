#include "handshake/credential.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

#include "x509/server_name.h"

namespace glasstls::handshake {

bool Credential::is_for(std::string_view dns_name) const {
  const auto& names = leaf().extensions().subject_alt_name;
  return names && std::any_of(names->begin(), names->end(), [&](const x509::GeneralName& name) {
           return name.kind == x509::GeneralNameKind::dNSName &&
                  x509::dns_matches(wire::as_text(name.value), dns_name);
         });
}

void check(const Credential& credential) {
  constexpr std::size_t max_timestamps_length = 60'000;      // other extensions need some room, too
  constexpr std::size_t max_response_length = 0xffffff - 4;  // status_type, and a length of 3 bytes
  const auto refuse = [](const std::string& reason) { throw std::invalid_argument(reason); };
  if (credential.chain.empty()) return refuse("a credential has no certificate");
  const x509::Certificate& leaf = credential.leaf();
  const std::string which = "the certificate of " + x509::to_string(leaf);
  const x509::SubjectPublicKey& key = leaf.public_key();
  if (!key.key) return refuse(which + " has a key of no use (" + key.name + "): " + key.reason);
  const auto& usage = leaf.extensions().key_usage;  // RFC 5280, 4.2.1.3
  if (usage && !usage->has(x509::KeyUsageBit::digitalSignature))
    return refuse(which + " may not sign: its keyUsage lacks digitalSignature");
  if (credential.signed_certificate_timestamps.size() > max_timestamps_length)
    return refuse(which + " has more certificate timestamps than a ServerHello can hold");
  if (credential.ocsp_response.size() > max_response_length)
    return refuse(which + " has a larger OCSP response than a CertificateStatus can hold");
  if (credential.key && credential.key->public_key() != credential.public_key())
    return refuse("the key is not that of " + which);
}

void Credentials::set(List list) {
  if (list.empty()) throw std::invalid_argument("there are no credentials");
  for (const auto& credential : list) {
    if (!credential) throw std::invalid_argument("a credential is missing");
    check(*credential);
  }
  auto fresh = std::make_shared<const List>(std::move(list));
  const std::lock_guard lock(mutex_);
  list_ = std::move(fresh);
}

std::shared_ptr<const Credentials::List> Credentials::get() const {
  const std::lock_guard lock(mutex_);
  return list_;
}

}  // namespace glasstls::handshake
