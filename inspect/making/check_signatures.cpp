// Signatures within the handshake. RFC 5246, 7.4.3 and 7.4.8; RFC 8422, 5.4.
#include <utility>

#include "crypto/schemes.h"
#include "crypto/signature.h"
#include "inspect/making/checks.h"
#include "x509/certificate.h"

namespace glasstls::inspect {

namespace {

/// The key of the first certificate that the side sent, and where it stands.
struct Signer {
  std::optional<crypto::PublicKey> key;
  std::optional<Id> certificate;
};

Signer signer_of(const Draft& draft, Side side) {
  Signer signer;
  const auto message = draft.message("Certificate", side);
  if (!message) return signer;
  for (Id id = 0; id < draft.document.certificates.size(); ++id) {
    const Certificate& certificate = draft.document.certificates[id];
    if (certificate.message != *message || certificate.place != 0) continue;
    signer.certificate = id;
    if (const auto parsed = x509::Certificate::parse(draft.content(certificate.field)))
      signer.key = parsed->public_key().key;
  }
  return signer;
}

/// `message` carries algorithm and signature; `content` is what was signed.
void check_signature(Draft& draft, Check check, Id message, Side side, const Bytes& content,
                     std::vector<Input> inputs) {
  const auto algorithm = draft.any_field(message, "algorithm");
  const auto signature = draft.any_field(message, "signature");
  if (!algorithm || !signature || !draft.document.fields[*signature].complete)
    return add_check(draft, not_checkable(std::move(check), "reason.no_signature"));
  check.subject = {Table::field, *signature};
  check.inputs = std::move(inputs);
  const Signer signer = signer_of(draft, side);
  if (!signer.certificate)
    return add_check(draft, not_checkable(std::move(check), "reason.no_certificate_seen"));
  check.inputs.push_back({"certificate", Ref{Table::certificate, *signer.certificate}});
  if (!signer.key) return add_check(draft, not_checkable(std::move(check), "reason.unusable_key"));
  const Named& scheme = draft.document.fields[*algorithm].number;
  const auto number = static_cast<crypto::SignatureScheme>(scheme.number);
  if (crypto::find(number) == nullptr)
    return add_check(
        draft, not_checkable(std::move(check), "reason.scheme_not_implemented", {scheme.name}));
  const bool good = crypto::verify(*signer.key, number, content, draft.content(signature));
  add_check(draft,
            decide(std::move(check), good,
                   good ? "reason.signature_verifies" : "reason.signature_wrong", {scheme.name}));
}

/// RFC 8422, 5.4: over both randoms and the parameters.
void check_server_signature(Draft& draft) {
  const auto message = draft.message("ServerKeyExchange");
  const auto client = draft.message("ClientHello");
  const auto server = draft.message("ServerHello");
  if (!message || !draft.any_field(*message, "signature")) return;
  Check check = check_of("server_signature", {Table::message, *message}, "RFC 8422, 5.4");
  const auto params = draft.field(*message, "params");
  if (!client || !server || !params)
    return add_check(draft, not_checkable(std::move(check), "reason.hellos_missing"));
  const auto client_random = draft.field(*client, "random");
  const auto server_random = draft.field(*server, "random");
  Bytes content = wire::copy(draft.content(client_random));
  wire::append(content, draft.content(server_random));
  wire::append(content, draft.document.bytes(draft.document.fields[*params].range));
  std::vector<Input> inputs{{"params", Ref{Table::field, *params}}};
  if (client_random) inputs.push_back({"client_random", Ref{Table::field, *client_random}});
  if (server_random) inputs.push_back({"server_random", Ref{Table::field, *server_random}});
  check_signature(draft, std::move(check), *message, Side::server, content, std::move(inputs));
}

/// RFC 5246, 7.4.8: over all handshake messages so far.
void check_client_signature(Draft& draft) {
  const auto message = draft.message("CertificateVerify", Side::client);
  if (!message) return;
  Check check = check_of("client_signature", {Table::message, *message}, "RFC 5246, 7.4.8");
  if (!draft.message("ClientHello"))
    return add_check(draft, not_checkable(std::move(check), "reason.hellos_missing"));
  check_signature(draft, std::move(check), *message, Side::client,
                  draft.transcript_before(*message), {});
}

}  // namespace

void check_signatures(Draft& draft) {
  if (draft.version != ProtocolVersion::tls12 || draft.is_tls13) return;
  check_server_signature(draft);
  check_client_signature(draft);
}

}  // namespace glasstls::inspect
