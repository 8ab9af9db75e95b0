// Watched: a connection of ours that an attacker feeds, held against what tls/connection.h promises
// after each step. Whatever breaks a promise ends the program.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "handshake/signature.h"
#include "tests/fuzz/witness.h"
#include "tls/connection.h"
#include "wire/bytes.h"

namespace glasstls::fuzz {

/// Large enough to mean: all at once.
inline constexpr std::size_t whole = std::size_t{1} << 20;

struct WatchedOptions {
  Side own = Side::client;
  bool verified = true;       // the peer's certificate, if it shows one, must be trusted
  bool answers_late = false;  // signatures that are asked for wait for answer()
};

class Watched {
 public:
  using Observers = std::vector<std::shared_ptr<Observer>>;

  Watched(WatchedOptions options, const std::function<tls::Connection(Observers)>& make,
          Observers more = {});

  // --- The network.

  /// At most `piece` bytes at a time. What is not read any more is dropped.
  void deliver(View bytes, std::size_t piece = whole);
  void end_of_stream();
  /// What is to be sent, at most that much of it.
  Bytes take(std::size_t most = SIZE_MAX);

  // --- The application. Steps that would be misuse are left out.

  void write(std::size_t size);
  void close();
  void abort(AlertDescription description);
  void rest();
  void give_buffers_back();
  /// The signature that was asked for, rightly or with a byte that is wrong.
  void answer(bool rightly);

  // --- What came of it.

  bool completed() const { return completed_; }
  bool failed() const { return failed_; }
  const Bytes& received_data() const { return received_data_; }
  const Bytes& written_data() const { return written_data_; }
  const Witness& witness() const { return *witness_; }

 private:
  void drain();
  void check();

  void on(const tls::HandshakeCompleted& event);
  void on(const tls::FalseStart& event);
  void on(const tls::SignatureWanted& event);
  void on(const tls::ApplicationData& event);
  void on(const tls::PeerClosed& event);
  void on(const tls::WarningReceived& event);
  void on(const tls::RenegotiationRefused& event);
  void on(const tls::RecordLimit& event);
  void on(const tls::Failed& event);
  void check_exports();

  WatchedOptions options_;
  std::shared_ptr<Witness> witness_;
  tls::Connection connection_;

  std::size_t delivered_ = 0;  // bytes
  std::size_t events_ = 0;
  std::optional<handshake::SignatureRequest> wanted_;
  bool completed_ = false;
  bool exported_ = false;
  bool may_write_ = false;
  bool failed_ = false;
  bool closed_ = false;  // by the application
  bool peer_closed_ = false;
  bool used_up_ = false;  // the key of one direction
  bool stream_ended_ = false;
  bool answered_wrongly_ = false;
  std::size_t records_at_failure_ = 0;
  Bytes received_data_;
  Bytes written_data_;
};

}  // namespace glasstls::fuzz
