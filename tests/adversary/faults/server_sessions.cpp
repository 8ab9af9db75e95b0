// A server that resumes what it should not, and tickets that do not come. RFC 5077, 3.3; RFC 5246,
// 7.3, figure 2; RFC 7627, 5.3.
#include "tests/adversary/faults/themes.h"
#include "tests/adversary/stage.h"

namespace glasstls::adversary {

namespace {

using handshake::ServerHello;
using test::Choices;
using test::ScriptedSession;
using enum AlertDescription;

Choices with_session_id() {
  Choices choices;
  choices.session_id = Bytes(32, 0x1d);
  return choices;
}

/// A full handshake, after which the client comes back with its session; "untried" if it does not.
ScriptedSession first_session(ServerStage& stage) {
  stage.open(with_session_id());
  stage.server().first_flight();
  stage.await_client();
  stage.finish();
  const ScriptedSession session = stage.server().session();
  stage.part();
  stage.open(with_session_id());
  if (stage.server().client_hello().session_id != session.session_id)
    throw Ended{{Answer::Kind::untried, {}}};
  return session;
}

/// The short handshake, with that hello.
ServerScript resuming(test::Change<ServerHello> change,
                      std::function<void(ScriptedSession&)> other = {}) {
  return [=](ServerStage& stage) {
    ScriptedSession session = first_session(stage);
    if (other) other(session);
    stage.server().resuming_hello(session, change);
    stage.finish();
    stage.await_client();
  };
}

void with_other_session_id(ServerHello& hello) { hello.session_id[0] ^= 1; }

void under_another_suite(ScriptedSession& session) {
  session.suite = crypto::CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;
}

void without_ems(ScriptedSession& session) { session.extended_master_secret = false; }

void bad_finished(ServerStage& stage) {
  const ScriptedSession session = first_session(stage);
  stage.server().resuming_hello(session);
  stage.server().change_cipher_spec();
  stage.server().finished([](handshake::Finished& m) { m.verify_data[0] ^= 1; });
  stage.await_client();
}

/// As if the client had a session: there is none, and so no master secret that both know.
void out_of_the_blue(ServerStage& stage) {
  stage.open(with_session_id());
  ScriptedSession session;
  session.suite = crypto::CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384;
  session.extended_master_secret = true;
  session.master_secret = Bytes(48, 0);
  stage.server().resuming_hello(session);
  stage.finish();
  stage.await_client();
}

/// Its hello promises a ticket, whatever the client asked for.
void promise_ticket(ServerStage& stage, bool keep) {
  Choices choices;
  choices.ticket = Bytes(64, 0x71);
  stage.open(choices);
  if (!stage.server().client_hello().find<handshake::SessionTicket>())
    throw Ended{{Answer::Kind::untried, {}}};
  stage.server().first_flight();
  stage.await_client();
  if (keep) return stage.finish();
  stage.server().change_cipher_spec();
  stage.server().finished();
  stage.hear();
}

}  // namespace

std::vector<Fault> server_session_faults() {
  const Needs twice = Needs::second_connection;
  return {
      {"resumption", "resumes a session by its session_id", "RFC 5246, 7.3", borne(), resuming({}),
       twice},
      {"resumption-under-another-suite", "resumes a session, and changes its cipher suite",
       "RFC 5246, 7.4.1.3", refused(illegal_parameter), resuming({}, under_another_suite), twice},
      {"missing-ems-on-resumption",
       "resumes a session with extended_master_secret, and leaves that out now", "RFC 7627, 5.3",
       refused(handshake_failure), resuming({}, without_ems), twice},
      {"wrong-session-id", "resumes a session, and names another session_id", "RFC 5246, 7.4.1.3",
       refused(unexpected_message), resuming(with_other_session_id), twice},
      {"bad-finished-on-resumption", "changes a bit of its Finished in a short handshake",
       "RFC 5246, 7.4.9", refused(decrypt_error), bad_finished, twice},
      {"resumption-out-of-the-blue", "resumes a session that the client does not have",
       "RFC 5246, 7.4.1.3", refused(unexpected_message), out_of_the_blue},
      {"ticket", "gives a ticket that the client asked for", "RFC 5077, 3.3", borne(),
       [](ServerStage& stage) { promise_ticket(stage, true); }},
      {"missing-ticket", "promises a ticket, and does not send it", "RFC 5077, 3.3",
       refused(unexpected_message), [](ServerStage& stage) { promise_ticket(stage, false); }},
  };
}

}  // namespace glasstls::adversary
