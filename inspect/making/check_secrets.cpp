// The key schedule and Finished, computed once more from what the document shows. RFC 5246, 6.3,
// 7.4.9 and 8.1; RFC 7627, 4; RFC 8422, 5.10.
#include <algorithm>
#include <utility>

#include "crypto/key_exchange.h"
#include "crypto/prf.h"
#include "handshake/key_schedule.h"
#include "inspect/making/checks.h"

namespace glasstls::inspect {

namespace {

/// The value, or nothing if it is not known.
View known(const Draft& draft, std::optional<Id> id) {
  if (!id || draft.document.secrets[*id].state != Knowledge::known) return {};
  return draft.document.secrets[*id].output;
}

View random_of(const Draft& draft, std::string_view hello) {
  return draft.content(draft.message(hello), "random");
}

/// Compares what the PRF makes of the inputs with the row's value.
void check_derivation(Draft& draft, std::string name, std::string_view from, Id id,
                      std::initializer_list<View> seed) {
  const Secret& secret = draft.document.secrets[id];
  Check check = check_of(std::move(name), {Table::secret, id}, secret.section);
  check.inputs = secret.inputs;
  const View key = known(draft, draft.secret(from));
  if (secret.state != Knowledge::known)
    return add_check(draft, not_checkable(std::move(check), "reason.value_unknown", {secret.name}));
  if (key.empty())
    return add_check(draft,
                     not_checkable(std::move(check), "reason.input_unknown", {std::string(from)}));
  for (const View part : seed)
    if (part.empty())
      return add_check(draft, not_checkable(std::move(check), "reason.hellos_missing"));
  check.expected.resize(secret.output.size());
  crypto::prf(draft.suite()->prf_hash, key, secret.label, seed, check.expected);
  check.actual = secret.output;
  const bool same = check.expected == check.actual;
  add_check(draft,
            decide(std::move(check), same, same ? "reason.recomputed" : "reason.recomputed_differs",
                   {draft.document.secrets[id].formula}));
}

void check_master(Draft& draft) {
  const auto id = draft.secret("master_secret");
  if (!id || draft.document.secrets[*id].label.empty()) return;  // a resumed session's
  const auto hash = draft.secret("session_hash");
  if (draft.document.secrets[*id].label == handshake::extended_master_secret.label)
    check_derivation(draft, "master_secret", "premaster_secret", *id, {known(draft, hash)});
  else
    check_derivation(draft, "master_secret", "premaster_secret", *id,
                     {random_of(draft, "ClientHello"), random_of(draft, "ServerHello")});
}

void check_key_block(Draft& draft) {
  const auto id = draft.secret("key_block");
  if (id)
    check_derivation(draft, "key_block", "master_secret", *id,
                     {random_of(draft, "ServerHello"), random_of(draft, "ClientHello")});
}

/// Our private key and the peer's point make the premaster secret once more.
void check_premaster(Draft& draft) {
  const auto id = draft.secret("premaster_secret");
  if (!id) return;
  const Side own = draft.recording.own;
  Check check = check_of("premaster", {Table::secret, *id}, "RFC 8422, 5.10");
  check.inputs = draft.document.secrets[*id].inputs;
  const View scalar = known(draft, draft.secret("ephemeral_private_key", own));
  const auto exchange =
      draft.message(own == Side::client ? "ServerKeyExchange" : "ClientKeyExchange");
  const auto curve = draft.message("ServerKeyExchange");
  const auto group = curve ? draft.any_field(*curve, "namedcurve") : std::nullopt;
  if (known(draft, id).empty() || scalar.empty() || !exchange || !group)
    return add_check(draft, not_checkable(std::move(check), "reason.private_key_unknown"));
  const auto key = crypto::EphemeralKey::from_scalar(
      static_cast<crypto::NamedGroup>(draft.document.fields[*group].number.number),
      crypto::PrivateScalar::copy_of(scalar));
  // The engine has agreed with this very point: it is a good one.
  const auto premaster = key.agree(draft.content(draft.any_field(*exchange, "point")));
  check.expected = wire::copy(premaster.reveal());
  check.actual = wire::copy(known(draft, id));
  const bool same = check.expected == check.actual;
  add_check(draft,
            decide(std::move(check), same, same ? "reason.recomputed" : "reason.recomputed_differs",
                   {draft.document.secrets[*id].formula}));
}

void check_finished_of(Draft& draft, Side side) {
  const auto message = draft.message("Finished", side);
  if (!message) return;
  const auto field = draft.field(*message, "verify_data");
  Check check = check_of(side == Side::client ? "client_finished" : "server_finished",
                         field ? Ref{Table::field, *field} : Ref{Table::message, *message},
                         "RFC 5246, 7.4.9");
  const auto verify_data = draft.secret("verify_data", side);
  if (verify_data) check.inputs = draft.document.secrets[*verify_data].inputs;
  const View master = known(draft, draft.secret("master_secret"));
  if (master.empty()) {
    // A live machine is past the peer's Finished only if it was right.
    const bool machine_saw =
        draft.recording.live && side != draft.recording.own &&
        draft.document.machines[wire::index_of(draft.recording.own)].reached == "Established";
    if (machine_saw)
      return add_check(draft, decide(std::move(check), true, "reason.machine_checked"));
    return add_check(draft,
                     not_checkable(std::move(check), "reason.input_unknown", {"master_secret"}));
  }
  const handshake::Derivation& row =
      side == Side::client ? handshake::client_finished : handshake::server_finished;
  const crypto::Digest hash =
      crypto::hash(draft.suite()->prf_hash, draft.transcript_before(*message));
  check.expected.resize(row.length);
  crypto::prf(draft.suite()->prf_hash, master, row.label, {hash.view()}, check.expected);
  check.actual = wire::copy(draft.content(field));
  const bool same = check.expected == check.actual;
  add_check(draft, decide(std::move(check), same,
                          same ? "reason.verify_data_right" : "reason.verify_data_wrong"));
}

}  // namespace

void check_secrets(Draft& draft) {
  if (draft.suite() == nullptr) return;
  check_premaster(draft);
  check_master(draft);
  check_key_block(draft);
}

void check_finished(Draft& draft) {
  if (draft.suite() == nullptr) return;
  check_finished_of(draft, Side::client);
  check_finished_of(draft, Side::server);
}

}  // namespace glasstls::inspect
