// What a server does with a ClientHello: ours, and OpenSSL's.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "handshake/messages/client_hello.h"
#include "wire/bytes.h"

namespace glasstls::differential {

enum class Answer : std::uint8_t {
  waits,     // for more bytes of the message
  refused,   // with a fatal alert
  answered,  // with a ServerHello
};

struct HelloOutcome {
  bool parsed = false;       // its framing: all fields, and the list of extensions
  std::string not_parsed{};  // why, if it is not
  Answer answer = Answer::waits;
  std::string refusal;  // why, if it is refused
  unsigned suite = 0;   // of the ServerHello
};

/// The bytes of a handshake message in records that every server takes.
Bytes in_records(View message);

/// Reads off the records that a server sent whether it answered or refused.
void read_answer(View sent, HelloOutcome& outcome);

/// Fields and the list of extensions, whose insides are bytes.
using Framing = handshake::BasicClientHello<handshake::ExtensionList<handshake::ExtensionOf<>>>;

/// The first message of these bytes, as long as its header says; nothing while it is not all there.
View first_message(View bytes);

/// Our parser without the insides of extensions, and our server as a whole. It has certificates for
/// RSA and for P-256, knows all extensions that we speak, and asks for its signature elsewhere.
class OurServer {
 public:
  OurServer();
  ~OurServer();
  HelloOutcome judge(View message) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// OpenSSL's server, TLS 1.2 only, with the same certificates, suites, groups and schemes. Whether
/// its client_hello_cb runs tells `parsed`; what it says in its error queue is the reason.
class OpenSslServer {
 public:
  OpenSslServer();
  ~OpenSslServer();
  HelloOutcome judge(View message) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace glasstls::differential
