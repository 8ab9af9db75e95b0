// A client that connects again, with a session that is not quite the one it had. RFC 5077;
// RFC 5246, 7.3, figure 2; RFC 7627, 5.3.
#include "tests/adversary/faults/themes.h"
#include "tests/adversary/stage.h"

namespace glasstls::adversary {

namespace {

using test::ClientChoices;
using test::ScriptedSession;
using enum AlertDescription;

enum class By : std::uint8_t { ticket, session_id };

/// A full handshake, and what is remembered of it. Ended with "untried" if the server gives none.
ScriptedSession first_session(ClientStage& stage, By by) {
  ClientChoices choices;
  choices.tickets = by == By::ticket;
  stage.open(choices);
  stage.complete();
  const ScriptedSession session = stage.client().session();
  if ((by == By::ticket ? session.ticket : session.session_id).empty())
    throw Ended{{Answer::Kind::untried, {}}};
  stage.converse();
  stage.part();
  return session;
}

ClientChoices again(const ScriptedSession& session, By by) {
  ClientChoices choices;
  choices.tickets = by == By::ticket;
  choices.session = session;
  choices.seed = "again";
  return choices;
}

ClientScript resumed(By by, std::function<void(ClientChoices&)> change) {
  return [=](ClientStage& stage) {
    ClientChoices choices = again(first_session(stage, by), by);
    change(choices);
    stage.open(choices);
    stage.complete();
  };
}

void replayed_ticket(ClientStage& stage) {
  const ScriptedSession session = first_session(stage, By::ticket);
  for (int i = 0; i < 2; ++i) {
    stage.open(again(session, By::ticket));
    stage.complete();
    stage.converse();
  }
}

void forge_ticket(ClientChoices& choices) { choices.session->ticket.back() ^= 1; }
void cut_ticket(ClientChoices& choices) { choices.session->ticket.resize(1); }
void huge_ticket(ClientChoices& choices) { choices.session->ticket = Bytes(40'000, 0x7e); }
void forge_session_id(ClientChoices& choices) { choices.session->session_id = Bytes(32, 0x7e); }
void forget_ems(ClientChoices& choices) { choices.extended_master_secret = false; }
void unchanged(ClientChoices&) {}

void bad_resumed_finished(ClientStage& stage) {
  stage.open(again(first_session(stage, By::ticket), By::ticket));
  stage.greet();
  if (!stage.client().resumed()) throw Ended{{Answer::Kind::untried, {}}};
  stage.client().change_cipher_spec();
  stage.client().finished([](handshake::Finished& m) { m.verify_data[0] ^= 1; });
  stage.flush();
}

}  // namespace

std::vector<Fault> client_session_faults() {
  return {
      {"resumption", "resumes a session by its ticket", "RFC 5077, 3.1", borne(),
       resumed(By::ticket, unchanged)},
      {"replayed-ticket", "uses the same ticket twice", "RFC 5077, 3.3", borne(), replayed_ticket},
      {"forged-ticket", "changes a bit of its ticket: a full handshake is the answer",
       "RFC 5077, 3.4", borne(), resumed(By::ticket, forge_ticket)},
      {"cut-ticket", "sends the first byte of its ticket: a full handshake is the answer",
       "RFC 5077, 3.4", borne(), resumed(By::ticket, cut_ticket)},
      {"huge-ticket", "sends a ticket of 40000 bytes: a full handshake is the answer",
       "RFC 5077, 3.4", borne(), resumed(By::ticket, huge_ticket)},
      {"forged-session-id", "offers a session_id of its own making", "RFC 5246, 7.4.1.3", borne(),
       resumed(By::session_id, forge_session_id)},
      {"missing-ems-on-resumption",
       "resumes a session with extended_master_secret, and does not offer that again",
       "RFC 7627, 5.3", refused(handshake_failure), resumed(By::ticket, forget_ems)},
      {"bad-finished-on-resumption", "changes a bit of its Finished in a short handshake",
       "RFC 5246, 7.4.9", refused(decrypt_error), bad_resumed_finished},
  };
}

}  // namespace glasstls::adversary
