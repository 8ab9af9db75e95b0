// A client's messages that come too early, twice, not at all, in pieces or too large.
// RFC 5246, 7.1, 7.3 and 7.4.
#include "tests/adversary/faults/spoiling.h"
#include "tests/adversary/faults/themes.h"
#include "tests/adversary/stage.h"

namespace glasstls::adversary {

namespace {

using handshake::HandshakeType;
using test::ScriptedClient;
using enum AlertDescription;

const Bytes one{1};

/// The greeting, then this instead of a second flight.
ClientScript after_greeting(std::function<void(ScriptedClient&)> step) {
  return [=](ClientStage& stage) {
    stage.greet();
    step(stage.client());
    stage.await_end();
  };
}

void early_ccs(ClientStage& stage) {
  stage.greet();
  stage.client().plain_record(ContentType::change_cipher_spec, one);
  stage.finish();
}

void ccs_before_hello(ClientStage& stage) {
  stage.open();
  stage.client().plain_record(ContentType::change_cipher_spec, one);
  stage.complete();
}

void missing_ccs(ScriptedClient& client) {
  client.key_exchange();
  client.finished();
}

void doubled_ccs(ClientStage& stage) {
  stage.greet();
  stage.client().key_exchange();
  stage.client().change_cipher_spec();
  stage.client().record(ContentType::change_cipher_spec, one);
  stage.client().finished();
  stage.await_finished();
}

ClientScript ccs_of(Bytes fragment) {
  return [=](ClientStage& stage) {
    stage.greet();
    stage.client().key_exchange();
    stage.client().plain_record(ContentType::change_cipher_spec, fragment);
    stage.client().start_protecting();
    stage.client().finished();
    stage.await_finished();
  };
}

/// Half a Finished in plain: the rest would be read under the new keys.
void ccs_inside_message(ClientStage& stage) {
  stage.greet();
  stage.client().key_exchange();
  stage.client().plain_record(ContentType::handshake, Bytes{20, 0, 0, 12, 1, 2, 3});
  stage.client().change_cipher_spec();
  stage.client().finished();
  stage.await_finished();
}

void early_finished(ScriptedClient& client) {
  client.handshake(HandshakeType::finished, Bytes(12));
}

void early_data(ScriptedClient& client) {
  client.plain_record(ContentType::application_data, wire::as_bytes("Hello?\n"));
}

void data_before_finished(ClientStage& stage) {
  stage.greet();
  stage.client().key_exchange();
  stage.client().change_cipher_spec();
  stage.client().data(wire::as_bytes("Hello?\n"));
  stage.client().finished();
  stage.await_finished();
}

void reordered(ClientStage& stage) {
  test::ClientChoices choices;
  choices.credential = client_credential();
  stage.open(choices);
  stage.greet();
  stage.client().key_exchange();
  stage.client().certificate();
  stage.client().certificate_verify();
  stage.client().change_cipher_spec();
  stage.client().finished();
  stage.await_finished();
}

void wrong_role(ClientStage& stage) {
  stage.open();
  stage.client().handshake(HandshakeType::server_hello, Bytes(38, 3));
  stage.await_end();
}

void oversized(ScriptedClient& client) {
  client.plain_record(ContentType::handshake, Bytes{16, 0xff, 0xff, 0xff, 1, 2, 3});
}

void fragmented(ClientStage& stage) {
  stage.open();
  stage.client().fragment_length = 1;
  stage.complete();
}

void merged(ClientStage& stage) {
  test::ClientChoices choices;
  choices.credential = client_credential();
  stage.open(choices);
  stage.greet();
  stage.client().merge();
  stage.client().certificate();
  stage.client().key_exchange();
  stage.client().certificate_verify();
  stage.client().split();
  stage.client().change_cipher_spec();
  stage.client().finished();
  stage.await_finished();
}

void interleaved(ClientStage& stage) {
  stage.greet();
  stage.client().fragment_length = 20;
  stage.client().key_exchange();
  interleave(stage.client(),
             [&] { stage.client().alert(AlertLevel::warning, AlertDescription::user_canceled); });
  stage.client().change_cipher_spec();
  stage.client().finished();
  stage.await_finished();
}

void wrong_record_version(ClientStage& stage) {
  stage.greet();
  stage.client().record_version = ProtocolVersion::tls11;
  stage.finish();
}

void renegotiate(ClientStage& stage, unsigned times) {
  stage.complete();
  for (unsigned i = 0; i < times; ++i) stage.client().hello();
  stage.flush();
}

std::vector<Fault> ccs_faults() {
  return {
      {"early-ccs", "sends ChangeCipherSpec before there are keys: CCS injection", "RFC 5246, 7.1",
       refused(unexpected_message), early_ccs},
      {"ccs-before-hello", "begins with ChangeCipherSpec", "RFC 5246, 7.1",
       refused(unexpected_message), ccs_before_hello},
      {"missing-ccs", "sends its Finished in plain, and no ChangeCipherSpec", "RFC 5246, 7.4.9",
       refused(unexpected_message), after_greeting(missing_ccs)},
      {"doubled-ccs", "sends ChangeCipherSpec twice", "RFC 5246, 7.1", refused(unexpected_message),
       doubled_ccs},
      {"ccs-inside-message", "sends ChangeCipherSpec in the middle of a message", "RFC 5246, 7.1",
       refused(unexpected_message), ccs_inside_message},
      {"ccs-of-two", "sends a ChangeCipherSpec of value 2", "RFC 5246, 7.1",
       refused(illegal_parameter), ccs_of({2})},
      {"long-ccs", "sends a ChangeCipherSpec of two bytes", "RFC 5246, 7.1", refused(decode_error),
       ccs_of({1, 1})},
  };
}

std::vector<Fault> message_faults() {
  return {
      {"early-finished", "sends its Finished right after the server's hello", "RFC 5246, 7.3",
       refused(unexpected_message), after_greeting(early_finished)},
      {"early-data", "sends application data in plain during the handshake", "RFC 5246, 7.3",
       refused(unexpected_message), after_greeting(early_data)},
      {"data-before-finished", "sends application data under its keys, before its Finished",
       "RFC 5246, 7.4.9", refused(unexpected_message), data_before_finished},
      {"reordered-messages", "sends ClientKeyExchange before its Certificate", "RFC 5246, 7.3",
       refused(unexpected_message), reordered, Needs::client_certificate},
      {"repeated-hello", "sends its hello twice", "RFC 5246, 7.4.1.2", refused(unexpected_message),
       after_greeting([](ScriptedClient& c) { c.hello(); })},
      {"wrong-role", "sends a ServerHello", "RFC 5246, 7.3", refused(unexpected_message),
       wrong_role},
      {"unknown-message", "sends a handshake message of a type that nobody knows", "RFC 5246, 7.4",
       refused(unexpected_message),
       after_greeting([](ScriptedClient& c) { c.handshake(HandshakeType{99}, Bytes(4)); })},
      {"oversized-message", "announces a ClientKeyExchange of 16 megabytes", "RFC 5246, 7.4",
       refused(illegal_parameter), after_greeting(oversized)},
      {"split-at-every-byte", "sends its handshake in records of one byte", "RFC 5246, 6.2.1",
       borne(), fragmented},
      {"merged-in-one-record", "sends all messages of its second flight in one record",
       "RFC 5246, 6.2.1", borne(), merged, Needs::client_certificate},
      {"interleaved-alert", "sends a warning between two fragments of one message",
       "RFC 5246, 6.2.1", borne(), interleaved},
      {"wrong-record-version", "goes on in records of TLS 1.1 after 1.2 was agreed on",
       "RFC 5246, 6.2.1", refused(protocol_version), wrong_record_version},
      {"renegotiation", "sends a new hello after the handshake", "RFC 5246, 7.4.1.2", declined(),
       [](ClientStage& stage) { renegotiate(stage, 1); }},
      {"flood-renegotiation", "sends 5 new hellos after the handshake", "RFC 5246, 7.4.1.2",
       refused(unexpected_message), [](ClientStage& stage) { renegotiate(stage, 5); }},
  };
}

}  // namespace

std::vector<Fault> client_order_faults() {
  std::vector<Fault> all = ccs_faults();
  const std::vector<Fault> more = message_faults();
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace glasstls::adversary
