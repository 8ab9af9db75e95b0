#include "bench/peers/judge.h"

#include <algorithm>
#include <initializer_list>
#include <stdexcept>
#include <string>

#include "handshake/codec.h"
#include "handshake/messages.h"

namespace glasstls::bench {

namespace {

using handshake::HandshakeType;

void expect(bool holds, const std::string& otherwise) {
  if (!holds) throw std::runtime_error("not what was asked for: " + otherwise);
}

template <class M>
M message(const ClearText& clear) {
  for (const ClearText::Message& one : clear.messages)
    if (one.type == M::type) return handshake::decode<M>(one.bytes);
  throw std::runtime_error("not what was asked for: there is no " + std::string(M::spec.name));
}

bool is(const ClearText& clear, std::initializer_list<HandshakeType> types) {
  return std::ranges::equal(clear.messages, types, {}, &ClearText::Message::type);
}

/// Both Finished messages are sealed: each is the one record after ChangeCipherSpec.
void expect_end(const ClearText& clear, const std::string& whose) {
  expect(clear.changed_cipher_spec && clear.sealed_handshake_records == 1,
         "the " + whose + " did not end with ChangeCipherSpec and Finished");
}

void expect_hello(const Expected& expected, const ClearText& server) {
  const auto hello = message<handshake::ServerHello>(server);
  expect(hello.server_version == ProtocolVersion::tls12, "the version is not TLS 1.2");
  expect(hello.cipher_suite == expected.suite,
         "the suite is " + std::string(name_of(hello.cipher_suite)));
}

void expect_full(const Expected& expected, const ClearText& client, const ClearText& server) {
  using enum HandshakeType;
  const bool plain =
      is(server, {server_hello, certificate, server_key_exchange, server_hello_done});
  const bool with_ticket = is(server, {server_hello, certificate, server_key_exchange,
                                       server_hello_done, new_session_ticket});
  expect(is(client, {client_hello, client_key_exchange}),
         "in a full handshake the client sent " + names_of(client));
  expect(plain || (with_ticket && expected.sessions),
         "in a full handshake the server sent " + names_of(server));
}

void expect_resumed(const ClearText& client, const ClearText& server) {
  using enum HandshakeType;
  expect(is(client, {client_hello}), "in a resumed handshake the client sent " + names_of(client));
  expect(is(server, {server_hello}) || is(server, {server_hello, new_session_ticket}),
         "in a resumed handshake the server sent " + names_of(server));
}

}  // namespace

void Judge::judge(const Expected& expected, const Wire& wire) {
  const ClearText client = read_clear_text(wire.client);
  const ClearText server = read_clear_text(wire.server);
  expect_hello(expected, server);
  if (expected.resumed)
    expect_resumed(client, server);
  else
    judge_full(expected, client, server);
  expect_end(client, "client");
  expect_end(server, "server");
}

void Judge::judge_full(const Expected& expected, const ClearText& client, const ClearText& server) {
  expect_full(expected, client, server);
  const auto theirs = message<handshake::ServerKeyExchange>(server).params;
  expect(theirs.namedcurve == expected.group,
         "the group is " + std::string(name_of(theirs.namedcurve)));
  const crypto::GroupParameters& group = *crypto::find(expected.group);
  expect_fresh(theirs.public_key.point, group);
  expect_fresh(message<handshake::ClientKeyExchange>(client).ecdh_Yc.point, group);
  expect(!message<handshake::Certificate>(server).certificate_list.empty(),
         "the server's Certificate is empty");
}

void Judge::expect_fresh(const Bytes& public_key, const crypto::GroupParameters& group) {
  expect(public_key.size() == group.public_key_length, "a public key is not of the group's length");
  expect(public_keys_.insert(public_key).second, "an ephemeral key was used before");
}

}  // namespace glasstls::bench
