// Chains and names. RFC 5280, 6; RFC 9525.
#include <utility>

#include "inspect/making/checks.h"
#include "inspect/making/time.h"
#include "inspect/verdict.h"
#include "x509/certificate.h"
#include "x509/verify.h"

namespace glasstls::inspect {

namespace {

struct Chain {
  std::vector<x509::Certificate> certificates;
  std::vector<x509::Unreadable> unreadable;
  std::optional<Id> leaf;  // of the table of certificates
};

Chain chain_of(const Draft& draft, Id message) {
  Chain chain;
  for (Id id = 0; id < draft.document.certificates.size(); ++id) {
    const Certificate& row = draft.document.certificates[id];
    if (row.message != message) continue;
    if (row.place == 0) chain.leaf = id;
    auto parsed = x509::Certificate::parse(draft.content(row.field));
    if (parsed)
      chain.certificates.push_back(std::move(parsed).value());
    else
      chain.unreadable.push_back({row.place, parsed.error()});
  }
  return chain;
}

/// Which name the server's certificate has to be for.
std::optional<x509::ServerName> wanted_name(const Draft& draft) {
  if (draft.options.name) return draft.options.name;
  return x509::ServerName::parse(draft.document.connection.server_name);
}

void check_name(Draft& draft, const Chain& chain) {
  Check check = check_of("certificate_name", {Table::certificate, *chain.leaf}, "RFC 9525, 6");
  const auto name = wanted_name(draft);
  if (!name) return add_check(draft, not_checkable(std::move(check), "reason.no_name_known"));
  const bool matches = name->matches(chain.certificates.front());
  add_check(draft, decide(std::move(check), matches,
                          matches ? "reason.name_matches" : "reason.name_differs", {name->text()}));
}

void check_chain(Draft& draft, Side side) {
  const auto message = draft.message("Certificate", side);
  if (!message) return;
  const Chain chain = chain_of(draft, *message);
  if (!chain.leaf) return;  // a client without a certificate
  const bool of_server = side == Side::server;
  Check check = check_of(of_server ? "certificate_chain" : "client_certificate_chain",
                         {Table::certificate, *chain.leaf}, "RFC 5280, 6");
  if (chain.certificates.empty() ||
      (!chain.unreadable.empty() && chain.unreadable.front().position == 0))
    return add_check(draft, decide(std::move(check), false, "reason.leaf_is_malformed"));
  const auto& roots = of_server ? draft.options.roots : draft.options.client_roots;
  if (!roots) {
    add_check(draft, not_checkable(std::move(check), "reason.no_roots"));
  } else {
    x509::VerifyRequest request;
    request.chain = chain.certificates;
    request.unreadable = chain.unreadable;
    request.roots = roots.get();
    request.at = time_to_judge(draft);
    request.purpose = of_server ? x509::Purpose::server : x509::Purpose::client;
    const x509::Verdict verdict = x509::verify(request);
    for (const CheckFacts& step : facts_of(verdict).checks)
      check.details.push_back(verbatim(step.outcome + ": " + step.rule + ": " + step.detail));
    if (!verdict.trusted) check.section = verdict.section;
    add_check(draft, decide(std::move(check), verdict.trusted,
                            verdict.trusted ? "reason.chain_is_trusted" : "reason.chain_is_refused",
                            {verdict.summary, to_string(request.at)}));
  }
  if (of_server) check_name(draft, chain);
}

}  // namespace

void check_certificates(Draft& draft) {
  if (draft.is_tls13) return;
  check_chain(draft, Side::server);
  check_chain(draft, Side::client);
}

}  // namespace glasstls::inspect
