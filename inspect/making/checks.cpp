#include "inspect/making/checks.h"

#include <algorithm>

#include "handshake/negotiation.h"
#include "handshake/registry.h"

namespace glasstls::inspect {

namespace {

using handshake::ExtensionType;

/// RFC 8446, 4.1.3: how a server that could do better marks its random.
void check_sentinel(Draft& draft, Id hello) {
  const auto random = draft.field(hello, "random");
  const View bytes = draft.content(random);
  handshake::Random value{};
  if (!random || bytes.size() != value.size()) return;
  std::copy(bytes.begin(), bytes.end(), value.begin());
  Check check = check_of("downgrade_sentinel", {Table::field, *random}, "RFC 8446, 4.1.3");
  check.actual = wire::copy(bytes.last(8));
  switch (handshake::downgrade_sentinel(value)) {
    case handshake::DowngradeSentinel::none:
      return add_check(draft, decide(std::move(check), true, "reason.no_sentinel"));
    case handshake::DowngradeSentinel::tls12:
      return add_check(draft, decide(std::move(check), true, "reason.sentinel_of_tls13_server"));
    case handshake::DowngradeSentinel::tls11:
      return add_check(draft, decide(std::move(check), draft.version < ProtocolVersion::tls12,
                                     "reason.sentinel_below_tls12"));
  }
}

/// RFC 5746, 3.4 and 3.6: in a first handshake empty in both hellos.
void check_renegotiation_info(Draft& draft, Id client, Id server) {
  const auto number = static_cast<std::uint64_t>(ExtensionType::renegotiation_info);
  const auto extension = draft.extension(server, number);
  Check check = check_of("renegotiation_info",
                         extension ? Ref{Table::field, *extension} : Ref{Table::message, server},
                         "RFC 5746, 3.4");
  const View suites = draft.content(draft.field(client, "cipher_suites"));
  bool offered = draft.extension(client, number).has_value();
  for (std::size_t i = 0; i + 1 < suites.size(); i += 2)
    offered = offered || (suites[i] == 0x00 && suites[i + 1] == 0xff);
  if (!offered) return add_check(draft, not_checkable(std::move(check), "reason.not_offered"));
  if (!extension)
    return add_check(draft, decide(std::move(check), false, "reason.no_secure_renegotiation"));
  add_check(draft, decide(std::move(check), draft.document.fields[*extension].range.length == 5,
                          "reason.renegotiation_info_is_empty"));
}

/// RFC 7627: whether the master secret is bound to the whole handshake.
void check_session_hash(Draft& draft, Id server) {
  const auto extension =
      draft.extension(server, static_cast<std::uint64_t>(ExtensionType::extended_master_secret));
  const auto hash = draft.secret("session_hash");
  Check check = check_of("session_hash",
                         hash        ? Ref{Table::secret, *hash}
                         : extension ? Ref{Table::field, *extension}
                                     : Ref{Table::message, server},
                         "RFC 7627, 4");
  if (!draft.document.connection.extended_master_secret)
    return add_check(draft, not_checkable(std::move(check), "reason.no_extended_master_secret"));
  if (!hash) return add_check(draft, not_checkable(std::move(check), "reason.resumed_no_hash"));
  check.actual = draft.document.secrets[*hash].output;
  check.inputs = draft.document.secrets[*hash].inputs;
  add_check(draft, decide(std::move(check), true, "reason.session_hash_covers",
                          {draft.document.secrets[*hash].formula}));
}

}  // namespace

void check_hellos(Draft& draft) {
  const auto client = draft.message("ClientHello");
  const auto server = draft.message("ServerHello");
  if (!server || draft.is_tls13) return;
  check_sentinel(draft, *server);
  if (!client || draft.version != ProtocolVersion::tls12) return;
  check_renegotiation_info(draft, *client, *server);
  check_session_hash(draft, *server);
}

void make_checks(Draft& draft) {
  check_hellos(draft);
  check_certificates(draft);
  check_signatures(draft);
  check_secrets(draft);
  check_records(draft);
  check_finished(draft);
  check_ticket(draft);
}

}  // namespace glasstls::inspect
