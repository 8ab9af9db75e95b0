#include "apps/server/agreement_words.h"

#include "inspect/printable.h"
#include "x509/certificate.h"

namespace glasstls::apps {

namespace {

using handshake::Agreement;
using handshake::Resumption;

std::string yes_or_no(bool value) { return value ? "yes" : "no"; }

std::string or_none(const std::string& text) { return text.empty() ? "none" : text; }

std::string_view resumed_by(Resumption resumption) {
  switch (resumption) {
    case Resumption::none: return {};
    case Resumption::session_id: return "by session ID";
    case Resumption::ticket: return "by ticket";
  }
  return {};
}

std::string client_certificate(const Agreement& agreement) {
  if (!agreement.peer_chain.empty()) return x509::to_string(agreement.peer_chain.front());
  return agreement.client_certificate_requested ? "none was shown" : "none was asked for";
}

}  // namespace

std::string one_line(const Agreement& agreement) {
  std::string line = "connected: TLS 1.2, ";
  line.append(name_of(agreement.cipher_suite)).append(", ");
  line.append(name_of(agreement.group)).append(", ");
  line.append(name_of(agreement.signature_scheme));
  if (agreement.extended_master_secret) line += ", extended_master_secret";
  if (agreement.resumed != Resumption::none)
    line.append(", resumed ").append(resumed_by(agreement.resumed));
  if (!agreement.server_name.empty()) line += ", server_name " + safe_line(agreement.server_name);
  if (!agreement.application_protocol.empty())
    line += ", ALPN " + safe_line(agreement.application_protocol);
  if (!agreement.peer_chain.empty()) line += ", client " + safe_line(client_certificate(agreement));
  return line;
}

PageRows rows_of(const Agreement& agreement) {
  const bool resumed = agreement.resumed != Resumption::none;
  return {
      {"version", "TLS 1.2"},
      {"cipher suite", std::string(name_of(agreement.cipher_suite))},
      {"group", std::string(name_of(agreement.group))},
      {"signature", std::string(name_of(agreement.signature_scheme))},
      {"extended_master_secret", yes_or_no(agreement.extended_master_secret)},
      {"renegotiation_info", yes_or_no(agreement.secure_renegotiation)},
      {"resumed", resumed ? std::string(resumed_by(agreement.resumed)) : "no"},
      {"server_name", or_none(agreement.server_name)},
      {"ALPN", or_none(agreement.application_protocol)},
      {"client certificate", client_certificate(agreement)},
  };
}

}  // namespace glasstls::apps
