// A server's messages that come too early, twice, not at all, in pieces or too large.
// RFC 5246, 7.1, 7.3 and 7.4.
#include "tests/adversary/faults/spoiling.h"
#include "tests/adversary/faults/themes.h"
#include "tests/adversary/stage.h"

namespace glasstls::adversary {

namespace {

using handshake::HandshakeType;
using test::ScriptedServer;
using enum AlertDescription;

const Bytes one{1};

using Step = std::function<void(ScriptedServer&)>;

/// These steps instead of the first flight; all else by the rules.
ServerScript first_flight(Step steps) {
  return [=](ServerStage& stage) {
    stage.begin();
    steps(stage.server());
    stage.await_client();
    stage.finish();
  };
}

/// These instead of the second.
ServerScript second_flight(Step steps) {
  return [=](ServerStage& stage) {
    stage.begin();
    stage.server().first_flight();
    stage.await_client();
    steps(stage.server());
    stage.hear();
  };
}

void early_ccs(ScriptedServer& server) {
  server.hello();
  server.plain_record(ContentType::change_cipher_spec, one);
  server.certificate();
  server.key_exchange();
  server.done();
}

/// SKIP-TLS: the client would talk to anybody, in plain.
void skip_to_finished(ScriptedServer& server) {
  server.hello();
  server.handshake(HandshakeType::finished, Bytes(12));
}

void without_certificate(ScriptedServer& server) {
  server.hello();
  server.key_exchange();
  server.done();
}

void without_key_exchange(ScriptedServer& server) {
  server.hello();
  server.certificate();
  server.done();
}

void reordered(ScriptedServer& server) {
  server.hello();
  server.key_exchange();
  server.certificate();
  server.done();
}

void repeated_hello(ScriptedServer& server) {
  server.hello();
  server.hello();
  server.certificate();
  server.key_exchange();
  server.done();
}

void unpromised_ticket(ScriptedServer& server) {
  server.new_session_ticket([](handshake::NewSessionTicket& m) { m.ticket = Bytes(40, 1); });
  server.change_cipher_spec();
  server.finished();
}

void missing_ccs(ScriptedServer& server) { server.finished(); }

void doubled_ccs(ScriptedServer& server) {
  server.change_cipher_spec();
  server.record(ContentType::change_cipher_spec, one);
  server.finished();
}

Step ccs_of(Bytes fragment) {
  return [=](ScriptedServer& server) {
    server.plain_record(ContentType::change_cipher_spec, fragment);
    server.start_protecting();
    server.finished();
  };
}

void ccs_inside_message(ScriptedServer& server) {
  server.plain_record(ContentType::handshake, Bytes{20, 0, 0, 12, 1, 2, 3});
  server.change_cipher_spec();
  server.finished();
}

void data_before_finished(ScriptedServer& server) {
  server.change_cipher_spec();
  server.data(wire::as_bytes("Hello?\n"));
  server.finished();
}

void early_data(ScriptedServer& server) {
  server.plain_record(ContentType::application_data, wire::as_bytes("Hello?\n"));
  server.first_flight();
}

void oversized(ScriptedServer& server) {
  server.hello();
  server.plain_record(ContentType::handshake, Bytes{11, 0xff, 0xff, 0xff, 1, 2, 3});
}

void unknown_message(ScriptedServer& server) {
  server.hello();
  server.handshake(HandshakeType{99}, Bytes(4));
}

void fragmented(ScriptedServer& server) {
  server.fragment_length = 1;
  server.first_flight();
}

void merged(ScriptedServer& server) {
  server.merge();
  server.first_flight();
  server.split();
}

void interleaved(ScriptedServer& server) {
  server.fragment_length = 20;
  server.hello();
  interleave(server, [&] { server.alert(AlertLevel::warning, AlertDescription::user_canceled); });
  server.certificate();
  server.key_exchange();
  server.done();
}

void wrong_record_version(ScriptedServer& server) {
  server.hello();
  server.record_version = ProtocolVersion::tls11;
  server.certificate();
  server.key_exchange();
  server.done();
}

void hello_requests_in_handshake(ScriptedServer& server) {
  server.hello_request();
  server.hello();
  server.hello_request();
  server.certificate();
  server.key_exchange();
  server.done();
}

ServerScript hello_requests(unsigned times) {
  return [=](ServerStage& stage) {
    stage.complete();
    for (unsigned i = 0; i < times; ++i) stage.server().hello_request();
    stage.flush();
  };
}

void new_hello(ServerStage& stage) {
  stage.complete();
  stage.server().handshake(HandshakeType::server_hello, Bytes(38, 3));
  stage.flush();
}

std::vector<Fault> first_flight_faults() {
  const auto bad = refused(unexpected_message);
  return {
      {"early-ccs", "sends ChangeCipherSpec right after its hello: CCS injection", "RFC 5246, 7.1",
       bad, first_flight(early_ccs)},
      {"skip-to-finished", "sends its Finished right after its hello: SKIP-TLS", "RFC 5246, 7.3",
       bad, first_flight(skip_to_finished)},
      {"missing-certificate", "leaves out its Certificate", "RFC 5246, 7.3", bad,
       first_flight(without_certificate)},
      {"missing-key-exchange", "leaves out its ServerKeyExchange", "RFC 5246, 7.3", bad,
       first_flight(without_key_exchange)},
      {"reordered-messages", "sends ServerKeyExchange before its Certificate", "RFC 5246, 7.3", bad,
       first_flight(reordered)},
      {"repeated-hello", "sends its hello twice", "RFC 5246, 7.3", bad,
       first_flight(repeated_hello)},
      {"early-data", "begins with application data in plain", "RFC 5246, 7.3", bad,
       first_flight(early_data)},
      {"unknown-message", "sends a handshake message of a type that nobody knows", "RFC 5246, 7.4",
       bad, first_flight(unknown_message)},
      {"oversized-message", "announces a Certificate of 16 megabytes", "RFC 5246, 7.4",
       refused(illegal_parameter), first_flight(oversized)},
      {"split-at-every-byte", "sends its handshake in records of one byte", "RFC 5246, 6.2.1",
       borne(), first_flight(fragmented)},
      {"merged-in-one-record", "sends all messages of its first flight in one record",
       "RFC 5246, 6.2.1", borne(), first_flight(merged)},
      {"interleaved-alert", "sends a warning between two fragments of one message",
       "RFC 5246, 6.2.1", borne(), first_flight(interleaved)},
      {"wrong-record-version", "goes on in records of TLS 1.1 after 1.2 was agreed on",
       "RFC 5246, 6.2.1", refused(protocol_version), first_flight(wrong_record_version)},
      {"hello-request-in-handshake", "asks for a new handshake in the middle of this one",
       "RFC 5246, 7.4.1.1", borne(), first_flight(hello_requests_in_handshake)},
  };
}

std::vector<Fault> second_flight_faults() {
  const auto bad = refused(unexpected_message);
  return {
      {"missing-ccs", "sends its Finished in plain, and no ChangeCipherSpec", "RFC 5246, 7.4.9",
       bad, second_flight(missing_ccs)},
      {"doubled-ccs", "sends ChangeCipherSpec twice", "RFC 5246, 7.1", bad,
       second_flight(doubled_ccs)},
      {"ccs-inside-message", "sends ChangeCipherSpec in the middle of a message", "RFC 5246, 7.1",
       bad, second_flight(ccs_inside_message)},
      {"ccs-of-two", "sends a ChangeCipherSpec of value 2", "RFC 5246, 7.1",
       refused(illegal_parameter), second_flight(ccs_of({2}))},
      {"long-ccs", "sends a ChangeCipherSpec of two bytes", "RFC 5246, 7.1", refused(decode_error),
       second_flight(ccs_of({1, 1}))},
      {"unpromised-ticket", "sends a ticket that its hello did not promise", "RFC 5077, 3.3", bad,
       second_flight(unpromised_ticket)},
      {"data-before-finished", "sends application data under its keys, before its Finished",
       "RFC 5246, 7.4.9", bad, second_flight(data_before_finished)},
      {"hello-after-handshake", "sends a ServerHello that nobody asked for", "RFC 5246, 7.3", bad,
       new_hello},
      {"renegotiation", "asks for a new handshake after this one", "RFC 5246, 7.4.1.1", declined(),
       hello_requests(1)},
      {"flood-hello-requests", "asks 50 times for a new handshake", "RFC 5246, 7.4.1.1", bad,
       hello_requests(50)},
  };
}

}  // namespace

std::vector<Fault> server_order_faults() {
  std::vector<Fault> all = first_flight_faults();
  const std::vector<Fault> more = second_flight_faults();
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace glasstls::adversary
