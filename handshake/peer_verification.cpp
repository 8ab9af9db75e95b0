#include "handshake/peer_verification.h"

#include <string>
#include <utility>

#include "crypto/hash.h"
#include "handshake/codec.h"

namespace glasstls::handshake {

namespace {

ProtocolError malformed_leaf(const x509::Malformed& malformed) {
  ProtocolError error(AlertDescription::decode_error,
                      "certificate 0 is malformed: " + malformed.what, malformed.section);
  error.message = Certificate::spec.name;
  error.field = "ASN.1Cert";
  error.offset = malformed.offset;
  return error;
}

struct Chain {
  std::vector<x509::Certificate> certificates;  // leaf first
  std::vector<x509::Unreadable> unreadable;
};

/// The leaf must parse; another that does not is passed over, as some path may do without it.
/// Offsets count from the message's start.
Chain parse_chain(const Certificate& message) {
  Chain chain;
  std::size_t offset = message_header_length + 3;  // certificate_list's length
  for (const ASN1Cert& certificate : message.certificate_list) {
    offset += 3;  // ASN.1Cert's length
    auto parsed = x509::Certificate::parse(certificate.der, nullptr, offset);
    offset += certificate.der.size();
    if (parsed) {
      chain.certificates.push_back(*std::move(parsed));
    } else if (&certificate == &message.certificate_list.front()) {
      throw malformed_leaf(parsed.error());
    } else {
      const auto position =
          static_cast<std::size_t>(&certificate - message.certificate_list.data());
      chain.unreadable.push_back({position, parsed.error()});
    }
  }
  return chain;
}

}  // namespace

Bytes digest_of(const PeerVerification& verification) {
  crypto::Hash hash(crypto::HashAlgorithm::sha256);
  const std::uint8_t choices[] = {verification.verify, verification.require_crl,
                                  static_cast<std::uint8_t>(verification.profile)};
  hash.update(choices);
  if (verification.verify) {
    hash.update(verification.roots->digest());
    for (const x509::CertificateList& crl : verification.crls) hash.update(crl.der());
  }
  if (verification.own_check.refusal) {
    hash.update(wire::as_bytes("own check: "));
    hash.update(wire::as_bytes(verification.own_check.name));
  }
  return wire::copy(hash.finish().view());
}

JudgedChain judge(const Certificate& message, const PeerVerification& verification,
                  x509::Purpose purpose, const std::optional<x509::ServerName>& name) {
  require(message.certificate_list.size() <= verification.limits.certificates,
          AlertDescription::certificate_unknown,
          "more certificates were sent than our limit lets us read", "RFC 5246, 7.4.2",
          "certificate_list");
  Chain chain = parse_chain(message);
  JudgedChain judged{std::move(chain.certificates), std::nullopt};
  if (verification.verify) {
    x509::VerifyRequest request;
    request.chain = judged.certificates;
    request.unreadable = chain.unreadable;
    request.roots = verification.roots.get();
    request.name = name;
    request.at = verification.now();
    request.purpose = purpose;
    request.profile = verification.profile;
    request.crls = verification.crls;
    request.require_crl = verification.require_crl;
    request.limits = verification.limits;
    judged.verdict = x509::verify(request);
    if (!judged.verdict->trusted) throw CertificateRefused(*std::move(judged.verdict));
  }
  if (const auto& refusal = verification.own_check.refusal)
    if (const auto alert = refusal(judged.certificates)) throw CertificateRefused(*alert);
  return judged;
}

}  // namespace glasstls::handshake
