// Stage: where a fault is played. A script queues what the double shall say, sends it, and waits
// for the answer; so it reads from top to bottom, as if the other side bore everything. When the
// other side has had enough, the wait throws Ended, which scripts let through.
//
//   stage.greet();                                   // hello, and the server's flight
//   stage.client().key_exchange();
//   stage.client().change_cipher_spec();
//   stage.client().finished(spoilt);
//   stage.flush();
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>

#include "tests/adversary/answer.h"
#include "tests/adversary/network.h"
#include "tests/support/scripted_client.h"
#include "tests/support/scripted_server.h"

namespace glasstls::adversary {

/// Is told each step, a line without its end.
using Narrator = std::function<void(std::string_view)>;

/// The other side has answered with its last word, or with none.
struct Ended {
  Answer answer;
};

class Stage {
 public:
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;
  virtual ~Stage() = default;

  /// The double of the current connection.
  virtual test::ScriptedPeer& peer() = 0;
  /// A connection, if there is none yet, and a server's first word: the ClientHello.
  virtual void begin() = 0;
  /// The whole handshake by the rules, as far as it is not done; a client has said something then.
  virtual void complete() = 0;
  /// Data both ways: whoever still does that has borne the fault.
  virtual void converse() = 0;

  /// Sends what the double has queued.
  void flush();
  /// Receives until it holds. Ended if the other side ends the connection, or says no more.
  void await(const std::function<bool()>& holds);
  /// Receives until Ended: a script that has no more to say.
  void await_end();
  /// Receives until the end: who is slow to refuse may still do so. Ended for a fatal alert only.
  void hear_out();
  /// No more bytes from us, and no close_notify.
  void end_sending();
  /// Ends the connection by the rules.
  void part();

  /// The last warning that came, unless it is about the name, which some servers send.
  std::optional<AlertDescription> warning() const { return warning_; }

 protected:
  Stage(Network& network, Narrator narrator);

  void tell(std::string_view line) const { narrator_(line); }
  void connect();
  bool connected() const { return transport_ != nullptr; }
  Transport& transport() { return *transport_; }

 private:
  void read(View bytes);
  void tell_arrived(std::size_t messages, std::size_t alerts, std::size_t data);
  [[noreturn]] void end_with(Answer answer);

  Network& network_;
  Narrator narrator_;
  std::unique_ptr<Transport> transport_;
  std::size_t told_messages_ = 0;  // of what we have sent
  std::optional<AlertDescription> warning_;
};

/// The adversary is a client.
class ClientStage final : public Stage {
 public:
  ClientStage(Network& network, Narrator narrator) : Stage(network, std::move(narrator)) {}

  test::ScriptedPeer& peer() override { return client(); }
  test::ScriptedClient& client() { return *client_; }

  /// A new connection, and a new double.
  void open(test::ClientChoices choices = {});
  void begin() override;
  /// The hello, on a connection that is opened if there is none; then the server's first flight, or
  /// all of the short handshake's.
  void greet(const test::Change<handshake::ClientHello>& change = {});
  /// Our second flight, and the server's.
  void finish();
  /// The server's Finished.
  void await_finished();
  void complete() override;
  void converse() override;

 private:
  std::unique_ptr<test::ScriptedClient> client_;
};

/// The adversary is a server.
class ServerStage final : public Stage {
 public:
  ServerStage(Network& network, Narrator narrator) : Stage(network, std::move(narrator)) {}

  test::ScriptedPeer& peer() override { return server(); }
  test::ScriptedServer& server() { return *server_; }

  /// The next client, and its hello.
  void open(test::Choices choices = {});
  void begin() override;
  /// Sends what is queued of the first flight, and awaits the client's Finished.
  void await_client();
  /// Our second flight.
  void finish();
  void complete() override;
  /// The client's application says something.
  void hear();
  void converse() override;

 private:
  std::unique_ptr<test::ScriptedServer> server_;
};

/// A certificate for the client to show, of tests/data/x509.
std::shared_ptr<const handshake::Credential> client_credential();

}  // namespace glasstls::adversary
