// Ending: one side of a handshake that has nothing left but Finished, and no record layer.
#pragma once

#include <utility>

#include "handshake/flow.h"

namespace glasstls::test {

/// Keeps the last message that was sent.
class Outbox final : public handshake::Channel {
 public:
  void send_handshake(View message) override { message_ = wire::copy(message); }
  void send_change_cipher_spec() override {}
  void receive_change_cipher_spec() override {}
  void set_pending(const crypto::TrafficKeys&, const crypto::TrafficKeys&) override {}
  void limit_records(std::uint16_t, std::uint16_t) override {}
  void version_negotiated() override {}

  const Bytes& message() const { return message_; }

 private:
  Bytes message_;
};

/// Under TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, its transcript empty.
class Ending final : handshake::Flow {
 public:
  Ending(Side side, crypto::MasterSecret master_secret)
      : Flow(side, exchange_), exchange_(outbox_, nullptr, 0) {
    using enum crypto::CipherSuite;
    keys_.hello->suite = crypto::find(TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384);
    keys_.master_secret = std::move(master_secret);
    exchange_.transcript().set_hash(keys_.hello->suite->prf_hash);
    exchange_.transcript().stop_keeping();
  }

  /// This side's Finished.
  const Bytes& prove() {
    send_finished(keys_);
    return outbox_.message();
  }

  /// What it says to the peer's, the next message.
  bool accepts(View message) {
    const auto finished = exchange_.receive<handshake::Finished>(message);
    try {
      check_finished(keys_, finished);
      return true;
    } catch (const ProtocolError&) {
      return false;
    }
  }

 private:
  Outbox outbox_;
  handshake::Exchange exchange_;
  handshake::Keys keys_;
};

}  // namespace glasstls::test
