// Messages that come too early, twice, not at all, or in the wrong order. RFC 5246, 7.1 and 7.3.
#include <functional>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "tests/tls/refused.h"

namespace glasstls::tls {
namespace {

using handshake::HandshakeType;
using test::Peers;
using test::ScriptedServer;

const Bytes one{1};

void expect_unexpected(Peers& peers, std::string_view message, std::string_view reason_part = {}) {
  expect_refused(peers, {.alert = AlertDescription::unexpected_message,
                         .message = message,
                         .reason_part = reason_part});
}

// --- ChangeCipherSpec

TEST(ChangeCipherSpec, TooEarlyIsUnexpectedMessage) {
  const std::vector<std::function<void(ScriptedServer&)>> steps{
      [](ScriptedServer& s) { s.hello(); }, [](ScriptedServer& s) { s.certificate(); },
      [](ScriptedServer& s) { s.key_exchange(); },
      [](ScriptedServer& s) { s.certificate_request(); }};
  const std::vector<std::string> states{"WaitServerHello", "WaitCertificate",
                                        "WaitServerKeyExchange", "WaitCertificateRequestOrDone",
                                        "WaitServerHelloDone"};
  for (std::size_t early = 0; early < states.size(); ++early) {
    Peers peers;
    peers.run({[&](ScriptedServer& server) {
      for (std::size_t i = 0; i < early; ++i) steps[i](server);
      server.plain_record(ContentType::change_cipher_spec, one);
    }});
    ASSERT_NE(peers.find<Failed>(), nullptr);
    EXPECT_EQ(peers.find<Failed>()->state, states[early]);
    expect_unexpected(peers, "ChangeCipherSpec", states[early] + " received ChangeCipherSpec");
  }
}

TEST(ChangeCipherSpec, TwiceUnderTheNewKeysIsUnexpectedMessage) {
  Peers peers;
  peers.run({[](ScriptedServer& server) { server.first_flight(); },
             [](ScriptedServer& server) {
               server.change_cipher_spec();
               server.record(ContentType::change_cipher_spec, one);
             }});
  expect_unexpected(peers, "ChangeCipherSpec",
                    "WaitFinished received ChangeCipherSpec, expected Finished");
}

TEST(ChangeCipherSpec, TwiceInPlainIsBadRecordMac) {
  Peers peers;
  peers.run({[](ScriptedServer& server) { server.first_flight(); },
             [](ScriptedServer& server) {
               server.change_cipher_spec();
               server.plain_record(ContentType::change_cipher_spec, one);
             }});
  expect_refused(peers, {.alert = AlertDescription::bad_record_mac});
}

TEST(ChangeCipherSpec, MissingMeansFinishedIsUnexpectedMessage) {
  Peers peers;
  peers.run({[](ScriptedServer& server) { server.first_flight(); },
             [](ScriptedServer& server) { server.finished(); }});
  expect_unexpected(peers, "Finished",
                    "WaitChangeCipherSpec received Finished, expected ChangeCipherSpec");
}

TEST(ChangeCipherSpec, MissingBeforeProtectedRecordsIsRefused) {
  Peers peers;
  peers.run({[](ScriptedServer& server) { server.first_flight(); },
             [](ScriptedServer& server) {
               server.start_protecting();
               server.finished();
             }});
  // What is ciphertext looks like a handshake message of a type that is no type: the explicit
  // nonce.
  expect_refused(peers, {.alert = AlertDescription::unexpected_message});
}

TEST(ChangeCipherSpec, InTheMiddleOfAMessageIsUnexpectedMessage) {
  Peers peers;
  peers.run({[](ScriptedServer& server) { server.first_flight(); },
             [](ScriptedServer& server) {
               const Bytes half{20, 0, 0, 12, 1, 2, 3};
               server.plain_record(ContentType::handshake, half);
               server.plain_record(ContentType::change_cipher_spec, one);
             }});
  expect_unexpected(peers, "ChangeCipherSpec", "in the middle of a handshake message");
}

TEST(ChangeCipherSpec, AfterTheHandshakeIsUnexpectedMessage) {
  Peers peers;
  peers.complete_handshake();
  peers.run({[](ScriptedServer& server) { server.record(ContentType::change_cipher_spec, one); }});
  expect_unexpected(peers, "ChangeCipherSpec", "Established received ChangeCipherSpec");
}

TEST(ChangeCipherSpec, OfAnotherValueIsIllegalParameter) {
  Peers peers;
  peers.run({[](ScriptedServer& server) { server.first_flight(); },
             [](ScriptedServer& server) {
               server.plain_record(ContentType::change_cipher_spec, Bytes{2});
             }});
  expect_refused(peers, {.alert = AlertDescription::illegal_parameter,
                         .message = "ChangeCipherSpec",
                         .field = "type"});
}

TEST(ChangeCipherSpec, OfAnotherLengthIsDecodeError) {
  for (const Bytes& fragment : {Bytes{}, Bytes{1, 1}}) {
    Peers peers;
    peers.run({[](ScriptedServer& server) { server.first_flight(); },
               [&](ScriptedServer& server) {
                 server.plain_record(ContentType::change_cipher_spec, fragment);
               }});
    expect_refused(peers, {.alert = AlertDescription::decode_error, .message = "ChangeCipherSpec"});
  }
}

// --- Handshake messages

// Whatever follows ServerHelloDone depends on what we answer. (The double does not read the answer:
// its transcript lacks this record.)
TEST(Order, AMessageThatBeginsInTheRecordOfServerHelloDoneIsUnexpectedMessage) {
  for (const Bytes& more : {Bytes{4}, Bytes{20, 0, 0, 12, 1}, Bytes{0, 0, 0, 0}}) {
    Peers peers;
    peers.run({[&](ScriptedServer& server) {
      server.hello();
      server.certificate();
      server.key_exchange();
    }});
    Bytes record{14, 0, 0, 0};
    wire::append(record, more);
    peers.server.plain_record(ContentType::handshake, record);
    test::to_us(peers.client, peers.server.take(), record.size() + record::header_length, peers);
    const Failed* failed = peers.find<Failed>();
    ASSERT_NE(failed, nullptr);
    EXPECT_EQ(failed->alert, AlertDescription::unexpected_message);
    EXPECT_EQ(failed->message, "ServerHelloDone");
    EXPECT_EQ(failed->section, "RFC 5246, 7.3");
  }
}

TEST(Order, LeavingOutAnyMessageOfTheFirstFlightIsUnexpectedMessage) {
  const std::vector<std::function<void(ScriptedServer&)>> steps{
      [](ScriptedServer& s) { s.hello(); }, [](ScriptedServer& s) { s.certificate(); },
      [](ScriptedServer& s) { s.key_exchange(); }, [](ScriptedServer& s) { s.done(); }};
  const std::vector<std::string_view> next{"Certificate", "ServerKeyExchange", "ServerHelloDone"};
  for (std::size_t left_out = 0; left_out < next.size(); ++left_out) {
    Peers peers;
    peers.run({[&](ScriptedServer& server) {
      for (std::size_t i = 0; i < steps.size(); ++i)
        if (i != left_out) steps[i](server);
    }});
    expect_unexpected(peers, next[left_out]);
  }
}

TEST(Order, RepeatingAnyMessageOfTheFirstFlightIsUnexpectedMessage) {
  const std::vector<std::function<void(ScriptedServer&)>> steps{
      [](ScriptedServer& s) { s.certificate(); }, [](ScriptedServer& s) { s.key_exchange(); },
      [](ScriptedServer& s) { s.certificate_request(); }, [](ScriptedServer& s) { s.done(); }};
  const std::vector<std::string_view> names{"Certificate", "ServerKeyExchange",
                                            "CertificateRequest", "ServerHelloDone"};
  for (std::size_t twice = 0; twice < steps.size(); ++twice) {
    Peers peers;
    peers.run({[&](ScriptedServer& server) {
                 server.hello();
                 for (std::size_t i = 0; i <= twice; ++i) steps[i](server);
               },
               steps[twice]});
    expect_unexpected(peers, names[twice]);
  }
}

TEST(Order, AnsweringBeforeBeingAskedIsUnexpectedMessage) {
  Peers peers;
  peers.run({[](ScriptedServer& server) {
    server.certificate();
    server.key_exchange();
  }});
  expect_unexpected(peers, "Certificate", "WaitServerHello received Certificate");
}

TEST(Order, AMessageForServersIsUnexpectedMessage) {
  for (const auto type : {HandshakeType::client_hello, HandshakeType::client_key_exchange,
                          HandshakeType::certificate_verify, HandshakeType::new_session_ticket,
                          HandshakeType::certificate_status}) {
    Peers peers;
    peers.run({[&](ScriptedServer& server) { server.handshake(type, Bytes(4)); }});
    expect_unexpected(peers, handshake::spec_of(type).name);
  }
}

TEST(Order, AnUnknownMessageIsUnexpectedMessage) {
  for (const unsigned type : {3U, 5U, 8U, 24U, 67U, 255U}) {
    Peers peers;
    peers.run({[&](ScriptedServer& server) { server.handshake(HandshakeType(type), {}); }});
    expect_unexpected(peers, "", "unknown type");
  }
}

TEST(Order, AHandshakeMessageAfterTheHandshakeIsUnexpectedMessage) {
  for (const auto type : {HandshakeType::client_hello, HandshakeType::server_hello,
                          HandshakeType::finished, HandshakeType::new_session_ticket}) {
    Peers peers;
    peers.complete_handshake();
    peers.run({[&](ScriptedServer& server) { server.handshake(type, Bytes(12)); }});
    expect_unexpected(peers, handshake::spec_of(type).name, "expected no handshake message");
  }
}

TEST(Order, ApplicationDataBeforeFinishedIsUnexpectedMessage) {
  Peers at_once;
  at_once.run({[](ScriptedServer& server) {
    server.plain_record(ContentType::application_data, Bytes{1});
  }});
  expect_unexpected(at_once, "", "before the handshake was complete");

  Peers under_keys;
  under_keys.run({[](ScriptedServer& server) { server.first_flight(); },
                  [](ScriptedServer& server) {
                    server.change_cipher_spec();
                    server.data(Bytes{1});
                  }});
  expect_unexpected(under_keys, "", "before the handshake was complete");
  EXPECT_EQ(under_keys.count<ApplicationData>(), 0U);
}

}  // namespace
}  // namespace glasstls::tls
