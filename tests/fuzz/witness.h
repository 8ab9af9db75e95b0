// Witness: sees a connection of ours as its observer, and works out once more, by the plainest reading
// of RFC 5246, whether the handshake deserved to be completed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "handshake/agreement.h"
#include "handshake/codec.h"
#include "wire/bytes.h"
#include "wire/observer.h"
#include "wire/side.h"

namespace glasstls::fuzz {

class Witness final : public Observer {
 public:
  explicit Witness(Side own) : own_(own) {}

  void record(const wire::RecordSeen& seen) noexcept override;
  void message(const wire::MessageSeen& seen) noexcept override;
  void secret(const wire::SecretSeen& seen) noexcept override;
  bool exposes_secrets() const noexcept override { return true; }

  /// Both Finished, both signatures, the hellos and the agreement, which is of this handshake. Ends
  /// the program where something does not hold. `verified`: the peer's certificate had to be.
  void check(const handshake::Agreement& agreement, bool verified) const;

  /// All messages of the handshake up to the peer's Finished, which vouches for those before it.
  Bytes transcript() const;
  const Bytes& master_secret() const { return master_secret_; }

  std::size_t records_sent() const { return records_sent_; }
  std::size_t fatal_alerts_sent() const { return fatal_alerts_sent_; }
  /// The description of the last one.
  std::optional<AlertDescription> alert_sent() const { return alert_sent_; }

 private:
  struct Message {
    Side from{};
    handshake::HandshakeType type{};
    Bytes bytes;  // header included
  };

  /// The transcript before the message of that index.
  Bytes before(std::size_t index) const;
  /// The message of that type; nullptr: there was none.
  const Message* find(handshake::HandshakeType type) const;
  std::size_t index_of(const Message& message) const;
  template <class M>
  M get() const;

  void check_finished(const handshake::Agreement& agreement) const;
  void check_server_signature(const handshake::Agreement& agreement) const;
  void check_client_signature(const handshake::Agreement& agreement, bool verified) const;
  void check_hellos(const handshake::Agreement& agreement) const;

  Side own_;
  std::vector<Message> messages_;
  unsigned finished_ = 0;
  Bytes master_secret_;
  std::size_t records_sent_ = 0;
  std::size_t fatal_alerts_sent_ = 0;
  std::optional<AlertDescription> alert_sent_;
};

}  // namespace glasstls::fuzz
